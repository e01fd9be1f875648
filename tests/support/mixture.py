"""A consultation with everything that counting has to tell apart, drawn at random from a seed."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from app.database import session
from app.enums import (
    CampaignCopy,
    Channel,
    CodingSource,
    DispositionValue,
    ExclusionReason,
    Publication,
    QuestionKind,
    RespondentKind,
    ResponseStatus,
    Stance,
)
from app.models import (
    Campaign,
    CampaignMember,
    Comment,
    Consultation,
    Disposition,
    Exclusion,
    Officer,
    Petition,
    Question,
    Response,
    Section,
    Theme,
)
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.question import AGREEMENT, a_closed_question, a_question, a_section, an_answer
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme

AREAS = ("Exeter", "Teignbridge", "Torridge", None)
TYPES = ("council", "business", "charity")
FIRST_DAY = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)  # half past eleven at night in the UK
OUTCOMES = (
    DispositionValue.NO_POINT,
    DispositionValue.UNCLEAR,
    DispositionValue.OUT_OF_SCOPE,
    DispositionValue.EXCLUDED,
)


@dataclass
class Mixture:
    consultation: Consultation
    officer: Officer
    section: Section
    closed: list[Question]
    texts: list[Question]
    themes: list[Theme]  # with a net, a theme merged into another and a retired one
    responses: list[Response] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)


def a_mixture(seed: int, *, size: int = 40, slug: str = "a-bid") -> Mixture:
    chance = random.Random(seed)
    here = _consultation(slug)
    campaign = Campaign(consultation_id=here.consultation.id, name="A1", template="The same words")
    session.add(campaign)
    for _ in range(size):
        here.responses.append(_response(here, chance))
    for response in here.responses:
        _exclude(here, response, chance)
        if chance.random() < 0.05:
            session.add(Petition(response_id=response.id, title="Keep the bus", signatories=1500))
        _answers(here, response, chance)
        for _ in range(chance.randrange(4)):
            _comment(here, response, campaign, chance)
    session.flush()
    return here


def _consultation(slug: str) -> Mixture:
    consultation = a_consultation(slug=slug)
    section = a_section(consultation)
    closed = [
        a_closed_question(consultation, "place", section_id=section.id, position=1),
        a_closed_question(
            consultation, "overall", position=4, seen_by=["individual"], part_title="Overall"
        ),
        a_closed_question(
            consultation, "choices", position=5, kind=QuestionKind.SEVERAL_CHOICES, max_choices=2,
            options=[("rural", "Rural", None), ("marine", "Marine", None), ("none", "None", None)],
        ),
    ]  # fmt: skip
    texts = [
        a_question(consultation, "place_text", section_id=section.id, position=2),
        a_question(consultation, "impact", position=3, part_title="Effects on different people"),
    ]
    net = a_net(consultation, position=1)
    buses = a_theme(consultation, parent_id=net.id, position=2)
    themes = [
        net,
        buses,
        a_theme(consultation, code="PLA05", label="Broadband", parent_id=net.id, position=3),
        a_theme(
            consultation, code="PLA09", label="No bus", parent_id=net.id, position=4, merged_into_id=buses.id
        ),
        a_theme(consultation, code="GOV03", label="Against an elected mayor", position=5),
    ]
    return Mixture(consultation, an_officer(), section, closed, texts, themes)


def _response(here: Mixture, chance: random.Random) -> Response:
    status = chance.choices(list(ResponseStatus), weights=(2, 12, 2, 1))[0]
    kind = chance.choices(list(RespondentKind), weights=(3, 1))[0]
    organisation = kind is RespondentKind.ORGANISATION
    return a_response(
        here.consultation,
        status=status,
        kind=kind,
        channel=chance.choice(list(Channel)),
        area=chance.choice(AREAS),
        organisation_name="An organisation" if organisation else None,
        organisation_type=chance.choice(TYPES) if organisation else None,
        publication=chance.choice(list(Publication)),
        is_test=chance.random() < 0.1,
        is_letter=chance.random() < 0.1,
        late=chance.random() < 0.1,
        sent_at=None
        if status is ResponseStatus.DRAFT
        else FIRST_DAY + timedelta(hours=chance.randrange(300)),
    )


def _exclude(here: Mixture, response: Response, chance: random.Random) -> None:
    if response.status is ResponseStatus.DRAFT or chance.random() < 0.75:
        return
    reason = chance.choice(list(ExclusionReason))
    stays = chance.choice(here.responses)
    session.add(
        Exclusion(
            response_id=response.id,
            reason=reason,
            stays_id=stays.id if reason is ExclusionReason.COMBINED and stays is not response else None,
            reversed_at=FIRST_DAY if chance.random() < 0.2 else None,
        )
    )


def _answers(here: Mixture, response: Response, chance: random.Random) -> None:
    for question in here.closed:
        if chance.random() < 0.2:
            continue
        if question.kind is QuestionKind.SEVERAL_CHOICES:
            an_answer(response, question, *chance.sample(["rural", "marine", "none"], chance.randrange(3)))
        else:
            an_answer(response, question, chance.choice([key for key, _, _ in AGREEMENT]))


def _comment(here: Mixture, response: Response, campaign: Campaign, chance: random.Random) -> None:
    if response.status is ResponseStatus.DRAFT:
        return
    question = chance.choice([*here.texts, None])
    comment = a_comment(
        response,
        f"Words of comment {chance.randrange(10**6)} about the last bus.",
        question_id=question.id if question else None,
        is_current=chance.random() > 0.1,
    )
    here.comments.append(comment)
    if chance.random() < 0.25:
        session.add(
            CampaignMember(
                campaign_id=campaign.id,
                comment_id=comment.id,
                copy=CampaignCopy.EXACT,
                removed=chance.random() < 0.2,
            )
        )
    _decide(here, comment, chance)


def _decide(here: Mixture, comment: Comment, chance: random.Random) -> None:
    fate = chance.random()
    if fate < 0.3:
        return
    if fate < 0.5:
        value = chance.choice(OUTCOMES)
    else:
        value = DispositionValue.CODED
        _code(here, comment, chance)
    session.add(Disposition(comment_id=comment.id, value=value, officer_id=here.officer.id))
    session.flush()


def _code(here: Mixture, comment: Comment, chance: random.Random) -> None:
    themes = [theme for theme in here.themes if not theme.is_net]
    pairs = {
        (chance.randrange(len(themes)), chance.choice(list(Stance))) for _ in range(chance.randrange(1, 4))
    }
    for at, stance in sorted(pairs):
        a_coding(
            comment,
            themes[at],
            here.officer,
            stance=stance,
            source=chance.choice([CodingSource.SINGLE, CodingSource.BULK]),
            removed_at=FIRST_DAY if chance.random() < 0.1 else None,
            layer="main" if chance.random() > 0.1 else "check-1",
        )
