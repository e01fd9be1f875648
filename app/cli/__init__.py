"""Flask commands, one file a subject."""
