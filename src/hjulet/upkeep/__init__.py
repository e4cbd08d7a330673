"""Keeping the site running: how it stands, what it does and what it met, for those who look after the server."""
