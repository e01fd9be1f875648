import uuid
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.counting.comments import comment_progress
from app.counting.themes import theme_count
from app.database import session, transaction
from app.enums import DispositionValue, FlagSource, Stance
from app.jobs.runner import Runner
from app.models import MAIN_LAYER, CheckSample, CheckSettlement, Coding, CodingQuote, Redaction
from app.responses.services.hide_words import refresh_hidden
from app.themes.queries.check_samples import samples_of
from app.themes.services.code_comment import add_coding, set_disposition
from app.themes.services.draw_sample import NO_SECTION, draw, draw_sample, size_for
from app.themes.services.settle_difference import Choice
from tests.integration.exchange.conftest import HERE, Write
from tests.integration.themes.conftest import World, again
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

AGREEMENT = f"{HERE}/agreement"
SAMPLE = f"{AGREEMENT}/1"


@pytest.fixture
def decided(coded: World, written: Write) -> World:
    """By the first coder: themes on the second and third comment, no point made in the fourth."""
    written(set_disposition, coded.comments[3].id, value=DispositionValue.NO_POINT, actor=coded.actor)
    return coded


@pytest.fixture
def second(app: Flask, world: World, clock: SettableClock) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    sign_in(client, again(world.other), at=clock.now())
    return client


def drawn(world: World, written: Write, **given: Any) -> CheckSample:
    values = {
        "interval": 10,
        "questions": [str(world.question.id)],
        "second_coder_id": world.other.id,
        "seed": 5,
    }
    sample: CheckSample = written(
        draw_sample, again(world.consultation), actor=actors.officer(world.lead.id), **{**values, **given}
    )
    return sample


def test_the_size_follows_from_the_interval_and_from_how_many_there_are() -> None:
    assert [size_for(one, population=1_000_000) for one in (5, 10, 15)] == [384, 96, 43]
    assert size_for(10, population=96) == 48
    assert [size_for(10, population=one) for one in (0, 1, 3)] == [0, 1, 3]


def test_each_section_gives_its_share_and_a_seed_gives_the_same_again() -> None:
    by = {
        key: [uuid.UUID(int=place * 1000 + n) for n in range(size)]
        for place, (key, size) in enumerate([("a", 60), ("b", 30), ("c", 10)])
    }
    found = draw(by, size=10, seed=3)

    assert [sum(one in ids for one in found) for ids in by.values()] == [6, 3, 1]
    assert found == draw({key: list(reversed(by[key])) for key in ("c", "b", "a")}, size=10, seed=3)
    assert found != draw(by, size=10, seed=4)


def test_only_decided_comments_without_the_second_coder_are_drawn(decided: World, written: Write) -> None:
    written(
        add_coding, decided.comments[2].id, theme_id=decided.buses.id, stance=Stance.CONCERN,
        actor=actors.officer(decided.other.id),
    )  # fmt: skip
    sample = drawn(decided, written)

    assert set(sample.comment_ids) == {str(decided.comments[one].id) for one in (1, 3)}


def test_a_lead_draws_a_sample_on_the_page(decided: World, lead: AuditedClient) -> None:
    chosen: dict[str, Any] = {
        "coder": str(decided.other.id),
        "interval": "15",
        "section": [str(decided.question.id)],
    }
    sized = lead.submit(AGREEMENT, do="size", **chosen)
    assert "Within 15 points: 3 comments" in " ".join(lead.page(sized.location).get_text(" ").split())
    assert lead.submit(AGREEMENT, **chosen).status_code == 303

    page = " ".join(lead.page(AGREEMENT).get_text(" ").split())
    assert "0 of 3 read" in page
    assert lead.submit(AGREEMENT, coder="", interval="7").status_code == 422


def test_the_second_coder_sees_nobody_elses_codes_and_no_suggestion(
    suggested: World, decided: World, written: Write, second: AuditedClient, lead: AuditedClient
) -> None:
    drawn(decided, written)
    page = second.get(f"{SAMPLE}/read", follow_redirects=True)
    comment = page.request.path

    shown = page.text.split("<main", 1)[1].split("<select", 1)[0]
    for hidden in ("PLA03", "PLA07", "Ana", "Likely", "Suggested", "app-quote", "<mark"):
        assert hidden not in shown
    assert lead.get(comment).status_code == 404


def read_all(world: World, second: AuditedClient, *, given: dict[int, list[tuple[str, str]]]) -> None:
    """Through the pages, in the order of the queue."""
    for _ in range(3):
        at = second.get(f"{SAMPLE}/read").location
        number = next(n for n, one in enumerate(world.comments) if str(one.id) in at)
        token = second.page(at).select_one("main input[name=csrf_token]")
        assert token is not None
        sent = {"csrf_token": str(token["value"])}
        for theme, stance in given.get(number, []):
            assert (
                second.post(at, data={**sent, "do": "add", "theme": theme, "stance": stance}).status_code
                == 303
            )
        if number not in given:
            assert second.post(at, data={**sent, "do": "outcome", "outcome": "no_point"}).status_code == 303
    assert second.submit(f"{SAMPLE}/read").status_code == 303


def standing(comment_id: Any, layer: str = MAIN_LAYER) -> set[tuple[str, Stance]]:
    session.rollback()
    rows = session.scalars(
        select(Coding).where(
            Coding.comment_id == comment_id, Coding.layer == layer, Coding.removed_at.is_(None)
        )
    )
    return {(one.theme.code, one.stance) for one in rows}


class TestAfterTheSecondReading:
    @pytest.fixture
    def finished(self, decided: World, written: Write, second: AuditedClient, runner: Runner) -> World:
        """The second coder agrees on one theme of the second comment, gives the third another, and the fourth
        nothing."""
        drawn(decided, written)
        self.before = (
            comment_progress(decided.consultation.id),
            theme_count(decided.consultation.id, "PLA03"),
        )
        session.rollback()
        read_all(decided, second, given={1: [("PLA03", "concern")], 2: [("PLA03", "support")]})
        runner.run_all()
        session.rollback()
        return decided

    def test_nothing_of_it_counts(self, finished: World) -> None:
        after = comment_progress(finished.consultation.id), theme_count(finished.consultation.id, "PLA03")

        assert after == self.before

    def test_the_figures_are_those_of_the_codes(self, finished: World, lead: AuditedClient) -> None:
        human = samples_of(finished.consultation.id)[0].figures["human"]

        assert (human["comments"], human["f1"]) == (3, 0.4)  # 1 shared, of 3 and 2
        assert [(one["code"], one["first"], one["second"], one["both"]) for one in human["themes"]] == [
            ("PLA03", 1, 2, 1), ("PLA07", 2, 0, 0),
        ]  # fmt: skip
        overall, by_theme = lead.page(SAMPLE).select("main table")
        assert "app-table--stacked" in overall["class"]  # a phone shows the figures without scrolling
        assert [row.get_text()[:5] for row in by_theme.select("tbody th a")] == ["PLA07", "PLA03"]
        page = " ".join(lead.page(SAMPLE).get_text(" ").split())
        assert "On 3 comments two officers agreed poorly (F1 0.40" in page
        assert "Software with officer" in page
        assert "2 differences to settle" in page

    def test_its_codes_cannot_be_changed_any_more(self, finished: World, second: AuditedClient) -> None:
        at = f"{SAMPLE}/read/{finished.comments[1].id}"
        token = second.page(at).select_one("main input[name=csrf_token]")
        assert token is not None
        sent = {"csrf_token": str(token["value"]), "do": "add", "theme": "GOV02", "stance": "concern"}

        assert second.post(at, data=sent).status_code == 422

    @pytest.mark.parametrize(
        ("choice", "second_comment", "third"),
        [
            (Choice.FIRST, {"PLA03", "PLA07"}, {"PLA07"}),
            (Choice.SECOND, {"PLA03"}, {"PLA03"}),
            (Choice.BOTH, {"PLA03", "PLA07"}, {"PLA03", "PLA07"}),
            (Choice.NEITHER, {"PLA03", "PLA07"}, {"PLA07"}),
        ],
    )
    def test_settling_changes_the_coding_that_counts_and_not_the_figures(
        self, finished: World, lead: AuditedClient, choice: Choice, second_comment: set[str], third: set[str]
    ) -> None:
        figures = samples_of(finished.consultation.id)[0].figures
        for _ in range(2):
            answer = lead.submit(
                f"{AGREEMENT}/differences", choice=choice.value, reason="As the definition says."
            )
            assert answer.status_code == 303

        assert {code for code, _ in standing(finished.comments[1].id)} == second_comment
        assert {code for code, _ in standing(finished.comments[2].id)} == third
        assert samples_of(finished.consultation.id)[0].figures == figures
        assert "No difference is left to settle" in lead.page(f"{AGREEMENT}/differences").get_text()
        assert session.scalar(select(func.count(CheckSettlement.id))) == 2

    def test_settling_asks_for_a_choice_and_a_reason(self, finished: World, lead: AuditedClient) -> None:
        answer = lead.submit(f"{AGREEMENT}/differences", reason="")

        assert answer.status_code == 422
        assert "Choose what is right" in answer.text
        assert "Say why" in answer.text


def test_a_second_reading_is_not_finished_while_comments_are_left(
    decided: World, written: Write, second: AuditedClient
) -> None:
    sample = drawn(decided, written)
    at = second.get(f"{SAMPLE}/read").location
    token = second.page(at).select_one("main input[name=csrf_token]")
    assert token is not None
    second.post(f"{SAMPLE}/read", data={"csrf_token": str(token["value"])})

    session.rollback()
    assert session.get_one(CheckSample, sample.id).finished_at is None


def test_what_the_first_coder_changes_after_the_drawing_does_not_better_the_figure(
    decided: World, written: Write
) -> None:
    drawn(decided, written, questions=[str(decided.question.id), NO_SECTION])
    written(
        add_coding, decided.comments[2].id, theme_id=decided.mayor.id, stance=Stance.CONCERN,
        actor=decided.actor,
    )  # fmt: skip
    frozen = samples_of(decided.consultation.id)[0].first

    with transaction():
        assert len(frozen[str(decided.comments[2].id)]["codes"]) == 1


def test_the_words_of_a_quote_are_found_behind_hidden_ones(
    decided: World, written: Write, second: AuditedClient
) -> None:
    sample = drawn(decided, written)
    comment = decided.comments[1]
    with transaction():
        row = again(comment)
        session.add(Redaction(comment_id=row.id, start=0, end=2, kind="insurance", source=FlagSource.OFFICER))
        refresh_hidden(row)
    address = f"{SAMPLE}/read/{comment.id}"
    token = second.page(address).select_one("main input[name=csrf_token]")
    assert token is not None
    sent = {"csrf_token": str(token["value"]), "do": "add", "theme": "GOV02", "stance": "concern"}

    assert second.post(address, data={**sent, "words": "no job"}).status_code == 303

    session.rollback()
    quote = session.scalars(select(CodingQuote).join(Coding).where(Coding.layer == sample.layer)).one()
    assert comment.text[quote.start : quote.end] == "no job"
