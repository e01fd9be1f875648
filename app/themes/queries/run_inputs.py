"""All that a run of the engine is given, in an order that depends on the texts alone."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.counting.behind import standing_coding
from app.counting.cleaning import late_waiting
from app.counting.standing import comments_that_count
from app.database import session
from app.enums import DispositionValue, QuestionKind, QuestionPurpose
from app.models import (
    MAIN_LAYER,
    Answer,
    AnswerChoice,
    Coding,
    Comment,
    Disposition,
    Option,
    Passage,
    Question,
    Response,
    explanation,
)
from app.models import Theme as FrameTheme
from app.responses.hidden import Hidden, hide
from app.themes.queries.frame import all_themes, in_use, resolved
from app.theming import comments as engine

NO_QUESTION = ""
HIDDEN = "\N{FULL BLOCK}"


@dataclass(frozen=True)
class RunComment:
    """`text` is whole, for finding personal data; the engine's comment has the redacted words. `question_id`:
    of the question whose comments it is read among, which a comment on a paragraph does not answer."""

    id: uuid.UUID
    question_id: uuid.UUID | None
    text: str
    given: engine.Comment


@dataclass(frozen=True)
class RunInputs:
    comments: tuple[RunComment, ...]
    themes: tuple[engine.Theme, ...]
    coded: tuple[engine.CodedComment, ...]
    theme_ids: dict[str, uuid.UUID]

    @cached_property
    def by_key(self) -> dict[str, RunComment]:
        return {comment.given.id: comment for comment in self.comments}

    @cached_property
    def question_ids(self) -> dict[str, uuid.UUID | None]:
        """By the questions' keys."""
        return {comment.given.question: comment.question_id for comment in self.comments}

    @cached_property
    def digest(self) -> str:
        """The same while nothing that a run reads has changed."""
        parts: list[str] = []
        for comment in self.comments:
            parts += [comment.id.hex, comment.text, *_words(comment.given)]
        for theme in self.themes:
            parts += [theme.code, theme.label, theme.definition, *theme.cue_words]
        for one in self.coded:
            parts.append(one.comment.id)
            for coding in one.codings:
                parts += [coding.code, coding.stance or "", *coding.quotes]
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def read_inputs(consultation_id: uuid.UUID, *, and_late: bool = False) -> RunInputs:
    """`and_late`: with the comments of late responses that officers have not decided on. They are no part of
    the analysis; what is suggested for them tells whether they fit the frame."""
    closed = _closed_answers(consultation_id)
    rows = _rows(comments_that_count(consultation_id))
    if and_late:
        late = select(Comment.id).where(
            Comment.is_current, Comment.response_id.in_(late_waiting(consultation_id))
        )
        rows += _rows(late)
    keys, of_sections = _questions(consultation_id)
    comments = []
    for row in rows:
        question_id = row.question_id or of_sections.get(row.section_id)
        given = engine.Comment(
            f"{row.reference}.{row.number}",
            keys.get(question_id, NO_QUESTION),
            _shown(row.text, row.hidden),
            closed.get((row.current_version_id, row.question_id)),
        )
        comments.append(RunComment(row.id, question_id, row.text, given))
    comments.sort(key=lambda one: (one.given.question, one.given.text, one.given.id))
    frame = all_themes(consultation_id)
    themes = tuple(_theme(theme) for theme in sorted(in_use(frame), key=lambda theme: theme.code))
    coded = _coded(consultation_id, comments, frame)
    return RunInputs(tuple(comments), themes, coded, {theme.code: theme.id for theme in in_use(frame)})


def _rows(chosen: Select[uuid.UUID]) -> list[Any]:
    """What a run reads of each comment, the section of its paragraph too: a hundred thousand rows are read
    several times as quickly as a hundred thousand objects."""
    query = (
        chosen.join(Response, Response.id == Comment.response_id)
        .outerjoin(Passage, Passage.id == Comment.passage_id)
        .with_only_columns(
            Comment.id, Comment.number, Comment.text, Comment.hidden, Comment.question_id,
            Response.reference, Response.current_version_id, Passage.section_id,
        )
    )  # fmt: skip
    return list(session.execute(query))


def _questions(
    consultation_id: uuid.UUID,
) -> tuple[dict[uuid.UUID | None, str], dict[uuid.UUID | None, uuid.UUID]]:
    """Keys by id; and by section the first question whose comments get themes: comments on the section's
    paragraphs are read among its answers (decision 0121)."""
    query = select(Question).where(Question.consultation_id == consultation_id).order_by(Question.position)
    found = session.scalars(query).all()
    themed = [q for q in found if q.themed and q.section_id and q.purpose is QuestionPurpose.BID]
    return {q.id: q.key for q in found}, {q.section_id: q.id for q in reversed(themed)}


def _shown(text: str, hidden: Hidden) -> str:
    """As redacted, in the places of the whole text: a label made of hidden words would tell them."""
    return hide(text, blanked(hidden)) if hidden else text


def blanked(hidden: Hidden) -> Hidden:
    return [(start, end, HIDDEN * (end - start)) for start, end, _ in hidden]


def _words(given: engine.Comment) -> Iterable[str]:
    return given.id, given.question, given.text, given.closed or ""


def _theme(theme: FrameTheme) -> engine.Theme:
    definition = " ".join(part for part in (theme.definition, theme.include) if part)
    return engine.Theme(theme.code, theme.label, definition, tuple(theme.cue_words))


def _coded(
    consultation_id: uuid.UUID, comments: Sequence[RunComment], frame: Sequence[FrameTheme]
) -> tuple[engine.CodedComment, ...]:
    """Comments that an officer has decided; those with an outcome other than themes teach by having none."""
    texts = {comment.id: comment for comment in comments}
    counted = resolved(frame)
    codings: dict[uuid.UUID, list[engine.Coding]] = defaultdict(list)
    rows = session.scalars(
        select(Coding)
        .join(Comment, Comment.id == Coding.comment_id)
        .where(Comment.consultation_id == consultation_id, standing_coding())
        .options(selectinload(Coding.quotes))
    )
    for row in rows:
        if row.comment_id in texts and row.theme_id in counted:
            text = texts[row.comment_id].given.text
            quotes = tuple(text[quote.start : quote.end] for quote in row.quotes)
            codings[row.comment_id].append(
                engine.Coding(counted[row.theme_id].code, row.stance.value, quotes)
            )
    nothing = _without_a_theme(consultation_id)
    return tuple(
        engine.CodedComment(one.given, tuple(sorted(codings.get(one.id, []), key=_coding_key)))
        for one in comments
        if one.id in codings or one.id in nothing
    )


def _coding_key(coding: engine.Coding) -> tuple[str, str, tuple[str, ...]]:
    return coding.code, coding.stance or "", coding.quotes


def _without_a_theme(consultation_id: uuid.UUID) -> set[uuid.UUID]:
    """Those that lack a theme of this frame for good: "other" may lack only its own."""
    query = (
        select(Disposition.comment_id)
        .join(Comment, Comment.id == Disposition.comment_id)
        .where(
            Comment.consultation_id == consultation_id,
            Disposition.layer == MAIN_LAYER,
            Disposition.value.in_([DispositionValue.NO_POINT, DispositionValue.OUT_OF_SCOPE]),
        )
    )
    return set(session.scalars(query))


def _closed_answers(consultation_id: uuid.UUID) -> dict[tuple[uuid.UUID | None, uuid.UUID | None], str]:
    """What a version of a response answers to the first scale question that a text question explains."""
    closed = select(Question.id, Question.position, Question.kind).subquery()
    query = (
        select(Answer.response_version_id, explanation.c.text_question_id, Option.key)
        .join(explanation, explanation.c.closed_question_id == Answer.question_id)
        .join(closed, closed.c.id == explanation.c.closed_question_id)
        .join(Response, Response.current_version_id == Answer.response_version_id)
        .join(AnswerChoice, AnswerChoice.answer_id == Answer.id)
        .join(Option, Option.id == AnswerChoice.option_id)
        .where(Response.consultation_id == consultation_id, closed.c.kind == QuestionKind.SCALE)
        .order_by(closed.c.position.desc())
    )
    return {(version, question): key for version, question, key in session.execute(query)}
