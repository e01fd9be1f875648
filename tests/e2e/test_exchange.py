"""Tables out to a spreadsheet and codings back in, with a report first and an undo after."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.e2e import people
from tests.e2e.conftest import Arrive, Stage
from tests.support.browser import Visitor

pytestmark = pytest.mark.browser
WHAT_IS_CODED = ("comment", "theme", "stance", "quotes")


def asked(officer: Visitor, here: str, form: str) -> None:
    officer.go(f"{here}/exports")
    people.choose(officer, "Coded comments", within="main form")
    people.choose(officer, form, within="main form")
    officer.press("Make the file")


def fetched(officer: Visitor, folder: Path, *, place: int) -> Path:
    """The newest file is the first."""
    with officer.page.expect_download() as download:
        officer.page.locator("main table a").nth(place).click()
    to = folder / download.value.suggested_filename
    download.value.save_as(to)
    return to


def test_comments_go_out_and_codings_come_back(arrive: Arrive, stage: Stage, tmp_path: Path) -> None:
    officer = people.officer(arrive, stage)
    here = f"/officer/c/{stage.slug}"
    asked(officer, here, "CSV")
    asked(officer, here, "Excel (XLSX)")
    stage.site.wait_for_jobs()
    officer.go(f"{here}/exports")
    sheet = load_workbook(fetched(officer, tmp_path, place=0)).worksheets[0]
    told = fetched(officer, tmp_path, place=1).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(told)))
    columns = [cell.value for cell in next(iter(sheet.iter_rows(max_row=1)))]
    assert columns == list(rows[0])

    bare = [row for row in rows if row["outcome"] == "undecided"][-2:]
    coded = tmp_path / "coded.csv"
    with coded.open("w", newline="") as file:
        writer = csv.DictWriter(file, WHAT_IS_CODED, extrasaction="ignore")
        writer.writeheader()
        for row, theme in zip(bare, ("PEO10", "XYZ99"), strict=True):
            writer.writerow({**row, "theme": theme, "stance": "concern", "quotes": ""})
    officer.go(f"{here}/imports")
    officer.page.get_by_label("CSV file or Excel workbook").set_input_files(coded)
    officer.press("Show what would change")
    assert "1 coding would be added" in officer.text()
    assert "1 row is refused" in officer.text()
    assert "XYZ99" in officer.text()
    officer.press("Add 1 coding")
    officer.press("Look at the change, or undo it")
    officer.press("Undo")
    assert "Undone by First officer" in officer.text()
