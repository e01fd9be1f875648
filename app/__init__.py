"""Soundings: from the section of a draft to a theme an officer stands behind."""
