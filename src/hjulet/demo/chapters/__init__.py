"""The story, told by subject: each chapter yields its events in any order, and the story puts them in time."""
