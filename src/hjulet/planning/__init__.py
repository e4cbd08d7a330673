"""Where we are going: goals, risks, the quality plan."""
