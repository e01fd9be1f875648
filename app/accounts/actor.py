"""Who does something: an officer, a respondent, or the system itself."""

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    kind: str
    officer_id: uuid.UUID | None = None


SYSTEM = Actor("system")
RESPONDENT = Actor("respondent")


def officer(officer_id: uuid.UUID) -> Actor:
    return Actor("officer", officer_id)
