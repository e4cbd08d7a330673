"""How we look: self-monitoring."""
