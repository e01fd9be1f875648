"""Letters that officers divide to the questions, and put together again."""

import uuid
from collections.abc import Callable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.accounts import actor as actors
from app.accounts.actor import Actor
from app.cleaning.services.divide_letter import divide_letter, put_together
from app.cleaning.services.redact import hide_words, show_again
from app.cleaning.services.settle_flags import settle_safety
from app.counting.cleaning import count_waiting
from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.counting.themes import theme_counts
from app.database import session, transaction
from app.enums import AnswerState, Channel, CommentSource, DispositionValue, FlagSource, Role
from app.models import (
    Answer,
    AuditEvent,
    Coding,
    CodingQuote,
    Comment,
    Consultation,
    Disposition,
    Flag,
    LetterDivision,
    Redaction,
    ResponseVersion,
)
from app.responses.services.hide_words import refresh_hidden
from app.responses.services.keep_comments import keep_comments
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.question import a_question
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.integration.cleaning.letter import (
    BUS,
    MORE,
    NOW,
    TEXT,
    TREES,
    a_letter,
    current,
    divide,
    keys,
)
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient

pytestmark = pytest.mark.both_databases

CLEAN = "/officer/c/a-bid/clean"
LETTERS = f"{CLEAN}/letters"


def test_its_points_become_one_comment_a_question_in_the_words_of_the_letter_and_back(
    analyst: AuditedClient, here: Consultation, letter: Comment
) -> None:
    before = reconciliation(here.id)
    page = f"{LETTERS}/{letter.id}"
    assert "Letters to split (1)" in words(analyst.page(CLEAN))
    places = {tag["data-point"]: tag.get_text() for tag in analyst.page(page).select("[data-point]")}
    assert places[str(TEXT.index(TREES))] == TREES
    of = {f"at-{place}": "" for place in places}
    of |= {f"at-{TEXT.index(BUS)}": "place_text", f"at-{TEXT.index(TREES)}": "trees_text"}
    of[f"at-{TEXT.index(MORE)}"] = "place_text"

    refused = analyst.submit(page, do="split", **dict.fromkeys(of, ""))
    assert refused.status_code == 422
    assert "Choose a question for at least one point" in refused.text
    assert analyst.submit(page, do="split", note="Three points", **of).status_code == 303

    said = words(analyst.page(page))
    assert "Divided by" in said
    assert [(one.question.key if one.question else None, one.text) for one in current(here)] == [
        (None, "To the council.\n\nYours faithfully, the parish."),
        ("place_text", f"{BUS}\n\n{MORE}"),
        ("trees_text", TREES),
    ]
    assert (reconciliation(here.id), comment_progress(here.id).comments) == (before, 3)
    assert "Letters to split (0)" in words(analyst.page(CLEAN))
    decided = analyst.page(f"{LETTERS}?shown=decided").select("main td a, main th a")
    assert [link["href"] for link in decided] == [page]

    assert "Say why" in analyst.submit(f"{page}/again", page, **{"again-reason": ""}).text
    assert analyst.submit(f"{page}/again", page, **{"again-reason": "Too fine"}).status_code == 303
    assert [one.text for one in current(here)] == [TEXT]
    assert "Too fine" in words(analyst.page(page))
    assert count_waiting(here.id, "letters") == 1
    told = list(
        session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_kind == "letter").order_by(AuditEvent.id)
        )
    )
    assert told == ["divided the letter", "put the letter together"]


def test_a_letter_that_stays_one_comment_waits_no_more(
    analyst: AuditedClient, here: Consultation, letter: Comment
) -> None:
    page = f"{LETTERS}/{letter.id}"

    analyst.submit(page, do="stays", note="One subject")

    assert "Left in one piece by" in words(analyst.page(page))
    assert [one.text for one in current(here)] == [TEXT]
    assert count_waiting(here.id, "letters") == 0


def test_the_second_officer_is_told_and_keeps_what_they_chose(
    at: Callable[[Role], AuditedClient], here: Consultation, letter: Comment, acting: Actor
) -> None:
    officer, page = at(Role.ANALYST), f"{LETTERS}/{letter.id}"
    form = officer.page(page).select_one("main form")
    assert form is not None
    hidden = {tag["name"]: tag.get("value", "") for tag in form.select("input[type=hidden]")}
    divide(here, letter, acting)

    mine = {f"at-{TEXT.index(TREES)}": "place_text", "note": "Mine"}
    answer = officer.post(page, data={**hidden, "do": "split", "at-0": "", **mine})

    assert answer.status_code == 422
    assert "Another officer decided on this letter meanwhile." in answer.text
    assert answer.text.index("Divided by") < answer.text.index("What you chose, not saved")
    assert '<option value="place_text" selected>' in answer.text
    assert "Mine" in answer.text
    assert len(current(here)) == 3


def test_long_emails_under_the_general_question_wait_too_and_others_do_not(here: Consultation) -> None:
    with transaction():
        general = a_question(here, "overall_text", section_id=None)
        long = "A long letter about many things. " * 20
        for channel, text in ((Channel.EMAIL, long), (Channel.EMAIL, "Short."), (Channel.ONLINE, long)):
            a_comment(a_response(here, channel=channel), text, question_id=general.id)

    assert count_waiting(here.id, "letters") == 1


def test_hidden_words_stay_hidden_in_the_parts_and_what_is_hidden_there_in_the_letter(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    hide = {"kind": "name", "decides": True, "original": True, "actor": acting, "now": NOW}
    with transaction():
        hide_words(letter.id, words="Ann Lowe", **hide)  # type: ignore[arg-type]
    part = divide(here, letter, acting)[keys(here)["trees_text"]]
    assert part.redacted_text == TREES.replace("Ann Lowe", "[name removed]")
    with transaction():
        hide_words(part.id, words="Mill Lane", **{**hide, "kind": "address"})  # type: ignore[arg-type]

    with transaction():
        put_together(letter.id, reason="Again", actor=acting, now=NOW)

    (whole,) = current(here)
    assert whole.redacted_text == TEXT.replace("Ann Lowe", "[name removed]").replace(
        "Mill Lane", "[address removed]"
    )


def test_a_call_for_help_stays_in_its_queue_and_settled_is_settled(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    with transaction():
        session.add(Flag(comment_id=letter.id, code="ZZ11", source=FlagSource.MACHINE))
    made = divide(here, letter, acting)
    assert count_waiting(here.id, "safety") == len(made)

    with transaction():
        for one in made.values():
            settle_safety(one.id, done="Read", actor=acting, now=NOW)
    with transaction():
        put_together(letter.id, reason="Again", actor=acting, now=NOW)

    assert count_waiting(here.id, "safety") == 0
    assert session.scalars(select(Flag.settled_note).where(Flag.comment_id == letter.id)).one() == "Read"


def test_its_sender_who_changes_something_else_leaves_the_parts_as_they_are(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    made = divide(here, letter, acting)

    def send(text: str) -> None:
        with transaction():
            response = session.get_one(Comment, letter.id).response
            number = len(session.scalars(select(ResponseVersion.id)).all()) + 1
            version = ResponseVersion(response_id=response.id, number=number, sent_at=NOW)
            session.add(version)
            session.flush()
            given = Answer(
                response_version_id=version.id, source=CommentSource.LETTER, text=text,
                state=AnswerState.ANSWERED,
            )  # fmt: skip
            session.add(given)
            keep_comments(response, version, [given])

    send(TEXT)
    assert {one.id for one in current(here)} == {one.id for one in made.values()}

    part = made[keys(here)["trees_text"]].id
    hide = {"original": True, "actor": acting, "now": NOW}
    with transaction():  # one that waits, one that stands, and one that was taken back
        hide_words(part, words="Ann Lowe", kind="name", decides=False, **hide)  # type: ignore[arg-type]
        hide_words(part, words="Mill Lane", kind="address", decides=True, **hide)  # type: ignore[arg-type]
        (trees,) = hide_words(part, words="old trees", kind="other", decides=True, **hide)  # type: ignore[arg-type]
    with transaction():
        show_again(trees.id, reason="Nobody's", actor=acting, now=NOW)
    send(TEXT + " And a bench.")
    (changed,) = current(here)
    assert (changed.text, changed.replaces_id) == (TEXT + " And a bench.", letter.id)
    assert changed.redacted_text == changed.text.replace("Mill Lane", "[address removed]")
    waiting = session.scalars(select(Redaction).where(Redaction.comment_id == changed.id, Redaction.proposed))
    assert [changed.text[one.start : one.end] for one in waiting] == ["Ann Lowe"]
    assert count_waiting(here.id, "letters") == 1


@pytest.fixture
def ready(app: Flask) -> Flask:
    return app


def stood(here: Consultation) -> list[object]:
    """Comments that count, what is hidden in them, their marks and their themes."""
    return [
        (
            one.id, one.text, one.redacted_text, one.hidden,
            sorted((r.start, r.end, r.kind, r.proposed, r.reversed_at is None)
                   for r in session.scalars(select(Redaction).where(Redaction.comment_id == one.id))),
            sorted((f.code, f.settled_at is None)
                   for f in session.scalars(select(Flag).where(Flag.comment_id == one.id))),
            sorted((c.id, c.theme_id, c.officer_id, c.read_again_at, [(q.start, q.end) for q in c.quotes])
                   for c in codings_on([one.id])),
            [d.value for d in session.scalars(select(Disposition).where(Disposition.comment_id == one.id))],
        )
        for one in current(here)
    ]  # fmt: skip


def codings_on(comment_ids: list[uuid.UUID]) -> list[Coding]:
    query = select(Coding).where(Coding.comment_id.in_(comment_ids), Coding.removed_at.is_(None))
    return list(session.scalars(query))


def words_quoted(comments: list[Comment]) -> dict[uuid.UUID, list[str]]:
    """By the theme, all letters that its codings quote, each as often as there are codings that do."""
    text = {one.id: one.text for one in comments}
    found: dict[uuid.UUID, list[str]] = {}
    for row in codings_on(list(text)):
        places = sorted({at for quote in row.quotes for at in range(quote.start, quote.end)})
        quotes = "".join(text[row.comment_id][at] for at in places)
        found.setdefault(row.theme_id, []).extend("".join(quotes.split()))
    return {key: sorted(letters) for key, letters in found.items()}


def raised_by(here: Consultation) -> dict[str, int]:
    return {one.code: one.respondents for one in theme_counts(here.id)}


QUOTES = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 190)), min_size=1, max_size=3, unique=True)
SPANS = st.tuples(
    st.integers(0, 170), st.integers(1, 30), st.sampled_from(["name", "other"]), st.integers(0, 2)
)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cuts=st.lists(st.tuples(st.integers(0, 190), st.integers(0, 2)), min_size=1, max_size=6),
    spans=st.lists(SPANS, max_size=4),
    coded=st.lists(QUOTES, max_size=3),
)
def test_undoing_any_division_returns_to_the_start(
    ready: Flask,
    cuts: list[tuple[int, int]],
    spans: list[tuple[int, int, str, int]],
    coded: list[list[tuple[int, int]]],
) -> None:
    with transaction():
        here = a_consultation(slug=f"c-{uuid.uuid4().hex[:8]}")
        asked = [None, a_question(here, "place_text").id, a_question(here, "trees_text").id]
        letter, officer = a_letter(here, TEXT), an_officer()
        acting = actors.officer(officer.id)
        for start, size, kind, state in spans:
            session.add(
                Redaction(
                    comment_id=letter.id, start=start, end=min(start + size, len(TEXT)), kind=kind,
                    source=FlagSource.MACHINE, proposed=state == 0, reversed_at=NOW if state == 1 else None,
                )
            )  # fmt: skip
        session.add(Flag(comment_id=letter.id, code="ZZ09", source=FlagSource.MACHINE))
        refresh_hidden(letter)
        for number, quotes in enumerate(coded):
            row = a_coding(letter, a_theme(here, code=f"T{number}"), officer)
            session.delete(row.quotes[0])
            session.flush()
            ends = {(start, min(start + size, len(TEXT))) for start, size in quotes}
            row.quotes = [CodingQuote(start=start, end=end) for start, end in ends]
        if coded:
            session.add(
                Disposition(comment_id=letter.id, value=DispositionValue.CODED, officer_id=officer.id)
            )
    before, sums = stood(here), reconciliation(here.id)
    quoted_before, people = words_quoted(current(here)), raised_by(here)

    with transaction():
        made = divide_letter(
            letter.id, starts=[*((at, asked[n]) for at, n in cuts), (5, asked[1])], actor=acting, now=NOW
        )
    shown = "".join("".join(one.text.split()) for one in made)
    assert sorted(shown) == sorted("".join(TEXT.split()))
    assert reconciliation(here.id) == sums
    assert (words_quoted(current(here)), raised_by(here)) == (quoted_before, people)
    with transaction():
        put_together(letter.id, reason="Back", actor=acting, now=NOW)

    assert stood(here) == before
    assert session.scalars(
        select(LetterDivision.undone_at).where(LetterDivision.comment_id == letter.id)
    ).one()
