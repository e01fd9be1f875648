"""What there is to know about a theme of the frame, and how operations keep it."""

import re
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.models import Theme

WRITTEN = (
    "label", "definition", "include", "exclude", "example", "cue_words", "support_means", "typical_stance",
)  # fmt: skip
PLACED = ("parent_id", "position")
KEPT = ("code", "is_net", *WRITTEN, *PLACED, "merged_into_id", "retired_at")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
IDS = frozenset({"parent_id", "merged_into_id"})
NOT_OF_THE_THEME = frozenset({"version"})


def kept(theme: Theme) -> dict[str, Any]:
    """As JSON holds it."""
    return {name: _plain(getattr(theme, name)) for name in KEPT}


def restored(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _typed(name, value) for name, value in values.items() if name not in NOT_OF_THE_THEME}


def _plain(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value


def _typed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in IDS:
        return uuid.UUID(value)
    return datetime.fromisoformat(value) if name == "retired_at" else value
