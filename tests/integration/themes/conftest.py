"""A frame of three themes and a few comments, as rows: what codings need and nothing else."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine

from app.accounts import actor as actors
from app.database import Row, session, transaction
from app.enums import QuestionKind, QuestionPurpose, Role
from app.factory import ENDINGS, HANDLERS
from app.jobs.lease import Terms
from app.jobs.runner import Runner
from app.models import (
    Comment,
    Consultation,
    Officer,
    Question,
    QuestionVersion,
    RoleGrant,
    Theme,
)
from tests.factories.coding import a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

RowType = TypeVar("RowType", bound=Row)
TERMS = Terms(lease_seconds=60, heartbeat_seconds=10, attempts=3)
TEXTS = (
    "The last bus leaves at six and there is none on Sunday. I cannot get to work.",
    "No bus, no job. Affordable homes for local people would help too.",
    "Young people leave because they cannot afford a home here.",
    "n/a",
    "A mayor would be one more layer that nobody asked for.",
    "Please give us a bus on Sundays, and homes near the stations.",
)


@dataclass
class World:
    consultation: Consultation
    question: Question
    officer: Officer
    other: Officer
    lead: Officer
    net: Theme
    buses: Theme
    homes: Theme
    mayor: Theme
    comments: list[Comment]

    @property
    def actor(self) -> actors.Actor:
        return actors.officer(self.officer.id)


def an_officer(name: str, consultation: Consultation, *roles: Role) -> Officer:
    officer = Officer(email=f"{name}@example.org", name=name.title(), fs_uniquifier=uuid.uuid4().hex)
    session.add(officer)
    session.flush()
    session.add_all(RoleGrant(officer_id=officer.id, consultation_id=consultation.id, role=r) for r in roles)
    return officer


def a_question(consultation: Consultation, **given: Any) -> Question:
    question = Question(
        consultation_id=consultation.id,
        **{
            "key": "place", "number": "6", "purpose": QuestionPurpose.BID, "kind": QuestionKind.TEXT,
            "part": "place", "part_title": "Our place", "position": 1, "themed": True, **given,
        },
    )  # fmt: skip
    session.add(question)
    session.flush()
    wording = QuestionVersion(question_id=question.id, text="What do you want to say about our place?")
    session.add(wording)
    session.flush()
    question.wording = wording
    session.flush()
    return question


def a_comment_of(consultation: Consultation, question: Question, text: str, number: int) -> Comment:
    at = consultation.opens_at + timedelta(minutes=number)
    response = a_response(
        consultation,
        reference=f"HS-{number:04}-00",
        sent_at=at,
        area="Teignbridge",
        import_key=f"A{number:03}",
    )
    return a_comment(response, text, question_id=question.id)


def a_world() -> World:
    with transaction():
        consultation = a_consultation(slug="bid", title="Our bid")
        question = a_question(consultation)
        net = a_net(consultation)
        world = World(
            consultation=consultation,
            question=question,
            officer=an_officer("ana", consultation, Role.ANALYST),
            other=an_officer("ben", consultation, Role.ANALYST),
            lead=an_officer("lea", consultation, Role.LEAD_ANALYST),
            net=net,
            buses=a_theme(consultation, parent_id=net.id),
            homes=a_theme(
                consultation, parent_id=net.id, code="PLA07", label="Affordable homes", position=1,
                definition="Homes that local people can afford", cue_words=["homes", "afford"],
            ),
            mayor=a_theme(
                consultation, parent_id=net.id, code="GOV02", label="Against an elected mayor", position=2,
                definition="Does not want a mayor", cue_words=["mayor"],
            ),
            comments=[a_comment_of(consultation, question, text, n) for n, text in enumerate(TEXTS, start=1)],
        )  # fmt: skip
    for row in _rows(world):
        session.refresh(row)
        session.expunge(row)
    session.rollback()
    return world


def _rows(world: World) -> list[Row]:
    """Each is taken out of the session with all it holds, so that a request does not take it away."""
    people = [world.officer, world.other, world.lead]
    return [
        world.consultation, world.question, world.net, world.buses, world.homes, world.mayor,
        *people, *world.comments,
    ]  # fmt: skip


def again(row: RowType) -> RowType:
    """The row as it is now, in the session of now."""
    return session.get_one(type(row), row.id)


@pytest.fixture
def runner(clock: SettableClock) -> Runner:
    """The worker's, which a test has to ask to run."""
    return Runner(HANDLERS, endings=ENDINGS, terms=TERMS, clock=clock)


@pytest.fixture
def world(engine: Engine) -> World:
    return a_world()


@pytest.fixture
def written(clock: SettableClock) -> Callable[..., Any]:
    """Call a service in a writing unit of its own, as a route does."""

    def call(service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with transaction():
            return service(*args, now=clock.now(), **kwargs)

    return call


@pytest.fixture
def suggested(world: World) -> World:
    """Buses suggested for the first three comments, homes for the first."""
    with transaction():
        run = a_run(again(world.consultation))
        for comment, probability in zip(world.comments, (0.9, 0.72, 0.2), strict=False):
            a_suggestion(run, comment, world.buses, probability=probability, end=8)
        a_suggestion(run, world.comments[0], world.homes, probability=0.5, rank=2, end=8)
    return world


@pytest.fixture
def analyst(client: AuditedClient, suggested: World, clock: SettableClock) -> AuditedClient:
    sign_in(client, again(suggested.officer), at=clock.now())
    return client


@pytest.fixture
def lead(client: AuditedClient, suggested: World, clock: SettableClock) -> AuditedClient:
    sign_in(client, again(suggested.lead), at=clock.now())
    return client
