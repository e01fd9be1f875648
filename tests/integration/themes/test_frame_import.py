"""A frame from a file or from another consultation: reported on first, then one step that can be undone."""

import csv
import io
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.database import session, transaction
from app.enums import Role, Stance
from app.models import Coding, FrameOperation, RoleGrant, Theme
from app.reporting.files.tables import TABLES
from app.reporting.queries.export_frame import frame_rows
from app.themes.files.cells import defused
from app.themes.queries.frame import frame_of
from app.themes.services.code_comment import add_coding
from app.themes.services.edit_theme import edit_theme
from tests.factories.consultation import a_consultation
from tests.factories.theme import a_net, a_theme
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

Write = Callable[..., Any]
IMPORT = f"{HERE}/frame/import"
HEADER = ("code", "level", "net", "label", "definition", "cue_words")
ROWS = (
    ("WAT", "net", "", "Water", "", ""),
    ("WAT01", "theme", "WAT", "Rivers", "What they say of rivers", "river; sewage"),
    ("PLA03", "theme", "PLA", "Buses", "Too few buses, or none where or when they are needed", "bus"),
    ("PLA07", "theme", "WAT", "Affordable homes", "Homes that local people can afford", "homes; afford"),
    ("GOV02", "theme", "PLA", "Against an elected mayor", "Does not want a mayor", "mayor"),
    ("GOV03", "theme", "ZZZ", "Councils", "", ""),
    ("a b", "theme", "PLA", "Odd", "", ""),
    ("WAT02", "theme", "WAT", "RIVERS", "", ""),
    ("GOV02", "theme", "PLA", "Again", "", ""),
)


def as_csv(*rows: Any, header: Any = HEADER, encoding: str = "utf-8") -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode(encoding)


def upload(client: AuditedClient, content: bytes) -> Any:
    return client.submit(IMPORT, file=(io.BytesIO(content), "frame.csv"))


def hidden(answer: Any) -> dict[str, str]:
    page = BeautifulSoup(answer.text, "html.parser")
    form = page.select_one("main form[action$='/apply']")
    assert form is not None, words(page)
    return {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}


def apply(client: AuditedClient, answer: Any) -> Any:
    return client.post(f"{IMPORT}/apply", data=hidden(answer))


def the_frame(world: World) -> list[tuple[str, list[tuple[str, str, str, list[Any]]]]]:
    session.rollback()
    return [
        (
            net.theme.code if net.theme else "",
            [(t.code, t.label, t.definition, t.cue_words) for t in net.themes],
        )
        for net in frame_of(world.consultation.id)
    ]


def operations() -> int:
    return session.scalar(select(func.count(FrameOperation.id))) or 0


def test_a_file_says_what_would_change_then_changes_it_and_the_same_file_changes_nothing(
    lead: AuditedClient, world: World
) -> None:
    before = the_frame(world)
    answer = upload(lead, as_csv(*ROWS))
    said = " ".join(answer.text.split())
    for expected in (
        "<strong>1 theme</strong> and 1 section would be added",
        "<strong>2 rows</strong> would change",
        "1 row is as the frame has it",
        "4 rows are refused",
        "There is no net ZZZ here or in the file.",
        "The code must have up to 20 letters",
        "WAT01 has this label already.",
        "The code GOV02 is in row 6 already.",
    ):
        assert expected in said
    assert (the_frame(world), operations()) == (before, 0)

    tree = lead.page(apply(lead, answer).location)
    assert "Imported 1 theme and changed 2" in words(tree)
    after = the_frame(world)
    assert [(code, [one[0] for one in held]) for code, held in after] == [
        ("PLA", ["PLA03", "GOV02"]),
        ("WAT", ["PLA07", "WAT01"]),
    ]
    assert after[0][1][0][1:] == ("Buses", ROWS[2][4], ["bus"])
    assert "Lea imported into the frame: 1 new section, 1 new theme, 2 changed" in words(
        lead.page(f"{HERE}/audit")
    )

    assert "This would change nothing." in upload(lead, as_csv(*ROWS)).text
    undo = tree.select_one("form[action$='/undo']")
    assert undo is not None
    lead.submit(str(undo["action"]), _from=f"{HERE}/frame/history")
    assert the_frame(world) == before

    apply(lead, upload(lead, as_csv(*ROWS)))
    assert the_frame(world) == after


def test_a_theme_brought_back_and_coded_since_is_not_taken_away_by_the_undo(
    lead: AuditedClient, world: World, written: Write
) -> None:
    with transaction():
        again(world.mayor).retired_at = world.consultation.opens_at
    apply(lead, upload(lead, as_csv(ROWS[4])))
    written(
        add_coding, world.comments[4].id, theme_id=world.mayor.id, stance=Stance.CONCERN, actor=world.actor
    )
    step = session.scalars(select(FrameOperation)).one()
    lead.submit(f"{HERE}/frame/history/{step.id}/undo", _from=f"{HERE}/frame/history")

    session.rollback()
    assert again(world.mayor).retired_at is None


def test_a_frame_that_changed_meanwhile_is_reported_on_again(
    lead: AuditedClient, world: World, written: Write
) -> None:
    answer = upload(lead, as_csv(ROWS[2]))
    written(
        edit_theme, world.buses.id, consultation_id=world.consultation.id, seen=1,
        given={"label": "Ben's label"}, actor=world.actor,
    )  # fmt: skip
    refused = apply(lead, answer)

    assert refused.status_code == 422
    assert "The frame was changed meanwhile" in refused.text
    assert "Ben&#39;s label" in refused.text
    assert apply(lead, refused).status_code == 303
    session.rollback()
    assert again(world.buses).label == "Buses"


def test_the_format_of_the_commands_makes_the_sections_that_it_names(
    lead: AuditedClient, world: World
) -> None:
    header = ("question", "code", "group", "label", "definition", "cue_words")
    row = ("place", "ENV01", "Environment", "Café culture", "", "")
    apply(lead, upload(lead, as_csv(row, header=header, encoding="cp1252")))

    assert the_frame(world)[-1][0] == "ENV"
    assert the_frame(world)[-1][1] == [("ENV01", "Café culture", "", [])]


def test_a_file_that_is_no_frame_is_refused_in_a_sentence(lead: AuditedClient) -> None:
    for content, said in (
        (b"", "The file is empty."),
        (as_csv(("x",), header=("code",)), "code and label: label is missing (found: code)"),
        (b"\xd0\xcf\x11\xe0rest", "This is an old Excel file"),
    ):
        answer = upload(lead, content)
        assert (answer.status_code, said in answer.text) == (422, True)
    sent = hidden(upload(lead, as_csv(ROWS[2])))
    for rows in ('[["x"]]', "{}", "no JSON", "[[1, 2, false, null, false, {}]]"):
        assert lead.post(f"{IMPORT}/apply", data={**sent, "rows": rows}).status_code == 422


def test_the_frame_of_another_consultation_comes_without_codings(lead: AuditedClient, world: World) -> None:
    with transaction():
        other = a_consultation(slug="other", title="Another bid")
        other_id = other.id
        net = a_net(other, code="HEA", label="Health")
        a_theme(other, code="HEA01", label="Hospitals", parent_id=net.id)
        a_theme(other, code="PLA03", label="Not ours", parent_id=net.id)
    assert lead.get(f"{IMPORT}/from/other").status_code == 404
    with transaction():
        session.add(RoleGrant(officer_id=world.lead.id, consultation_id=other_id, role=Role.ANALYST))
    address = str(lead.page(IMPORT).select_one("main a[href*='/from/']")["href"])  # type: ignore[index]
    answer = lead.get(address)
    assert "1 row says nothing: the code is here already" in " ".join(answer.text.split())
    apply(lead, answer)

    assert the_frame(world)[-1][0] == "HEA"
    assert [one[0] for one in the_frame(world)[-1][1]] == ["HEA01"]
    assert again(world.buses).label == "Buses and rural access"
    assert session.scalar(select(func.count(Coding.id))) == 0
    assert session.scalar(select(func.count(Theme.id)).where(Theme.code == "HEA01")) == 2


def test_the_export_of_the_frame_comes_back_without_a_change(lead: AuditedClient, world: World) -> None:
    with transaction():
        again(world.buses).definition = "=SUM(1)\nand a second line"
        again(world.mayor).retired_at = world.consultation.opens_at
    names = [column.name for column in TABLES["frame"].columns]
    rows = [[defused(str(cell)) for cell in row] for row in next(frame_rows(world.consultation.id))]
    session.rollback()

    said = words(BeautifulSoup(upload(lead, as_csv(*rows, header=names)).text, "html.parser"))
    assert "3 rows are as the frame has them" in said
    assert "1 row says nothing" in said
    assert "This would change nothing." in said
