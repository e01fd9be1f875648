"""The pure engine: text in, arrays and dataclasses out."""
