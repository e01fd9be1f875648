"""Two devices answered in one place: both answers are shown whole, and the person says what stays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from app.consultations.queries.parts import AskedQuestion
from app.enums import QuestionKind
from app.responses.queries.reply import Given
from app.responses.refusals import ChangedElsewhere
from app.web.errors import typed_fields

if TYPE_CHECKING:
    from app.models import Consultation

KEEP = "keep-"
MINE, OTHER, BOTH = "mine", "other", "both"


class Writing(Protocol):
    """A lead's reply, or a colleague's part of one."""

    @property
    def consultation(self) -> "Consultation": ...


@dataclass(frozen=True)
class Asked:
    """What the page of a conflict asks about: a question in words. `choices`: the closed question it is."""

    words: str
    choices: AskedQuestion | None = None

    @property
    def takes_both(self) -> bool:
        return self.choices is None or self.choices.kind is QuestionKind.SEVERAL_CHOICES

    def shown(self, text: str, chosen: Sequence[str]) -> str:
        return text if self.choices is None else "\n".join(self.choices.labels(chosen))


def with_kept_words(
    sent: MultiDict[str, str], answers: Mapping[str, tuple[str, Given]]
) -> MultiDict[str, str]:
    """What was sent, with the answers that the person chose to keep. `answers` by field: the question's key,
    and its answer as it stands. Where that has changed once more, the page asks again."""
    seen = {pair.rpartition(":")[0]: pair.rpartition(":")[2] for pair in sent.get("seen", "").split()}
    merged = MultiDict(sent)
    for field, (key, stands) in answers.items():
        choice = sent.get(KEEP + key)
        if choice is None or seen.get(key) != str(stands.version):
            continue
        kept = _kept(stands, sent.getlist(field))
        merged.setlist(field, kept.get(choice, kept[BOTH]))
    return merged


def _kept(stands: Given, mine: list[str]) -> dict[str, list[str]]:
    if stands.choices:
        both = [*stands.choices, *(one for one in mine if one not in stands.choices)]
        return {MINE: mine, OTHER: list(stands.choices), BOTH: both}
    return {MINE: mine, OTHER: [stands.text], BOTH: ["\n\n".join([stands.text, *mine])]}


def conflict_page(here: Writing, title: str, changed: ChangedElsewhere, asked: Mapping[str, Asked]) -> str:
    """`asked`: each question, by its key."""
    seen = dict(pair.rpartition(":")[::2] for pair in request.form.get("seen", "").split())
    seen |= {key: str(other.version) for key, other in changed.others.items()}
    kept = {KEEP + key for key in changed.others} | {"seen"}
    return render_template(
        "public/reply/conflict.html",
        consultation=here.consultation,
        title=title,
        seen=" ".join(f"{key}:{version}" for key, version in seen.items()),
        fields=[(name, value) for name, value in typed_fields() if name not in kept],
        changed_at=max(other.changed_at for other in changed.others.values() if other.changed_at),
        changes=[_change(key, other, asked[key]) for key, other in changed.others.items()],
    )


def _change(key: str, other: Given, asked: Asked) -> dict[str, object]:
    mine = request.form.getlist(f"q-{key}") or request.form.getlist(key)
    return {
        "key": key,
        "question": asked.words,
        "mine": asked.shown("".join(mine), mine),
        "other": asked.shown(other.text, other.choices),
        "takes_both": asked.takes_both,
    }
