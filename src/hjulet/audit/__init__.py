"""Append-only record of who changed what, chained so that a tampered row shows."""
