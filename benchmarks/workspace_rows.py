"""A consultation of many comments for `workspace.py`: the sample, and beside it rows drawn from a seed.

Each respondent writes four comments made of the sample's own sentences and answers the questions of
agreement; three comments in four are decided, with four codings each, and every comment has ten suggestions.
A few themes are much commoner than most, as in life; every hundredth comment belongs to a campaign.
Written straight into the tables, since the product would take hours to code 100,000 comments; where many are
asked for, the first thousand respondents are drawn and the database copies them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    Uuid,
    cast,
    func,
    insert,
    inspect,
    literal,
    select,
    text,
    type_coerce,
    union_all,
    update,
)
from uuid6 import uuid7

from app.database import Row, session, transaction
from app.enums import (
    AnswerState,
    CampaignCopy,
    Channel,
    DispositionValue,
    QuestionKind,
    RespondentKind,
    ResponseStatus,
    RunState,
    Stage,
    Stance,
)
from app.models import (
    Answer,
    AnswerChoice,
    Campaign,
    CampaignMember,
    Coding,
    CodingQuote,
    Comment,
    Consultation,
    Disposition,
    Officer,
    Option,
    Question,
    Response,
    ResponseVersion,
    Suggestion,
    Theme,
    ThemingRun,
)
from app.responses.queries.choices import words

COMMENTS_EACH: Final = 4
CODINGS_EACH: Final = 4  # of three comments in four: three codings a comment over all
SUGGESTIONS_EACH: Final = 10
RESPONDENTS_A_BLOCK: Final = 500
COPY: Final = "f"  # in the place of a key that says which version of UUID it is
DRAWN: Final = 1_000  # respondents; the others are copies of them
SENTENCES: Final = 3  # of the sample, in each comment
SENT: Final = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)
STANCES: Final = tuple(Stance)
Rows = dict[type[Row], list[dict[str, Any]]]
ORDER: Final[tuple[type[Row], ...]] = (
    Response, ResponseVersion, Answer, AnswerChoice, Comment, Disposition, Coding, CodingQuote, Suggestion,
    CampaignMember,
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What the sample holds that rows point to."""

    consultation: Consultation
    officer: Officer
    themes: Sequence[Theme]
    weights: Sequence[float]  # how common each theme is
    texts: Sequence[Question]
    closed: Sequence[tuple[Question, Sequence[Option]]]
    areas: Sequence[str]
    types: Sequence[str]
    sentences: Sequence[str]
    run: ThemingRun
    campaign: Campaign


def fill(slug: str, comments: int) -> None:
    """Adds rows until there are so many comments in the consultation, and closes it."""
    with transaction():
        given = _given(slug)
        there = session.scalar(select(func.count(Comment.id)))
        wanted = (comments - (there or 0)) // COMMENTS_EACH
        respondents = iter(range(min(wanted, DRAWN)))
        chance, first = random.Random(5), uuid7()
        while block := list(islice(respondents, RESPONDENTS_A_BLOCK)):
            _write(_rows(given, block, chance))
        if wanted > DRAWN:
            _copy(first, uuid7(), range(1, -(-wanted // DRAWN)))
        _point_to_versions()
        closed = {"stage": Stage.CLOSED, "closes_at": SENT + timedelta(days=60), "opens_at": SENT}
        session.execute(update(Consultation).where(Consultation.slug == slug).values(**closed))
    session.remove()
    with transaction():
        session.execute(text("ANALYZE"))


def _given(slug: str) -> Given:
    here = session.scalars(select(Consultation).where(Consultation.slug == slug)).one()
    kept = (Theme.consultation_id == here.id, Theme.is_net.is_(False))
    themes = session.scalars(select(Theme).where(*kept).order_by(Theme.code)).all()
    questions = session.scalars(select(Question).where(Question.consultation_id == here.id)).all()
    scales = [one for one in questions if one.kind is QuestionKind.SCALE]
    run = ThemingRun(
        consultation_id=here.id, number=99, state=RunState.COMPLETE, engine_version="benchmark",
        completed_at=SENT,
    )  # fmt: skip
    campaign = Campaign(consultation_id=here.id, name="Benchmark", template="Please think again.")
    session.add_all([run, campaign])
    session.flush()
    here.current_run_id = run.id
    labels = words(here.id)
    texts = session.scalars(select(Comment.text).where(Comment.consultation_id == here.id)).all()
    return Given(
        consultation=here,
        officer=session.scalars(select(Officer).where(Officer.is_example)).one(),
        themes=themes,
        weights=[1 / (place + 4) for place in range(len(themes))],
        texts=[one for one in questions if one.kind is QuestionKind.TEXT and one.themed],
        closed=[(one, one.options) for one in scales],
        areas=list(labels.areas),
        types=list(labels.types),
        sentences=sorted({part.strip() for text in texts for part in text.split(". ") if len(part) > 30}),
        run=run,
        campaign=campaign,
    )


def _write(rows: Rows) -> None:
    for table in ORDER:
        if rows[table]:
            session.connection().execute(insert(table), rows[table])


def _copy(first: UUID, last: UUID, numbers: Sequence[int]) -> None:
    """The rows with keys between these, so many times more; a key ends with the number of the copy."""
    marks = [
        select(literal(f"-{one}").label("number"), literal(f"{one:02x}").label("mark")) for one in numbers
    ]
    copy = union_all(*marks).subquery("copy")
    ours = {table.__tablename__ for table in ORDER}
    if _postgresql():
        session.execute(text("SET LOCAL statement_timeout = 0"))
    for table in ORDER:
        kept = [one for one in inspect(table).columns if one.name != "current_version_id"]
        copied = [_copied(one, ours, copy.c.number, copy.c.mark) for one in kept]
        rows = select(*copied).where(table.id > first, table.id < last).join(copy, text("1 = 1"))
        session.execute(insert(table).from_select([one.name for one in kept], rows))


def _copied(
    of: ColumnElement[Any], ours: set[str], number: ColumnElement[str], mark: ColumnElement[str]
) -> ColumnElement[Any]:
    """A key, or a pointer to a row that is copied too, gets the mark of the copy; a reference its number."""
    if of.name == "reference":
        return of + number
    if not of.primary_key and not any(key.column.table.name in ours for key in of.foreign_keys):
        return of
    if _postgresql():
        dashed = cast(of, Text)
        return cast(func.left(dashed, 14) + COPY + func.substr(dashed, 16, 19) + mark, Uuid)
    plain = type_coerce(of, Text)
    return type_coerce(func.substr(plain, 1, 12) + COPY + func.substr(plain, 14, 17) + mark, Uuid)


def _postgresql() -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _point_to_versions() -> None:
    """Response and version point at each other, so one of the two comes after."""
    its = select(ResponseVersion.id).where(ResponseVersion.response_id == Response.id).scalar_subquery()
    lacking = Response.current_version_id.is_(None), Response.reference.startswith("BM-")
    session.execute(update(Response).where(*lacking).values(current_version_id=its))


def _rows(given: Given, numbers: Sequence[int], chance: random.Random) -> Rows:
    rows: Rows = {table: [] for table in ORDER}
    for number in numbers:
        _respondent(given, rows, number, chance)
    return rows


def _respondent(given: Given, rows: Rows, number: int, chance: random.Random) -> None:
    response, version = uuid7(), uuid7()
    sent = SENT + timedelta(seconds=200 * (number % 20_000))
    organisation = chance.random() < 0.1
    rows[Response].append({
        "id": response, "consultation_id": given.consultation.id, "reference": f"BM-{number:07}",
        "status": ResponseStatus.SENT, "channel": chance.choice(tuple(Channel)),
        "kind": RespondentKind.ORGANISATION if organisation else RespondentKind.INDIVIDUAL,
        "area": chance.choice(given.areas),
        "organisation_type": chance.choice(given.types) if organisation else None,
        "organisation_name": f"Organisation {number}" if organisation else None,
        "started_at": sent, "sent_at": sent, "version": 1,
    })  # fmt: skip
    rows[ResponseVersion].append({"id": version, "response_id": response, "sent_at": sent})
    for question, options in given.closed:
        answer = uuid7()
        rows[Answer].append({
            "id": answer, "response_version_id": version, "question_id": question.id,
            "state": AnswerState.ANSWERED,
        })  # fmt: skip
        rows[AnswerChoice].append({"answer_id": answer, "option_id": chance.choice(options).id})
    for place, question in enumerate(chance.sample(given.texts, COMMENTS_EACH), start=1):
        _comment(given, rows, (response, version, question), place, chance)


def _comment(
    given: Given, rows: Rows, of: tuple[Any, Any, Question], place: int, chance: random.Random
) -> None:
    response, version, question = of
    comment, words_of_it = uuid7(), ". ".join(chance.sample(given.sentences, SENTENCES)) + "."
    rows[Comment].append({
        "id": comment, "consultation_id": given.consultation.id, "response_id": response, "number": place,
        "first_version_id": version, "question_id": question.id, "text": words_of_it,
        "redacted_text": words_of_it,
        "word_count": len(words_of_it.split()),
    })  # fmt: skip
    themes = _drawn(given, SUGGESTIONS_EACH, chance)
    probability = 0.98
    for rank, theme in enumerate(themes, start=1):
        probability *= chance.uniform(0.5, 0.98)
        rows[Suggestion].append({
            "run_id": given.run.id, "comment_id": comment, "theme_id": theme.id, "rank": rank,
            "probability": probability, "assigned": probability >= 0.5, "stance": chance.choice(STANCES),
            "start": 0, "end": 30, "reason": {"cues": ["bus"]},
        })  # fmt: skip
    if chance.random() < 0.01:
        member = {"campaign_id": given.campaign.id, "comment_id": comment, "copy": CampaignCopy.EDITED}
        rows[CampaignMember].append(member)
    if chance.random() < 0.75:
        _decided(given, rows, comment, themes[:2] + _drawn(given, CODINGS_EACH, chance), chance)


def _decided(given: Given, rows: Rows, comment: Any, themes: Sequence[Theme], chance: random.Random) -> None:
    by = {"comment_id": comment, "officer_id": given.officer.id}
    rows[Disposition].append({**by, "value": DispositionValue.CODED, "version": 1})
    for theme in list(dict.fromkeys(themes))[:CODINGS_EACH]:
        coding = uuid7()
        rows[Coding].append({**by, "id": coding, "theme_id": theme.id, "stance": chance.choice(STANCES)})
        rows[CodingQuote].append({"coding_id": coding, "start": 0, "end": 30})


def _drawn(given: Given, count: int, chance: random.Random) -> list[Theme]:
    """Different themes, the commoner ones more often."""
    found: dict[Any, Theme] = {}
    for theme in _endless(given, chance):
        found[theme.id] = theme
        if len(found) == count:
            return list(found.values())
    return []


def _endless(given: Given, chance: random.Random) -> Iterator[Theme]:
    while True:
        yield from chance.choices(given.themes, given.weights, k=SUGGESTIONS_EACH)
