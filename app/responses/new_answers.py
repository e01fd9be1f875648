"""What a page of the reply sent, beside what another device may have saved since the page was shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.models import Answer
from app.responses.queries.reply import as_given
from app.responses.refusals import ChangedElsewhere


@dataclass(frozen=True)
class NewAnswer:
    """What the page sent. `seen` is the version of the answer that the page showed, None for not known."""

    text: str = ""
    choices: tuple[str, ...] = ()
    seen: int | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.text or self.choices)


def with_unseen_choices(row: Answer | None, new: NewAnswer) -> NewAnswer:
    """Nothing is ticked on a page that never showed what is ticked now: that stays. Of words that it never
    showed they are asked (`refuse_lost_answers`)."""
    if row is None or row.text or new.is_there or not _is_stale(row, new):
        return new
    return NewAnswer(choices=as_given(row).choices, seen=row.version)


def refuse_lost_answers(pairs: Mapping[str, tuple[Answer | None, NewAnswer]]) -> None:
    others = {
        key: as_given(row)
        for key, (row, new) in pairs.items()
        if row is not None and (_would_lose_words(row, new) or _would_lose_choices(row, new))
    }
    if others:
        raise ChangedElsewhere(others)


def _would_lose_words(row: Answer, new: NewAnswer) -> bool:
    """Words the page never showed would go: not where they are among the new words."""
    return bool(row.text) and _is_stale(row, new) and (row.text or "") not in new.text


def _would_lose_choices(row: Answer, new: NewAnswer) -> bool:
    chosen = set(as_given(row).choices)
    return bool(chosen) and _is_stale(row, new) and not chosen <= set(new.choices)


def _is_stale(row: Answer, new: NewAnswer) -> bool:
    return new.seen is not None and new.seen != row.version
