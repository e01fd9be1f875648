import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actor import SYSTEM
from app.database import session, transaction
from app.enums import FrameOperationKind, Stance
from app.models import AuditEvent, Coding, Disposition, Flag, FrameOperation, FrameOperationItem, Theme
from app.themes.queries.frame import frame_of
from app.themes.refusals import CodingsRefused, FrameRefused
from app.themes.services.load_codings import GivenCode, GivenCodes, load_codings
from app.themes.services.load_frame import load_frame, load_handling_codes
from tests.factories.consultation import a_consultation
from tests.integration.themes.conftest import World
from tests.support.clock import SettableClock

SAMPLE = Path(__file__).parents[3] / "sample"
Write = Callable[..., Any]


def rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.usefixtures("engine")
def test_the_sample_frame_becomes_nine_nets_and_67_themes(clock: SettableClock) -> None:
    with transaction():
        consultation = a_consultation()
        loaded = load_frame(
            rows("coding-frame.csv"), consultation=consultation, actor=SYSTEM, now=clock.now()
        )
        load_handling_codes(rows("handling-codes.csv"), consultation=consultation)
    nets = frame_of(consultation.id)

    assert (loaded.nets, loaded.themes) == (9, 67)
    assert [(net.theme.code, net.theme.label) for net in nets if net.theme][:2] == [
        ("GEN", "General"),
        ("VIS", "Vision"),
    ]
    assert nets[0].themes[0].cue_words == ["local people", "Whitehall", "London-centric", "know the area"]
    assert len(consultation.settings["handling_codes"]) == 12
    operation = session.scalars(select(FrameOperation)).one()
    assert operation.kind is FrameOperationKind.IMPORT
    assert session.scalar(select(func.count(FrameOperationItem.id))) == 76
    assert session.scalar(select(func.count(AuditEvent.id))) == 1


@pytest.mark.usefixtures("engine")
def test_a_frame_with_faults_names_their_lines_and_loads_nothing(clock: SettableClock) -> None:
    faulty = [
        {"code": "A1", "group": "G", "label": "One", "definition": "Of one"},
        {"code": "A1", "group": "G", "label": "", "definition": "Of two"},
    ]
    with pytest.raises(FrameRefused) as refused, transaction():
        load_frame(faulty, consultation=a_consultation(), actor=SYSTEM, now=clock.now())

    assert refused.value.problems == ["line 3: no label", 'line 3: the code "A1" is there already']
    assert session.scalar(select(func.count(Theme.id))) == 0


def test_given_codes_become_codings_outcomes_and_flags_once(world: World, written: Write) -> None:
    given = [
        GivenCodes("A001", "place", [GivenCode("PLA03", "concern", "none on Sunday")]),
        GivenCodes(
            "A002", "place", [GivenCode("PLA03", "concern"), GivenCode("PLA07", "suggestion", "homes")]
        ),
        GivenCodes("A004", "place", handling=["ZZ01"]),
        GivenCodes("A005", "place", handling=["ZZ08"]),
    ]
    first = written(load_codings, given, consultation=world.consultation, actor=world.actor)
    again = written(load_codings, given, consultation=world.consultation, actor=world.actor)

    assert (first.codings, first.decided_otherwise, first.flags) == (3, 1, 2)
    assert (again.codings, again.decided_otherwise, again.flags) == (0, 0, 0)
    assert session.scalar(select(func.count(Coding.id))) == 3
    assert sorted(session.scalars(select(Disposition.value))) == ["coded", "coded", "no_point"]
    assert sorted(session.scalars(select(Flag.code))) == ["ZZ01", "ZZ08"]
    assert (
        session.scalars(select(Coding.stance).where(Coding.theme_id == world.homes.id)).one()
        is Stance.SUGGESTION
    )
    assert session.scalar(select(func.count(AuditEvent.id))) == 2


def test_given_codes_that_fit_nothing_name_their_lines_and_load_nothing(world: World, written: Write) -> None:
    given = [
        GivenCodes("A001", "place", [GivenCode("PLA99", "concern")], line=4),
        GivenCodes("A001", "place", [GivenCode("PLA03", "angry")], line=5),
        GivenCodes("A001", "place", [GivenCode("PLA03", "concern", "a tram")], line=6),
        GivenCodes("A999", "place", line=7),
    ]
    with pytest.raises(CodingsRefused) as refused:
        written(load_codings, given, consultation=world.consultation, actor=world.actor)

    assert [problem.split(":")[0] for problem in refused.value.problems] == [
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]
    assert session.scalar(select(func.count(Coding.id))) == 0
