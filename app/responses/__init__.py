"""Drafting, sending, changing, importing responses."""
