"""What officers coded, dismissed or began to code of a letter, when it is divided and put together again."""

import uuid

import pytest
from sqlalchemy import delete, select

from app.accounts.actor import Actor
from app.cleaning.refusals import NotDividable
from app.cleaning.services.divide_letter import divide_letter, put_together
from app.counting.comments import comment_progress
from app.counting.themes import theme_counts
from app.database import session, transaction
from app.enums import BatchKind, Decision, DispositionValue
from app.models import (
    CheckSample,
    Coding,
    CodingQuote,
    Comment,
    Consultation,
    Disposition,
    Officer,
    Reading,
    SuggestionDecision,
    Theme,
)
from app.themes.services.undo_batch import undo_batch
from tests.factories.coding import a_batch, a_coding
from tests.factories.officer import an_officer
from tests.factories.theme import a_net, a_theme
from tests.integration.cleaning.letter import BUS, MORE, NOW, TEXT, TREES, current, divide, keys, starts

pytestmark = pytest.mark.both_databases


@pytest.fixture
def theme(here: Consultation) -> Theme:
    with transaction():
        return a_theme(here, parent_id=a_net(here).id)


def quoted(letter: Comment, theme: Theme, *words_: str) -> uuid.UUID:
    """A coding of the letter with these quotes; without any, of the whole."""
    with transaction():
        coder = an_officer()
        coding = a_coding(letter, theme, coder)
        if words_:
            for quote in coding.quotes:
                session.delete(quote)
            session.flush()
            places = [letter.text.index(one) for one in words_]
            coding.quotes = [
                CodingQuote(start=at, end=at + len(one)) for at, one in zip(places, words_, strict=True)
            ]
        session.add(Disposition(comment_id=letter.id, value=DispositionValue.CODED, officer_id=coder.id))
        return coding.id


def themes_on(here: Consultation) -> dict[str, tuple[list[str], bool]]:
    """Of the current comments that have a standing theme: its quotes, and whether it is to be read again."""
    found = {}
    for one in current(here):
        for row in session.scalars(
            select(Coding).where(Coding.comment_id == one.id, Coding.removed_at.is_(None))
        ):
            found[one.text] = ([one.text[q.start : q.end] for q in row.quotes], row.read_again_at is not None)
    return found


def test_a_theme_goes_to_the_parts_that_its_quotes_stand_in_and_back(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    quoted(letter, theme, "no bus home", "run the bus", "old trees")
    before, people = themes_on(here), theme_counts(here.id)

    divide(here, letter, acting)

    assert themes_on(here) == {
        f"{BUS}\n\n{MORE}": (["no bus home", "run the bus"], False), TREES: (["old trees"], False)
    }  # fmt: skip
    assert comment_progress(here.id).decided == 2
    assert [one.respondents for one in theme_counts(here.id)] == [one.respondents for one in people]
    with transaction():
        put_together(letter.id, reason="Back", actor=acting, now=NOW)
    assert (themes_on(here), theme_counts(here.id)) == (before, people)


def test_a_quote_over_several_parts_goes_to_each_and_they_are_read_again(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    quoted(letter, theme, f"Sunday. {TREES[:12]}")

    divide(here, letter, acting)

    assert themes_on(here) == {f"{BUS}\n\n{MORE}": (["Sunday."], True), TREES: ([TREES[:12]], True)}


def test_what_officers_changed_in_the_parts_is_so_in_the_letter(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    quoted(letter, theme)
    made = divide(here, letter, acting)
    of = keys(here)
    with transaction():  # the theme is taken off two parts, and another is put on one of them
        gone = select(Coding).where(Coding.comment_id.in_([made[None].id, made[of["trees_text"]].id]))
        for row in session.scalars(gone):
            row.removed_at = NOW
        trees = session.get_one(Comment, made[of["trees_text"]].id)
        a_coding(trees, a_theme(session.get_one(Consultation, here.id), code="TRE01"), an_officer())

    with transaction():
        put_together(letter.id, reason="Back", actor=acting, now=NOW)

    rows = session.scalars(select(Coding).where(Coding.comment_id == letter.id, Coding.removed_at.is_(None)))
    assert {row.theme.code: [TEXT[q.start : q.end] for q in row.quotes] for row in rows} == {
        theme.code: [BUS, MORE], "TRE01": [TREES],
    }  # fmt: skip


def test_a_bulk_decision_on_the_letter_is_undone_in_its_parts(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    coding_id = quoted(letter, theme, "no bus home", "old trees")
    with transaction():
        row = session.get_one(Coding, coding_id)
        row.batch_id = a_batch(here, theme, row.officer).id
        session.scalars(select(Disposition)).one().batch_id = row.batch_id
        batch_id = row.batch_id
    divide(here, letter, acting)

    with transaction():
        undo_batch(batch_id, consultation_id=here.id, everyones=True, actor=acting, now=NOW)

    assert themes_on(here) == {}
    assert comment_progress(here.id).decided == 0


def test_a_theme_taken_off_the_letter_in_bulk_comes_back_to_its_parts_when_that_is_undone(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    coding_id = quoted(letter, theme, "no bus home", "old trees")
    before = themes_on(here)
    with transaction():
        row = session.get_one(Coding, coding_id)
        batch_id = a_batch(here, theme, row.officer, kind=BatchKind.REMOVE_THEME).id
        row.removed_at, row.removed_by_id, row.removed_in_batch_id = NOW, row.officer_id, batch_id
        session.execute(delete(Disposition))
    divide(here, letter, acting)
    assert (themes_on(here), comment_progress(here.id).decided) == ({}, 0)

    with transaction():
        undo_batch(batch_id, consultation_id=here.id, everyones=True, actor=acting, now=NOW)

    assert themes_on(here) == {f"{BUS}\n\n{MORE}": (["no bus home"], False), TREES: (["old trees"], False)}
    assert comment_progress(here.id).decided == 2
    with transaction():
        put_together(letter.id, reason="Back", actor=acting, now=NOW)
    assert themes_on(here) == before


def test_an_outcome_stands_in_the_way_before_and_after(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    with transaction():
        outcome = Disposition(
            comment_id=letter.id, value=DispositionValue.UNCLEAR, officer_id=an_officer().id
        )
        session.add(outcome)
    with pytest.raises(NotDividable, match="Take it off first"), transaction():
        divide_letter(letter.id, starts=starts(here), actor=acting, now=NOW)
    with transaction():
        session.get_one(Disposition, outcome.id).value = DispositionValue.UNDECIDED
    part = divide(here, letter, acting)[None]
    with transaction():
        session.add(
            Disposition(comment_id=part.id, value=DispositionValue.NO_POINT, officer_id=an_officer().id)
        )

    with pytest.raises(NotDividable, match="Take it off first"), transaction():
        put_together(letter.id, reason="No", actor=acting, now=NOW)

    assert len(current(here)) == 3


def test_what_another_officer_has_ticked_and_not_saved_is_waited_for(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    with transaction():
        other = an_officer("S. Moor")
        kept = Reading(comment_id=letter.id, officer_id=other.id, draft={"themes": [], "note": ""})
        session.add(kept)
    divide(here, letter, acting)
    with transaction():
        put_together(letter.id, reason="Again", actor=acting, now=NOW)
        session.get_one(Reading, kept.id).draft = {"themes": [{"code": "PLA03"}]}

    with pytest.raises(NotDividable, match="Moor has begun to code it"), transaction():
        divide_letter(letter.id, starts=starts(here), actor=acting, now=NOW)

    with transaction():
        session.get_one(Officer, other.id).active = False
    assert len(divide(here, letter, acting)) == 3


def test_a_letter_in_a_second_reading_is_divided_when_that_is_finished(
    here: Consultation, letter: Comment, acting: Actor
) -> None:
    with transaction():
        reads = an_officer("S. Moor")
        sample = CheckSample(
            consultation_id=here.id, layer="check", interval=10, seed=1, second_coder_id=reads.id,
            drawn_by_id=reads.id, comment_ids=[str(letter.id)],
        )  # fmt: skip
        session.add(sample)

    with pytest.raises(NotDividable, match="in a second reading"), transaction():
        divide_letter(letter.id, starts=starts(here), actor=acting, now=NOW)

    with transaction():
        session.get_one(CheckSample, sample.id).finished_at = NOW
    assert len(divide(here, letter, acting)) == 3


def test_a_suggestion_dismissed_for_the_letter_is_dismissed_for_its_parts_and_back(
    here: Consultation, letter: Comment, theme: Theme, acting: Actor
) -> None:
    with transaction():
        second = a_theme(session.get_one(Consultation, here.id), code="TRE01")
        for one in (theme, second):
            session.add(dismissed(letter, one))
    made = divide(here, letter, acting)
    parts = [one.id for one in made.values()]
    assert {key: dismissals(key) for key in parts} == {key: {theme.id, second.id} for key in parts}

    with transaction():  # taken back for one part, and a third dismissed for all
        third = a_theme(session.get_one(Consultation, here.id), code="TRE02")
        session.execute(
            delete(SuggestionDecision).where(
                SuggestionDecision.comment_id == parts[0], SuggestionDecision.theme_id == second.id
            )
        )
        session.add_all(dismissed(one, third) for one in made.values())
    with transaction():
        put_together(letter.id, reason="Again", actor=acting, now=NOW)

    assert dismissals(letter.id) == {theme.id, third.id}


def dismissed(comment: Comment, theme: Theme) -> SuggestionDecision:
    return SuggestionDecision(
        comment_id=comment.id, theme_id=theme.id, decision=Decision.DISMISSED, officer_id=an_officer().id
    )


def dismissals(comment_id: uuid.UUID) -> set[uuid.UUID]:
    query = select(SuggestionDecision.theme_id).where(SuggestionDecision.comment_id == comment_id)
    return set(session.scalars(query))
