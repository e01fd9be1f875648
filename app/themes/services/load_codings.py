"""Loading codes that were given elsewhere, as codings by one officer: one line in the audit log."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import CodingSource, DispositionValue, FlagSource, Stance
from app.models import Comment, Consultation, Disposition, Flag, Question, Reading, Response
from app.models.coding import MAIN_LAYER
from app.themes.queries.frame import all_themes
from app.themes.quotes import find_quote
from app.themes.refusals import CodingsRefused, QuoteNotInComment
from app.themes.services.code_comment import officer_of
from app.themes.services.write_codings import NewCoding, write_codings

Given = tuple[str, str]  # the response's key in its import, the question's key

# What a comment without codes is, by its handling code; a code that is not here leaves it undecided.
OUTCOMES: Mapping[str, DispositionValue] = {
    "ZZ01": DispositionValue.NO_POINT,
    "ZZ02": DispositionValue.REFERS_ELSEWHERE,
    "ZZ03": DispositionValue.OUT_OF_SCOPE,
    "ZZ04": DispositionValue.UNCLEAR,
    "ZZ05": DispositionValue.OTHER,
    "ZZ06": DispositionValue.OTHER,
    "ZZ10": DispositionValue.NO_POINT,
}


@dataclass(frozen=True)
class GivenCode:
    """`quote` is an exact part of the comment; empty: the whole comment."""

    theme: str
    stance: str
    quote: str = ""


@dataclass(frozen=True)
class GivenCodes:
    """All that was given to one comment, named by its response's key in the import and its question's key."""

    response: str
    question: str
    codes: Sequence[GivenCode] = ()
    handling: Sequence[str] = ()
    line: int = 0


@dataclass
class LoadedCodings:
    codings: int = 0
    decided_otherwise: int = 0
    flags: int = 0
    problems: list[str] = field(default_factory=list)


def load_codings(
    given: Sequence[GivenCodes],
    *,
    consultation: Consultation,
    actor: Actor,
    now: datetime,
    outcomes: Mapping[str, DispositionValue] = OUTCOMES,
) -> LoadedCodings:
    """Loaded twice, there is one of each. Raises CodingsRefused with a line for each problem; then nothing is
    loaded."""
    comments = _comments(consultation.id)
    codes = {theme.code: theme.id for theme in all_themes(consultation.id)}
    loaded = LoadedCodings()
    new = [coding for one in given for coding in _codings(one, comments, codes, loaded.problems)]
    if loaded.problems:
        raise CodingsRefused(loaded.problems)
    officer_id = officer_of(actor)
    written = write_codings(new, officer_id=officer_id, source=CodingSource.IMPORTED)
    loaded.codings = len(written.added)
    loaded.decided_otherwise = _outcomes(given, comments, outcomes, officer_id)
    loaded.flags = _flags(given, comments, officer_id)
    _read(given, comments, officer_id, now)
    record(
        "imported", actor=actor, now=now, subject="codings", consultation_id=consultation.id,
        details={"codings": loaded.codings, "outcomes": loaded.decided_otherwise, "flags": loaded.flags},
    )  # fmt: skip
    return loaded


def _comments(consultation_id: uuid.UUID) -> dict[Given, Comment]:
    query = (
        select(Response.import_key, Question.key, Comment)
        .join(Comment, Comment.response_id == Response.id)
        .join(Question, Question.id == Comment.question_id)
        .where(
            Comment.consultation_id == consultation_id, Comment.is_current, Response.import_key.is_not(None)
        )
    )
    return {(key, question): comment for key, question, comment in session.execute(query) if key}


def _codings(
    one: GivenCodes, comments: Mapping[Given, Comment], codes: Mapping[str, uuid.UUID], problems: list[str]
) -> list[NewCoding]:
    where = f"line {one.line}" if one.line else f"{one.response}, {one.question}"
    comment = comments.get((one.response, one.question))
    if comment is None:
        problems.append(f"{where}: there is no such comment")
        return []
    found = []
    for code in one.codes:
        if code.theme not in codes:
            problems.append(f'{where}: there is no theme "{code.theme}"')
        elif code.stance not in set(Stance):
            problems.append(f'{where}: "{code.stance}" is no stance')
        else:
            try:
                quotes = (find_quote(comment.text, code.quote),) if code.quote else ()
            except QuoteNotInComment:
                problems.append(f"{where}: the quote for {code.theme} is not in the comment")
                continue
            found.append(NewCoding(comment.id, codes[code.theme], Stance(code.stance), quotes))
    return found


def _outcomes(
    given: Sequence[GivenCodes],
    comments: Mapping[Given, Comment],
    outcomes: Mapping[str, DispositionValue],
    officer_id: uuid.UUID,
) -> int:
    wanted = {}
    for one in given:
        value = next((outcomes[code] for code in one.handling if code in outcomes), None)
        if value is not None and not one.codes:
            wanted[comments[one.response, one.question].id] = value
    query = select(Disposition.comment_id).join(Comment, Comment.id == Disposition.comment_id)
    here = next(iter(comments.values())).consultation_id if comments else None
    there = set(
        session.scalars(query.where(Comment.consultation_id == here, Disposition.layer == MAIN_LAYER))
    )
    fresh = {key: value for key, value in wanted.items() if key not in there}
    session.add_all(
        Disposition(comment_id=key, value=value, officer_id=officer_id) for key, value in fresh.items()
    )
    session.flush()
    return len(fresh)


def _flags(given: Sequence[GivenCodes], comments: Mapping[Given, Comment], officer_id: uuid.UUID) -> int:
    wanted = {(comments[one.response, one.question].id, code) for one in given for code in one.handling}
    here = next(iter(comments.values())).consultation_id if comments else None
    query = (
        select(Flag.comment_id, Flag.code)
        .join(Comment, Comment.id == Flag.comment_id)
        .where(Comment.consultation_id == here, Flag.source == FlagSource.IMPORTED)
    )
    fresh = sorted(wanted - set(session.execute(query).all()))
    session.add_all(
        Flag(comment_id=key, code=code, source=FlagSource.IMPORTED, officer_id=officer_id)
        for key, code in fresh
    )
    session.flush()
    return len(fresh)


def _read(
    given: Sequence[GivenCodes], comments: Mapping[Given, Comment], officer_id: uuid.UUID, now: datetime
) -> None:
    """Codes that are given are all there are to give: the comment counts as read whole."""
    wanted = {comments[one.response, one.question].id for one in given}
    there = set(session.scalars(select(Reading.comment_id).where(Reading.officer_id == officer_id)))
    session.add_all(
        Reading(comment_id=key, officer_id=officer_id, read_at=now) for key in sorted(wanted - there)
    )
    session.flush()
