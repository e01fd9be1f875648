"""The file formats of this capability: reading and checking, no database."""
