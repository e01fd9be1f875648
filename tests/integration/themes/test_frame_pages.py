"""The pages that change the coding frame, as a lead analyst uses them."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.database import session, transaction
from app.enums import Stance
from app.models import AuditEvent, Coding, FrameOperation, SignOff, Theme
from app.themes.services.code_comment import add_coding
from app.themes.services.edit_theme import edit_theme
from tests.factories.theme import a_net
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, codings, words
from tests.integration.themes.reading import press
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

Write = Callable[..., Any]
FRAME = f"{HERE}/frame"


def theme(code: str) -> Theme:
    session.rollback()
    return session.scalars(select(Theme).where(Theme.code == code)).one()


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def newest() -> FrameOperation:
    session.rollback()
    return session.scalars(select(FrameOperation).order_by(FrameOperation.id.desc()).limit(1)).one()


def test_a_theme_is_added_with_the_next_code_of_its_section_and_can_be_undone(lead: AuditedClient) -> None:
    page = lead.page(f"{FRAME}/add?section=PLA")
    assert page.select_one("select#section_id option[selected]").get_text().startswith("PLA")  # type: ignore[union-attr]
    fields = {
        "section_id": str(theme("PLA").id),
        "label": "Station car parks",
        "cue_words": "parking\n\ncar park\nparking",
    }
    answer = lead.submit(f"{FRAME}/add", **fields)

    assert answer.status_code == 303
    made = theme("PLA08")
    assert (made.label, made.cue_words) == ("Station car parks", ["parking", "car park"])
    tree = lead.page(answer.location)
    assert "Added PLA08 Station car parks." in words(tree)
    undo = tree.select_one("form[action$='/undo']")
    assert undo is not None
    lead.submit(str(undo["action"]), _from=answer.location)
    assert theme("PLA08").retired_at is not None
    assert "Station car parks" not in words(lead.page(FRAME))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"label": " "}, "Enter a label"),
        ({"label": "affordable HOMES"}, "PLA07 has this label already"),
        ({"label": "New", "code": "pla03"}, "The code PLA03 is or was another theme's"),
        ({"label": "New", "code": "a b"}, "Use up to 20 letters"),
        ({"label": "New", "section_id": "nonsense"}, "Choose a section of the frame"),
    ],
)
def test_a_refused_theme_says_why_and_keeps_what_was_typed(
    lead: AuditedClient, fields: dict[str, str], message: str
) -> None:
    answer = lead.submit(f"{FRAME}/add", **{"definition": "Kept words", "section_id": "", **fields})

    assert answer.status_code == 422
    assert message in words(soup(answer))
    assert "Kept words" in answer.text
    assert session.scalar(select(func.count(FrameOperation.id))) == 0


def test_the_second_of_two_officers_sees_what_changed_and_keeps_what_they_typed(
    lead: AuditedClient, world: World, written: Write
) -> None:
    page = lead.page(f"{FRAME}/themes/PLA03/edit")
    typed = {i["name"]: i.get("value", "") for i in page.select("main input[name]")} | {
        a["name"]: a.get_text().removeprefix("\n") for a in page.select("main textarea[name]")
    }
    written(
        edit_theme, world.buses.id, consultation_id=world.consultation.id, seen=1,
        given={"label": "Buses", "definition": "Ben's definition"}, actor=world.actor,
    )  # fmt: skip
    typed |= {"definition": "Lea's definition", "include": "Trains too", "section_id": str(world.net.id)}
    answer = lead.post(f"{FRAME}/themes/PLA03/edit", data=typed)

    conflict = soup(answer)
    assert answer.status_code == 422
    said = words(conflict)
    for word in ("Ana changed this theme at", "Ben's definition", "Lea's definition", "Trains too"):
        assert word in said
    picks = {i["name"]: i["value"] for i in conflict.select("main input[checked]")}
    assert picks == {"pick-label": "theirs", "pick-definition": "theirs", "pick-include": "yours"}
    assert theme("PLA03").definition == "Ben's definition"

    sent = {i["name"]: i.get("value", "") for i in conflict.select("main input[type=hidden][name]")}
    answer = lead.post(f"{FRAME}/themes/PLA03/edit", data={**sent, **picks, "pick-definition": "yours"})
    assert answer.status_code == 303
    now = theme("PLA03")
    assert (now.label, now.definition, now.include) == ("Buses", "Lea's definition", "Trains too")


def test_a_merge_shows_its_numbers_first_and_its_undo_lists_what_was_coded_since(
    lead: AuditedClient, world: World, written: Write
) -> None:
    def code(number: int, which: Theme, stance: Stance = Stance.CONCERN) -> None:
        written(add_coding, world.comments[number].id, theme_id=which.id, stance=stance, actor=world.actor)

    code(0, world.buses)
    code(1, world.buses)
    code(1, world.homes, Stance.SUPPORT)
    page = lead.page(f"{FRAME}/themes/PLA03/merge?into=PLA07&step=preview")
    said = words(page)
    assert "2 codings of PLA03 will count for PLA07" in said
    assert "1 comment has both today" in said
    assert "2 respondents afterwards, not 3" in said

    answer = lead.submit(
        f"{FRAME}/themes/PLA03/merge", _from=f"{FRAME}/themes/PLA03/merge?into=PLA07&step=preview",
        definition="Homes and buses",
    )  # fmt: skip
    assert "Merged PLA03 into PLA07, with 2 codings" in words(lead.page(answer.location))
    assert theme("PLA07").definition == "Homes and buses"
    assert lead.get(f"{FRAME}/themes/PLA03").location.endswith("/frame/themes/PLA07")
    code(2, world.buses)
    code(5, world.homes)

    step = f"{FRAME}/history/{newest().id}"
    answer = lead.submit(f"{step}/undo", _from=step)
    said = words(lead.page(answer.location))
    assert "2 codings made after the merge stay in PLA07" in said
    assert theme("PLA03").merged_into_id is None
    assert theme("PLA07").definition == world.homes.definition
    on_buses = select(func.count(Coding.id)).where(Coding.theme_id == world.buses.id)
    assert session.scalar(on_buses) == 2


def test_a_merge_that_was_looked_at_too_long_ago_is_looked_at_again(
    lead: AuditedClient, world: World, written: Write
) -> None:
    address = f"{FRAME}/themes/PLA03/merge"
    page = lead.page(f"{address}?into=PLA07&step=preview")
    sent = {i["name"]: i.get("value", "") for i in page.select("main form input[name]")}
    written(
        edit_theme, world.homes.id, consultation_id=world.consultation.id, seen=1,
        given={"label": "Homes"}, actor=world.actor,
    )  # fmt: skip
    answer = lead.post(address, data={**sent, "definition": "Typed words"})

    assert answer.status_code == 422
    assert "PLA07 was changed while this page was open" in words(soup(answer))
    assert "Typed words" in answer.text
    assert theme("PLA03").merged_into_id is None


def test_a_merge_into_nothing_or_itself_asks_again(lead: AuditedClient) -> None:
    for query in ("?step=preview", "?step=preview&into=PLA03", "?step=preview&into=PLA", "?into=x"):
        answer = lead.get(f"{FRAME}/themes/PLA03/merge{query}")
        assert answer.status_code == 422
        assert "Choose the theme that stays" in answer.text
    assert "Affordable homes" not in words(lead.page(f"{FRAME}/themes/PLA03/merge?find=mayor&step=find"))


def test_history_says_why_a_change_cannot_be_undone(
    lead: AuditedClient, world: World, written: Write
) -> None:
    for label in ("Buses", "Buses and trains"):
        lead.submit(f"{FRAME}/themes/PLA03/edit", label=label, section_id=str(world.net.id))
    first = session.scalars(select(FrameOperation).order_by(FrameOperation.id)).first()
    assert first is not None
    rows = [words(row) for row in lead.page(f"{FRAME}/history").select("tbody tr")]

    assert "Undo" in rows[0]
    assert "Cannot be undone: PLA03 was renamed afterwards. Undo that first." in rows[1]
    step = f"{FRAME}/history/{first.id}"
    token = lead.page(f"{FRAME}/add").select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    assert lead.post(f"{step}/undo", data={"csrf_token": token}).status_code == 422
    assert theme("PLA03").label == "Buses and trains"


def test_history_says_that_a_theme_was_coded_with_before_its_undo_is_asked_for(
    lead: AuditedClient, world: World, written: Write
) -> None:
    lead.submit(f"{FRAME}/add", section_id=str(world.net.id), label="Station car parks")
    made = theme("PLA08").id
    assert lead.page(f"{FRAME}/history").select_one("form[action$='/undo']") is not None
    written(add_coding, world.comments[0].id, theme_id=made, stance=Stance.CONCERN, actor=world.actor)

    page = lead.page(f"{FRAME}/history")

    assert "Cannot be undone: comments are coded with PLA08. Merge or retire the theme." in words(page)
    assert page.select_one("form[action$='/undo']") is None


def test_a_theme_moves_and_a_theme_with_codings_goes_only_with_a_place_for_them(
    lead: AuditedClient, world: World, written: Write
) -> None:
    with transaction():
        net = a_net(again(world.consultation), code="GOV", label="Governance", position=5)
    written(
        add_coding, world.comments[0].id, theme_id=world.mayor.id, stance=Stance.CONCERN, actor=world.actor
    )
    assert lead.submit(f"{FRAME}/themes/GOV02/move").status_code == 422
    lead.submit(f"{FRAME}/themes/GOV02/move", section_id=str(net.id))
    assert theme("GOV02").parent_id == net.id

    refused = lead.submit(f"{FRAME}/themes/GOV02/retire")
    assert refused.status_code == 422
    assert "GOV02 has 1 coding. Choose where they go." in words(soup(refused))
    assert "GOV holds 1 theme" in words(soup(lead.submit(f"{FRAME}/themes/GOV/retire")))
    answer = lead.submit(f"{FRAME}/themes/GOV02/retire", goes_to=str(world.buses.id))
    assert "Took GOV02 out of use; 1 coding went to PLA03" in words(lead.page(answer.location))
    assert lead.submit(f"{FRAME}/themes/GOV/retire").status_code == 303


def test_the_tree_finds_themes_and_those_without_a_definition(lead: AuditedClient, world: World) -> None:
    with transaction():
        again(world.mayor).definition = ""
    assert "Affordable homes" not in words(lead.page(f"{FRAME}?find=bus"))
    only = words(lead.page(f"{FRAME}?undefined=1"))
    assert "GOV02" in only
    assert "PLA03" not in only
    assert "No theme is like that" in words(lead.page(f"{FRAME}?find=zebra"))


def test_a_frame_that_is_signed_off_cannot_be_changed(lead: AuditedClient, world: World) -> None:
    with transaction():
        session.add(SignOff(consultation_id=world.consultation.id, officer_id=world.lead.id))
    page = lead.page(FRAME)
    assert "signed off by Lea" in words(page)
    assert not page.select("a[href$='/edit']")
    answer = lead.submit(f"{FRAME}/themes/PLA03/edit", label="Other", section_id=str(world.net.id))
    assert answer.status_code == 422
    assert "The coding is signed off" in words(soup(answer))


def test_an_analyst_reads_the_frame_and_its_history_and_changes_nothing(analyst: AuditedClient) -> None:
    assert not analyst.page(FRAME).select("a[href$='/edit'], a[href$='/add']")
    assert analyst.get(f"{FRAME}/history").status_code == 200
    assert analyst.get(f"{FRAME}/themes/PLA03/edit").status_code == 403


def test_every_change_is_one_sentence_of_the_audit_log(lead: AuditedClient, world: World) -> None:
    lead.submit(f"{FRAME}/themes/PLA03/merge", _from=f"{FRAME}/themes/PLA03/merge?into=PLA07&step=preview")
    assert session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.subject_kind == "theme")) == 1
    assert "Lea merged PLA03 into PLA07, moving 0 codings" in words(lead.page(f"{HERE}/audit"))


def test_a_split_ticks_by_words_and_moves_what_is_ticked_when_it_is_finished(
    lead: AuditedClient, world: World, written: Write
) -> None:
    for number in (0, 1, 5):
        written(
            add_coding, world.comments[number].id, theme_id=world.buses.id, stance=Stance.CONCERN,
            actor=world.actor,
        )  # fmt: skip
    address = f"{FRAME}/themes/PLA03/split"
    assert lead.get(f"{address}?step=sort").status_code == 422
    asked = f"{address}?step=sort&label-0=Sunday+buses&words-0=sunday&label-1=Work"
    page = lead.page(asked)
    ticks = [str(field["name"]) for field in page.select("main input[type=checkbox][checked]")]
    assert len(ticks) == 2
    assert words(page).count("(suggested)") == 2
    refused = lead.submit(address, _from=asked)
    assert refused.status_code == 422
    assert "Tick at least one coding" in refused.text

    answer = lead.submit(address, _from=asked, **{ticks[0]: ["0", "1"], ticks[1]: "0"})
    assert "Split PLA03 into PLA08, PLA09, moving 2 codings" in words(lead.page(answer.location))
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.id))
    assert sorted(row.theme.code for row in rows) == ["PLA03", "PLA08", "PLA08", "PLA09"]
    lead.submit(f"{FRAME}/history/{newest().id}/undo", _from=answer.location)
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)))
    assert {row.theme.code for row in rows} == {"PLA03"}
    assert lead.get(f"{FRAME}/themes/PLA08").location.endswith("/frame/themes/PLA03")


def test_comments_coded_with_a_changed_theme_are_read_again_when_that_is_asked(
    lead: AuditedClient, written: Write, suggested: World, clock: SettableClock
) -> None:
    for comment in suggested.comments[:2]:
        written(
            add_coding, comment.id, theme_id=suggested.buses.id, stance=Stance.CONCERN, actor=suggested.actor
        )
    clock.move(minutes=1)
    edit, code = f"{FRAME}/themes/PLA03/edit", f"{HERE}/code"
    page = lead.page(edit)
    assert "Ask for the 2 comments coded here to be read again?" in words(page)
    fields = {"label": "Buses and rural access", "section_id": str(theme("PLA").id), "definition": "Newer"}
    answer = lead.submit(edit, read_again="yes", **fields)

    tree = words(lead.page(answer.location))
    assert "Changed" in tree
    assert "and asked for 2 comments to be read again" in tree
    assert "asked for again: 2 left" in words(lead.page(code))
    assert [row.get_text() for row in lead.page(FRAME).select("tbody td:nth-of-type(5)")][:1] == ["2"]

    clock.move(minutes=1)
    address = str(lead.submit(code, queue="reread").location)
    press(lead, address)
    assert "asked for again: 1 left" in words(lead.page(code))
    lead.submit(f"{FRAME}/history/{newest().id}/undo", _from=answer.location)
    assert "asked for again: 0 left" in words(lead.page(code))
    assert len(codings()) == 2


def test_the_frame_is_read_as_it_stood_before_a_change(lead: AuditedClient, world: World) -> None:
    with transaction():
        for seen, label in enumerate(
            ("Homes people can afford", "Homes that locals can buy"), world.homes.version
        ):
            edit_theme(
                world.homes.id, consultation_id=world.consultation.id, seen=seen, given={"label": label},
                actor=world.actor, now=world.consultation.opens_at,
            )  # fmt: skip
    link = lead.page(f"{FRAME}/history").select("main a[href*='/frame/versions/']")[-1]

    then = words(lead.page(str(link["href"])))

    assert "The frame at version 1" in then
    assert "Homes people can afford" in then
    assert "Homes that locals can buy" not in then
    assert "Version 2" in then
    assert lead.get(f"{FRAME}/versions/99").status_code == 404
