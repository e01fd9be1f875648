import csv
import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select, update

from app.accounts import actor
from app.accounts.services.record import record
from app.database import session, transaction
from app.enums import ExclusionReason
from app.jobs.runner import Runner
from app.models import AuditEvent, Comment, Exclusion, Job, Response, RoleGrant, Theme
from app.reporting.queries import export_comments
from app.responses.hidden import hide
from tests.integration.exchange.conftest import HERE, Write
from tests.integration.themes.conftest import World, again
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

EXPORTS = f"{HERE}/exports"


def fetched(client: AuditedClient, runner: Runner, table: str, form: str) -> bytes:
    asked = client.submit(EXPORTS, table=table, format=form)
    assert asked.status_code == 303, asked.text
    runner.run_all()
    link = client.page(EXPORTS).select_one("table a[download]")
    assert link is not None
    answer = client.get(str(link["href"]))
    assert answer.status_code == 200
    content: bytes = answer.data
    answer.close()
    return content


def rows(client: AuditedClient, runner: Runner, table: str) -> list[dict[str, str]]:
    text = fetched(client, runner, table, "csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def sheets(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}


def test_coded_comments_have_a_row_for_each_theme_and_one_for_a_comment_without(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    found = rows(analyst, runner, "comments")

    assert [(row["comment"], row["theme"], row["stance"], row["quotes"]) for row in found] == [
        ("HS-0001-00.1", "", "", ""),
        ("HS-0002-00.1", "PLA03", "concern", "No bus || no job."),
        ("HS-0002-00.1", "PLA07", "suggestion", "Affordable homes for local people would"),
        ("HS-0003-00.1", "PLA07", "concern", "Young people leave because they cannot afford a home here."),
        ("HS-0004-00.1", "", "", ""),
        ("HS-0005-00.1", "", "", ""),
        ("HS-0006-00.1", "", "", ""),
    ]
    assert {(row["outcome"], row["coded_by"]) for row in found} == {("undecided", ""), ("coded", "Ana")}
    assert found[0]["question"] == "place"


def test_the_workbook_holds_the_same_and_says_what_its_columns_hold(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    listed = rows(analyst, runner, "comments")
    found = sheets(fetched(analyst, runner, "comments", "xlsx"))

    header, *body = found["Coded comments"]
    assert [{k: v or "" for k, v in zip(header, row, strict=True)} for row in body] == listed
    assert [row[0] for row in found["Columns"][1:-1]] == list(header)


def test_blocks_join_without_a_gap(
    coded: World, analyst: AuditedClient, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = rows(analyst, runner, "comments")
    monkeypatch.setattr(export_comments, "BLOCK", 2)

    assert rows(analyst, runner, "comments") == whole


FORMULAS = ("=1+1", "+SUM(A1)", "-2+3", "@A1", "\t=1", "＝1", ' =HYPERLINK("x")')


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_is_a_formula(coded: World, analyst: AuditedClient, runner: Runner, form: str) -> None:
    with transaction():
        for comment, words in zip(coded.comments, FORMULAS, strict=False):
            session.execute(
                update(Comment).where(Comment.id == comment.id).values(text=words, redacted_text=words)
            )
        session.execute(update(Theme).where(Theme.code == "PLA07").values(label="=cmd|' /C calc'!A0"))
    content = fetched(analyst, runner, "comments", form)

    if form == "csv":
        cells = [
            cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row
        ]
        assert "'=1+1" in cells
        assert not [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "＝"))]
    else:
        book = openpyxl.load_workbook(io.BytesIO(content))
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        texts = {cell.value for row in book["Coded comments"].iter_rows() for cell in row}
        assert "f" not in kinds
        assert "=1+1" in texts


def test_a_text_too_long_for_a_cell_goes_on_another_sheet(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    long = "Buses. " * 9_000
    with transaction():
        session.execute(
            update(Comment).where(Comment.id == coded.comments[0].id).values(text=long, redacted_text=long)
        )
    found = sheets(fetched(analyst, runner, "comments", "xlsx"))

    assert "".join(row[2] for row in found["Long texts"][1:]) == long


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_redacted_words_are_in_no_export_whoever_asks(
    coded: World, lead: AuditedClient, runner: Runner, form: str
) -> None:
    with transaction():
        comment = again(coded.comments[1])
        comment.text = comment.text.replace("no job", "Smith!")
        comment.hidden = [[8, 13, "[name removed]"]]
        comment.redacted_text = hide(comment.text, comment.hidden)
    content = fetched(lead, runner, "comments", form)

    told = content.decode() if form == "csv" else str(sheets(content))
    assert "Smith" not in told
    assert "No bus || [name removed]!." in told


def test_left_out_and_withdrawn_responses_are_not_taken_out(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    with transaction():
        gone = session.scalars(select(Response).where(Response.reference == "HS-0002-00")).one()
        session.add(Exclusion(response_id=gone.id, reason=ExclusionReason.DUPLICATE))

    assert "HS-0002-00.1" not in {row["comment"] for row in rows(analyst, runner, "comments")}


def test_the_theme_table_hides_how_many_of_few_are_individuals(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    table = {(row["question"], row["theme"]): row for row in rows(analyst, runner, "themes")}

    homes = table["all", "PLA07"]
    assert (homes["respondents"], homes["comments"], homes["concern"], homes["share"]) == (
        "2",
        "2",
        "1",
        "33.3",
    )
    assert homes["individuals"] in ("fewer than 5", "hidden")
    assert table["place", "PLA07"]["individuals"] == ""
    assert table["all", "PLA"]["level"] == "net"


def test_the_frame_and_the_audit_log_are_tables_too(
    coded: World, lead: AuditedClient, runner: Runner
) -> None:
    assert {row["code"] for row in rows(lead, runner, "frame")} == {"PLA", "PLA03", "PLA07", "GOV02"}
    sentences = [row["sentence"] for row in rows(lead, runner, "audit")]
    assert "Ana put theme PLA03 on a comment of response HS-0002-00, as concern" in sentences
    assert any(one.startswith("Lea took out a table: Coding frame") for one in sentences)


def test_an_analyst_takes_out_their_own_entries_alone(
    coded: World, analyst: AuditedClient, lead: AuditedClient, runner: Runner
) -> None:
    rows(lead, runner, "frame")

    assert {row["who"] for row in rows(analyst, runner, "audit")} == {"Ana"}


class TestWhoFetches:
    def link(self, client: AuditedClient, runner: Runner) -> str:
        fetched(client, runner, "comments", "csv")
        found = client.page(EXPORTS).select_one("table a[download]")
        assert found is not None
        return str(found["href"])

    def test_a_colleague_does_not(
        self, coded: World, analyst: AuditedClient, lead: AuditedClient, runner: Runner
    ) -> None:
        assert lead.get(self.link(analyst, runner)).status_code == 404

    def test_nobody_after_a_day(
        self, coded: World, analyst: AuditedClient, runner: Runner, clock: SettableClock, written: Write
    ) -> None:
        address = self.link(analyst, runner)
        with transaction():
            job = session.scalars(select(Job).where(Job.kind == "export")).one()
            assert job.finished_at is not None
            job.finished_at -= timedelta(hours=25)

        assert analyst.get(address).status_code == 404

    def test_nobody_once_words_are_taken_away(
        self, coded: World, analyst: AuditedClient, runner: Runner, written: Write
    ) -> None:
        address = self.link(analyst, runner)
        written(
            record, "erased", actor=actor.officer(coded.lead.id), subject="response",
            consultation_id=coded.consultation.id,
        )  # fmt: skip

        assert analyst.get(address).status_code == 404
        assert "No longer here" in analyst.page(EXPORTS).get_text()

    def test_nobody_who_lost_the_right_meanwhile(
        self, coded: World, analyst: AuditedClient, runner: Runner
    ) -> None:
        assert analyst.submit(EXPORTS, table="comments", format="csv").status_code == 303
        with transaction():
            for grant in session.scalars(select(RoleGrant).where(RoleGrant.officer_id == coded.officer.id)):
                grant.role = "administrator"  # type: ignore[assignment]
        runner.run_all()

        assert "may not take this table out" in analyst.page(EXPORTS).get_text()
        assert analyst.submit(EXPORTS, table="comments", format="csv").status_code == 403


def test_an_export_is_one_line_in_the_log_and_holds_no_words(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    rows(analyst, runner, "comments")

    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "export")).one()
    assert (event.subject_name, event.details) == ("Coded comments, CSV", {})


def test_a_form_without_a_choice_is_refused(coded: World, analyst: AuditedClient) -> None:
    answer = analyst.submit(EXPORTS, table="contacts", format="pdf")

    assert answer.status_code == 422
    assert "Choose a table" in answer.text
