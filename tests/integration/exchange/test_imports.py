import csv
import io
from typing import Any

import openpyxl
import pytest
from sqlalchemy import func, select

from app.accounts import actor as actors
from app.database import session, transaction, utc_now
from app.enums import CodingSource, DispositionValue, Stance
from app.jobs.runner import Runner
from app.models import Coding, CodingBatch, CodingImport, Disposition
from app.responses.hidden import hide
from app.responses.queries.comment_listing import CommentList
from app.responses.services.erase import erase_rows
from app.themes.queries.bulk_list import Action, sort_out
from app.themes.services import import_codings
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from app.themes.services.code_list import code_list
from tests.integration.exchange.conftest import HERE, Write
from tests.integration.exchange.test_exports import fetched
from tests.integration.themes.conftest import World, again
from tests.support.audited_client import AuditedClient

IMPORTS = f"{HERE}/imports"
HEADER = ("comment", "theme", "stance", "quotes")
TWO = (
    ("HS-0001-00.1", "PLA03", "concern", "none on Sunday || I cannot get to work."),
    ("HS-0005-00.1", "GOV02", "Concern", ""),
)


def as_csv(*rows: Any, header: Any = HEADER, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return file.getvalue().encode(encoding)


def as_workbook(*rows: Any, merge: str = "", before: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet: Any = book.create_sheet() if before else book.active
    for row in (HEADER, *rows):
        sheet.append(row)
    if merge:
        sheet.merge_cells(merge)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def upload(client: AuditedClient, content: bytes, name: str = "codings.csv") -> Any:
    answer = client.submit(IMPORTS, file=(io.BytesIO(content), name))
    answer.request.environ["wsgi.input"].close()  # a large file is sent from a temporary one
    return answer


def report(client: AuditedClient, content: bytes) -> str:
    answer = upload(client, content)
    assert answer.status_code == 303, answer.text
    return " ".join(client.page(answer.location).get_text(" ").split())


def bring_in(client: AuditedClient, content: bytes) -> Any:
    address = upload(client, content).location
    return client.submit(address)


def standing() -> set[tuple[str, Stance, CodingSource, str]]:
    session.rollback()
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)))
    return {(one.theme.code, one.stance, one.source, one.officer.name) for one in rows}


@pytest.mark.parametrize("make", [as_csv, as_workbook])
def test_a_file_is_reported_on_then_applied_as_one_batch_and_undone(
    world: World, analyst: AuditedClient, make: Any
) -> None:
    words = report(analyst, make(*TWO))
    assert "2 codings would be added, on 2 comments" in words
    assert standing() == set()

    assert bring_in(analyst, make(*TWO)).status_code == 303
    assert standing() == {
        ("PLA03", Stance.CONCERN, CodingSource.IMPORTED, "Ana"),
        ("GOV02", Stance.CONCERN, CodingSource.IMPORTED, "Ana"),
    }
    quotes = session.scalars(select(Coding).where(Coding.theme_id == world.buses.id)).one().quotes
    text = world.comments[0].text
    assert [text[one.start : one.end] for one in quotes] == ["none on Sunday", "I cannot get to work."]

    batch = session.scalars(select(CodingBatch)).one()
    assert analyst.submit(f"{HERE}/changes/{batch.id}/undo", f"{HERE}/changes/{batch.id}").status_code == 303
    assert standing() == set()
    assert session.scalar(select(func.count(Disposition.id))) == 0


def test_the_same_file_twice_adds_nothing(world: World, analyst: AuditedClient) -> None:
    bring_in(analyst, as_csv(*TWO))
    before = standing()
    words = report(analyst, as_csv(*TWO))

    assert "0 codings would be added" in words
    assert "2 codings stand already" in words
    assert standing() == before


def test_a_file_uploaded_twice_before_it_is_applied_is_one_import(
    world: World, analyst: AuditedClient
) -> None:
    first, second = upload(analyst, as_csv(*TWO)), upload(analyst, as_csv(*TWO))

    assert first.location == second.location
    assert session.scalar(select(func.count(CodingImport.id))) == 1


def test_what_was_exported_comes_back_without_a_change(
    coded: World, analyst: AuditedClient, runner: Runner
) -> None:
    for form in ("csv", "xlsx"):
        words = report(analyst, fetched(analyst, runner, "comments", form))

        assert "0 codings would be added" in words
        assert "3 codings stand already" in words
        assert "0 rows are refused" in words
        assert "4 rows have no theme" in words


def test_a_quote_of_redacted_words_comes_back_to_its_place(
    coded: World, lead: AuditedClient, analyst: AuditedClient
) -> None:
    with transaction():
        comment = again(coded.comments[5])
        comment.hidden = [[7, 14, "[name removed]"]]
        comment.redacted_text = hide(comment.text, comment.hidden)
        words = comment.redacted_text[:30]
        end = 30 - len("[name removed]") + 7
    bring_in(analyst, as_csv(("HS-0006-00.1", "PLA03", "suggestion", words)))

    quote = session.scalars(select(Coding).where(Coding.comment_id == coded.comments[5].id)).one().quotes[0]
    assert (quote.start, quote.end) == (0, end)


def test_rows_that_do_not_fit_are_refused_with_their_number_and_why(
    coded: World, analyst: AuditedClient, written: Write
) -> None:
    other = actors.officer(coded.other.id)
    written(set_disposition, coded.comments[3].id, value=DispositionValue.NO_POINT, actor=other)
    words = report(
        analyst,
        as_csv(
            ("HS-9999-00.1", "PLA03", "concern", ""),
            ("HS-0001-00.1", "PLA33", "concern", ""),
            ("HS-0001-00.1", "PLA", "concern", ""),
            ("HS-0001-00.1", "PLA03", "against", ""),
            ("HS-0001-00.1", "PLA03", "concern", "words that nobody wrote"),
            ("HS-0004-00.1", "PLA03", "concern", ""),
            ("HS-0005-00.1", "GOV02", "concern", ""),
            ("HS-0005-00.1", "gov02", "Concern", ""),
        ),
    )

    assert "1 coding would be added, on 1 comment" in words
    assert "1 coding stands already" in words
    for line, why in (
        (2, "There is no comment HS-9999-00.1."),
        (3, "There is no theme PLA33."),
        (4, "PLA is a net."),
        (5, "“against” is no stance."),
        (6, "The quote is not in the comment."),
        (7, "Ben said what this comment is."),
    ):
        assert f"{line} {why}" in words


def test_another_officers_coding_stays_and_what_one_took_off_stays_off(
    coded: World, analyst: AuditedClient, lead: AuditedClient, written: Write
) -> None:
    off = written(
        add_coding, coded.comments[0].id, theme_id=coded.buses.id, stance=Stance.CONCERN, actor=coded.actor
    )
    written(remove_coding, off.id, actor=actors.officer(coded.other.id))
    before = standing()
    words = report(
        lead,
        as_csv(
            ("HS-0002-00.1", "PLA03", "concern", "No bus, no job"),
            ("HS-0001-00.1", "PLA03", "concern", ""),
        ),
    )

    assert "1 coding stands already" in words
    assert "3 Ben took this theme off the comment." in words
    assert standing() == before


def test_what_was_taken_off_a_list_stays_off(coded: World, lead: AuditedClient, written: Write) -> None:
    listed = sort_out(coded.consultation.id, CommentList(), theme=coded.homes, action=Action.REMOVE)
    written(
        code_list, coded.homes, action=Action.REMOVE, asked=CommentList(), stance=None, digest=listed.digest,
        left_out=set(), filters={}, actor=actors.officer(coded.lead.id),
    )  # fmt: skip

    words = report(lead, as_csv(("HS-0003-00.1", "PLA07", "concern", "")))

    assert "2 Lea took this theme off the comment." in words


def test_a_report_that_is_out_of_date_is_not_applied(
    world: World, analyst: AuditedClient, written: Write
) -> None:
    address = upload(analyst, as_csv(*TWO)).location
    page = analyst.page(address)
    hidden = {str(i["name"]): str(i["value"]) for i in page.select("main form input[type=hidden]")}
    written(
        add_coding, world.comments[4].id, theme_id=world.mayor.id, stance=Stance.CONCERN,
        actor=actors.officer(world.other.id),
    )  # fmt: skip
    answer = analyst.post(address, data=hidden)

    assert answer.status_code == 422
    assert "The list changed" in answer.text
    assert len(standing()) == 1


def test_a_look_at_the_report_judges_nothing_and_it_is_made_anew_when_asked_for(
    world: World, analyst: AuditedClient, written: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = upload(analyst, as_csv(*TWO)).location
    written(
        add_coding, world.comments[0].id, theme_id=world.buses.id, stance=Stance.CONCERN,
        actor=actors.officer(world.other.id),
    )  # fmt: skip
    with monkeypatch.context() as patched:
        patched.setattr(import_codings, "import_report", None)
        assert "2 codings would be added, on 2 comments" in words_on(analyst, address)

    assert analyst.submit(address, do="again").status_code == 303

    said = words_on(analyst, address)
    assert "1 coding would be added, on 1 comment" in said
    assert "1 coding stands already" in said
    with transaction():
        erase_rows(again(world.comments[5]).response_id, now=utc_now())
    assert "The rows of this file are gone" in words_on(analyst, address)
    assert session.scalars(select(CodingImport.figures)).one() == {"without_theme": 0}
    session.rollback()

    assert "1 coding would be added, on 1 comment" in report(analyst, as_csv(*TWO))


def words_on(client: AuditedClient, address: str) -> str:
    return " ".join(client.page(address).get_text(" ").split())


def test_only_who_uploaded_a_file_applies_it(
    world: World, analyst: AuditedClient, lead: AuditedClient
) -> None:
    address = upload(analyst, as_csv(*TWO)).location
    token = lead.page(address).select_one("input[name=csrf_token]")
    assert token is not None

    assert lead.post(address, data={"csrf_token": str(token["value"])}).status_code == 422
    assert standing() == set()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "The file is empty."),
        (as_csv(*TWO, header=("id", "code", "stance", "quotes")), "comment is missing"),
        (as_csv(*TWO, header=("comment", "theme", "stance", "theme")), "The column theme is there twice."),
        (as_csv(("HS-0001-00.1", "", "", "")), "No row of the file has a theme."),
        (as_workbook(*TWO, merge="A2:A3"), "has merged cells"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel file"),
        (b"PK\x03\x04 and no more", "The workbook cannot be read."),
        (b"x" * (20 * 1024 * 1024 + 1), "larger than 20 MB"),
    ],
    ids=["empty", "header", "doubled", "no theme", "merged", "old", "broken", "large"],
)
def test_a_file_that_cannot_be_used_says_why_and_leaves_nothing(
    world: World, analyst: AuditedClient, content: bytes, why: str
) -> None:
    answer = upload(analyst, content)

    assert answer.status_code == 422
    assert why in answer.text
    assert session.scalar(select(func.count(CodingImport.id))) == 0


@pytest.mark.parametrize(
    "content",
    [
        as_csv(*TWO, encoding="utf-16"),
        as_csv(*TWO, delimiter=";"),
        as_csv(*TWO, delimiter="\t", encoding="utf-8"),
        as_csv(*TWO, ("HS-0002-00.1", "PLA03", "concern", "caf\xe9"), encoding="cp1252"),
        as_workbook(*TWO, before="another sheet"),
    ],
    ids=["utf-16", "semicolons", "tabs", "windows-1252", "second sheet"],
)
def test_files_of_other_programs_are_read_too(world: World, analyst: AuditedClient, content: bytes) -> None:
    assert "2 codings would be added, on 2 comments" in report(analyst, content)


def test_a_larger_request_is_taken_on_no_other_page(world: World, analyst: AuditedClient) -> None:
    answer = analyst.post(f"{HERE}/exports", data={"table": "x" * (9 * 1024 * 1024)})

    assert answer.status_code == 413
