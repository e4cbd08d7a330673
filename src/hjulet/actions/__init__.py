"""What we will improve: actions with owner, deadline and effect check."""
