"""Static addresses that change with the content, so that they can be cached for a year."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static"


@cache
def static_url(path: str) -> str:
    """Raises FileNotFoundError for a file that is not there: a missing picture is a fault, not a 404."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"
