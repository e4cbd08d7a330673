"""What we will improve: actions with owner, last day and effect check. The reference slice: copy its shape."""
