"""More samples ask for no more queries, and each difference has a page."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import DispositionValue
from app.models import CheckSample, Disposition
from app.themes.services.draw_sample import draw_sample
from app.themes.services.settle_difference import Choice
from tests.integration.exchange.conftest import HERE, Write
from tests.integration.themes.conftest import World, again
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted

AGREEMENT = f"{HERE}/agreement"
DIFFERENCES = f"{AGREEMENT}/differences"
POOR: dict[str, Any] = {"comments": 2, "f1": 0.0, "low": 0.0, "high": 0.0, "alpha": None, "themes": []}
MEASURED = {"human": POOR, "machine": POOR, "stance": {"both": 0, "same": 0}}


@pytest.fixture
def finish(coded: World, written: Write, clock: SettableClock) -> Callable[[int], None]:
    """So many samples, of the same two coded comments, in which the second coder saw no point."""

    def finish(samples: int) -> None:
        for seed in range(samples):
            drawn = written(
                draw_sample, again(coded.consultation), interval=10, questions=[str(coded.question.id)],
                second_coder_id=coded.other.id, seed=seed, actor=actors.officer(coded.lead.id),
            )  # fmt: skip
            with transaction():
                row = session.get_one(CheckSample, drawn.id)
                row.finished_at, row.figures = clock.now(), {**row.figures, "measured": MEASURED}
                for key in drawn.comment_ids:
                    session.add(
                        Disposition(
                            comment_id=uuid.UUID(key), layer=drawn.layer, value=DispositionValue.NO_POINT,
                            officer_id=coded.other.id,
                        )
                    )  # fmt: skip

    return finish


@pytest.mark.parametrize("page", [AGREEMENT, DIFFERENCES, f"{AGREEMENT}/1", f"{HERE}/sign-off"])
def test_more_samples_ask_for_no_more_queries(
    finish: Callable[[int], None], lead: AuditedClient, engine: Any, page: str
) -> None:
    finish(1)
    lead.page(page)
    with counted(engine) as few:
        lead.page(page)
    finish(5)
    with counted(engine) as many:
        lead.page(page)

    assert len(many) <= len(few)


class TestDifferences:
    """Two samples with two each."""

    @pytest.fixture(autouse=True)
    def four(self, finish: Callable[[int], None]) -> None:
        finish(2)

    @staticmethod
    def shown(lead: AuditedClient, at: int | str) -> tuple[str, str]:
        page = lead.page(f"{DIFFERENCES}?at={at}")
        difference = page.select_one("form input[name=difference]")
        assert difference
        sample, comment = str(difference["value"]).split(".")
        return sample, comment

    def test_each_has_its_page(self, lead: AuditedClient) -> None:
        found = [self.shown(lead, at) for at in (1, 2, 3, 4)]

        assert [sample for sample, _ in found] == ["1", "1", "2", "2"]
        assert len(set(found)) == 4
        assert [self.shown(lead, at) for at in (0, 9, "x")] == [found[0], found[3], found[0]]
        page = lead.page(f"{DIFFERENCES}?at=2")
        assert "Difference 2 of 4" in page.get_text()
        assert page.select_one(f'a[rel=next][href="{DIFFERENCES}?at=3"]')

    def test_a_sample_leads_to_its_own(self, lead: AuditedClient) -> None:
        link = lead.page(f"{AGREEMENT}/2").select_one("main p a[href*=differences]")

        assert link is not None
        assert (link["href"], link.get_text()) == (f"{DIFFERENCES}?at=3", "2 differences to settle")

    def test_after_one_is_settled_comes_the_next(self, lead: AuditedClient) -> None:
        _, second, third, _ = (self.shown(lead, at) for at in (1, 2, 3, 4))
        answer = lead.submit(
            DIFFERENCES, _from=f"{DIFFERENCES}?at=2", choice=Choice.FIRST.value, reason="As defined."
        )

        assert answer.location == f"{DIFFERENCES}?at=2"
        assert self.shown(lead, 2) == third != second

    def test_it_shows_the_words_that_each_theme_rests_on(self, coded: World, lead: AuditedClient) -> None:
        shown = next(
            text
            for at in (1, 2)
            if str(coded.comments[1].id) in self.shown(lead, at)
            for text in [lead.page(f"{DIFFERENCES}?at={at}").get_text(" ", strip=True)]
        )

        assert "“No bus”" in shown
        assert "“no job.”" in shown

    def test_a_definition_is_changed_from_one_and_leads_back_to_it(self, lead: AuditedClient) -> None:
        link = lead.page(f"{DIFFERENCES}?at=3").select_one("a[href*='/edit?difference=2.']")
        assert link is not None
        edit = str(link["href"])
        back = f"{DIFFERENCES}?at=3"
        assert lead.page(edit).select_one(f'a.govuk-back-link[href="{back}"]')

        section = lead.page(edit).select_one("select[name=section_id] option[selected]")
        assert section is not None
        fields = {"label": "Buses", "section_id": str(section["value"]), "definition": "Buses and trains."}
        answer = lead.submit(edit, **fields, read_again="no")
        assert (answer.status_code, answer.location) == (303, back)
        said = lead.page(back).get_text()
        assert "was changed. The history of the frame can undo it." in said
        lead.submit(DIFFERENCES, choice=Choice.FIRST.value, reason="Another officer settles the first.")
        assert lead.submit(edit, **fields, read_again="no").location == f"{DIFFERENCES}?at=2"

    def test_a_refused_one_stays(self, lead: AuditedClient) -> None:
        answer = lead.submit(DIFFERENCES, _from=f"{DIFFERENCES}?at=3", choice=Choice.FIRST.value, reason="")

        assert answer.status_code == 422
        assert "Difference 3 of 4" in answer.text

    def test_who_may_not_settle_them_is_not_led_to_them(self, analyst: AuditedClient) -> None:
        for page in (AGREEMENT, f"{AGREEMENT}/1"):
            assert not analyst.page(page).select("main a[href*=differences]")
