"""What the page that checks one theme sends: an answer for each suggestion, and a stance where it is yes."""

import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from app.enums import Stance
from app.officer.forms.bulk import ticked


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Answers:
    """`shown`: how many suggestions the page held."""

    yes: dict[uuid.UUID, Stance | None] = field(default_factory=dict)
    no: list[uuid.UUID] = field(default_factory=list)
    unsure: list[uuid.UUID] = field(default_factory=list)
    shown: int = 0

    @property
    def left(self) -> int:
        return max(0, self.shown - len(self.yes) - len(self.no))


def read_answers(sent: MultiDict[str, str]) -> Answers:
    ids = ticked(sent.getlist("shown"))
    found = Answers(shown=len(ids))
    for key in ids:
        answer = sent.get(f"answer-{key}", "")
        if answer == Answer.YES:
            stance = sent.get(f"stance-{key}", "")
            found.yes[key] = Stance(stance) if stance in set(Stance) else None
        elif answer == Answer.NO:
            found.no.append(key)
        elif answer == Answer.UNSURE:
            found.unsure.append(key)
    return found
