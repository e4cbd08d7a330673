"""What it adds up to: my work, the wheel, the follow-up."""
