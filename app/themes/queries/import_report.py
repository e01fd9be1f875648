"""What a file of codings would change, row by row, before anything is changed."""

import hashlib
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select, tuple_

from app.counting.standing import comments_that_count
from app.database import blocks, session
from app.enums import BatchKind, DispositionValue, Stance
from app.models import MAIN_LAYER, Coding, CodingBatch, Comment, Disposition, Officer, Response, Theme
from app.responses.hidden import to_stored
from app.themes.files.codings_file import CodingRow
from app.themes.queries.frame import all_themes, resolved
from app.themes.quotes import Span, find_quote
from app.themes.refusals import QuoteNotInComment

Key = tuple[uuid.UUID, uuid.UUID, Stance]
NOT_HERE = "There is no comment {}."
NOT_COUNTED = "Comment {} is not in the analysis: it was changed, withdrawn or left out."
NO_THEME = "There is no theme {}."
IS_NET = "{} is a net. Choose a theme under it."
RETIRED = "{} is no longer in use."
NO_STANCE = "“{}” is no stance. Use support, concern, suggestion or neutral."
NO_QUOTE = "The quote is not in the comment."
DECIDED = "{} said what this comment is. Take that back first."
REMOVED = "{} took this theme off the comment. Add it on the page of the comment, if it belongs there."
LONGEST_SHOWN = 40  # characters of what a cell held


@dataclass(frozen=True)
class Addition:
    line: int
    comment_id: uuid.UUID
    comment: str
    theme_id: uuid.UUID
    theme: str
    stance: Stance
    quotes: tuple[Span, ...]


@dataclass(frozen=True)
class Refused:
    line: int
    why: str


@dataclass(frozen=True)
class ImportReport:
    """`there`: lines whose coding stands already; it stays as it is, with its quotes. `digest` stands for
    exactly these additions."""

    added: tuple[Addition, ...]
    there: tuple[int, ...]
    refused: tuple[Refused, ...]

    @property
    def digest(self) -> str:
        parts = (f"{one.line}:{one.comment_id.hex}:{one.theme_id.hex}:{one.stance}" for one in self.added)
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]

    @property
    def comments(self) -> int:
        return len({one.comment_id for one in self.added})


@dataclass
class _Here:
    """What the rows are held against. Read in blocks; the number of queries grows with the file alone."""

    comments: dict[str, Comment]
    counted: set[uuid.UUID]
    codes: dict[str, Theme]
    survivors: dict[uuid.UUID, Theme]
    standing: set[Key]
    removed: dict[Key, str]
    decided: dict[uuid.UUID, str]


def import_report(
    consultation_id: uuid.UUID, rows: Sequence[CodingRow], *, officer_id: uuid.UUID
) -> ImportReport:
    """`officer_id` is who would apply it."""
    here = _read(consultation_id, rows, officer_id)
    added: list[Addition] = []
    there: list[int] = []
    refused: list[Refused] = []
    for row in rows:
        found = _judge(row, here)
        if isinstance(found, str):
            refused.append(Refused(row.line, found))
        elif (key := (found.comment_id, found.theme_id, found.stance)) in here.standing:
            there.append(row.line)
        elif key in here.removed:
            refused.append(Refused(row.line, REMOVED.format(here.removed[key])))
        else:
            here.standing.add(key)
            added.append(found)
    return ImportReport(tuple(added), tuple(there), tuple(refused))


def _judge(row: CodingRow, here: _Here) -> Addition | str:
    """An addition that may stand already, or why the row is refused."""
    comment = here.comments.get(row.comment.upper())
    if comment is None:
        return NOT_HERE.format(_short(row.comment) or "in this row")
    if comment.id not in here.counted:
        return NOT_COUNTED.format(_short(row.comment))
    theme = here.codes.get(row.theme)
    if theme is None:
        return NO_THEME.format(_short(row.theme))
    theme = here.survivors[theme.id]
    if theme.is_net:
        return IS_NET.format(theme.code)
    if row.stance not in set(Stance):
        return NO_STANCE.format(_short(row.stance))
    key = (comment.id, theme.id, Stance(row.stance))
    if key not in here.standing and theme.retired_at is not None:
        return RETIRED.format(theme.code)
    if key not in here.standing and comment.id in here.decided:
        return DECIDED.format(here.decided[comment.id])
    try:
        quotes = tuple(_place(comment, words) for words in row.quotes)
    except QuoteNotInComment:
        return NO_QUOTE
    return Addition(row.line, comment.id, row.comment.upper(), theme.id, theme.code, key[2], quotes)


def _place(comment: Comment, words: str) -> Span:
    """Of the words as they were sent, where the file has them as redacted."""
    if not comment.hidden:
        return find_quote(comment.text, words)
    start, end = find_quote(comment.redacted_text, words)
    return to_stored(comment.hidden, start, end)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST_SHOWN else f"{words[:LONGEST_SHOWN]}…"


def _read(consultation_id: uuid.UUID, rows: Sequence[CodingRow], officer_id: uuid.UUID) -> _Here:
    themes = all_themes(consultation_id)
    comments = _comments(consultation_id, {row.comment.upper() for row in rows})
    ids = sorted({comment.id for comment in comments.values()})
    survivors = resolved(themes)
    here = _Here(comments, set(), {theme.code.upper(): theme for theme in themes}, survivors, set(), {}, {})
    for block in blocks(ids):
        here.counted.update(
            session.scalars(comments_that_count(consultation_id).where(Comment.id.in_(block)))
        )
        _read_codings(block, here)
        _read_outcomes(block, here, officer_id)
    for key in here.standing:
        here.removed.pop(key, None)
    return here


def _comments(consultation_id: uuid.UUID, names: set[str]) -> dict[str, Comment]:
    """By reference and number, as an export names them."""
    asked = sorted({(reference, int(number)) for name in names for reference, number in _parts(name)})
    found: dict[str, Comment] = {}
    for block in blocks(asked):
        query = (
            select(Response.reference, Comment)
            .join(Response, Response.id == Comment.response_id)
            .where(
                Comment.consultation_id == consultation_id,
                tuple_(Response.reference, Comment.number).in_(block),
            )
        )
        for reference, comment in session.execute(query):
            found[f"{reference}.{comment.number}".upper()] = comment
    return found


def _parts(name: str) -> Iterable[tuple[str, str]]:
    reference, _, number = name.rpartition(".")
    if reference and number.isascii() and number.isdigit() and len(number) < 7:
        yield reference, number


def _read_codings(block: Sequence[uuid.UUID], here: _Here) -> None:
    """What an officer took off, singly or from a list, stays off; what an undone batch gave may come back."""
    query = (
        select(
            Coding.comment_id,
            Coding.theme_id,
            Coding.stance,
            Coding.removed_at,
            CodingBatch.kind,
            Officer.name,
        )
        .outerjoin(CodingBatch, CodingBatch.id == Coding.removed_in_batch_id)
        .outerjoin(Officer, Officer.id == Coding.removed_by_id)
        .where(Coding.comment_id.in_(block), Coding.layer == MAIN_LAYER)
    )
    for comment_id, theme_id, stance, removed_at, undone, name in session.execute(query):
        key = (comment_id, here.survivors[theme_id].id, stance)
        if removed_at is None:
            here.standing.add(key)
        elif undone in (None, BatchKind.REMOVE_THEME):
            here.removed[key] = name or "An officer"


def _read_outcomes(block: Sequence[uuid.UUID], here: _Here, officer_id: uuid.UUID) -> None:
    query = (
        select(Disposition.comment_id, Officer.name)
        .join(Officer, Officer.id == Disposition.officer_id)
        .where(
            and_(Disposition.comment_id.in_(block), Disposition.layer == MAIN_LAYER),
            Disposition.officer_id != officer_id,
            Disposition.value.not_in([DispositionValue.CODED, DispositionValue.UNDECIDED]),
        )
    )
    here.decided.update((comment_id, name) for comment_id, name in session.execute(query))
