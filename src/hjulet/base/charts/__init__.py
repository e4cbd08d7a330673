"""Charts as SVG from pure functions, each with the same figures as a table."""
