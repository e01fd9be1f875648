"""Where each response stands: the one expression behind received = included + excluded + withdrawn."""

import uuid
from enum import StrEnum

from sqlalchemy import Case, ColumnElement, Select, SQLColumnExpression, and_, case, or_, select, true
from sqlalchemy.orm import aliased

from app.enums import ExclusionReason, ResponseStatus
from app.models import Comment, Exclusion, Petition, Response
from app.models.campaign import CampaignMember


class Standing(StrEnum):
    RECEIVED = "received"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    TEST = "test"


RECEIVED = (Standing.INCLUDED, Standing.EXCLUDED, Standing.WITHDRAWN)

# The response whose sender speaks in a comment. It is another than the comment's own only where two replies
# of one person were combined.
Respondent = aliased(Response, name="respondent")
Sender = aliased(Response, name="sender")
_of_sender = aliased(Exclusion, name="exclusion_of_sender")
_of_respondent = aliased(Exclusion, name="exclusion_of_respondent")


def _stands(response: type[Response], exclusion: type[Exclusion]) -> Case[str]:
    return case(
        (and_(response.status == ResponseStatus.DRAFT, response.is_test.is_(False)), Standing.DRAFT.value),
        (response.is_test.is_(True), Standing.TEST.value),
        (response.status.in_((ResponseStatus.WITHDRAWN, ResponseStatus.ERASED)), Standing.WITHDRAWN.value),
        (exclusion.id.is_not(None), Standing.EXCLUDED.value),
        else_=Standing.INCLUDED.value,
    )


stands = _stands(Response, Exclusion)


def standing_exclusion(
    response: type[Response] = Response, exclusion: type[Exclusion] = Exclusion
) -> ColumnElement[bool]:
    """To join Exclusion on: at most one row a response, as its index says."""
    return and_(exclusion.response_id == response.id, exclusion.reversed_at.is_(None))


def responses_that_stand(consultation_id: uuid.UUID, standing: Standing | None) -> Select[uuid.UUID]:
    """Response ids. Response and Exclusion are there to filter further."""
    query = (
        select(Response.id)
        .outerjoin(Exclusion, standing_exclusion())
        .where(Response.consultation_id == consultation_id)
    )
    if standing is None:
        return query
    if standing is Standing.RECEIVED:
        return query.where(stands.in_([one.value for one in RECEIVED]))
    return query.where(stands == standing.value)


def comments_that_count(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the current comments of the included. Comment, Sender and Respondent are there to filter by.

    A reply that was combined is excluded, but its comments count as those of the one it points to. Every
    join is by a key, so that the size of other consultations does not matter.
    """
    query = select(Comment.id).join(Sender, Sender.id == Comment.response_id)
    return _whose_sender_counts(query).where(Comment.consultation_id == consultation_id, Comment.is_current)


def senders_that_count(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the responses whose comments count; Sender and Respondent are there as for the comments."""
    return _whose_sender_counts(select(Sender.id)).where(Sender.consultation_id == consultation_id)


def _whose_sender_counts(query: Select[uuid.UUID]) -> Select[uuid.UUID]:
    combined = _of_sender.reason == ExclusionReason.COMBINED
    respondent = case((combined, _of_sender.stays_id), else_=Sender.id)
    return (
        query.outerjoin(_of_sender, standing_exclusion(Sender, _of_sender))
        .join(Respondent, Respondent.id == respondent)
        .outerjoin(_of_respondent, standing_exclusion(Respondent, _of_respondent))
        .where(
            Sender.status == ResponseStatus.SENT,
            Sender.is_test.is_(False),
            or_(_of_sender.id.is_(None), combined),
            _stands(Respondent, _of_respondent) == Standing.INCLUDED.value,
        )
    )


def comments_not_plain(consultation_id: uuid.UUID) -> Select[uuid.UUID]:
    """Ids of the current comments of the few responses that are tests, not sent, or excluded for any reason.

    Every other current comment counts, and no join is needed to know it.
    """
    of = (
        select(Response.id)
        .outerjoin(Exclusion, standing_exclusion())
        .where(
            Response.consultation_id == consultation_id,
            or_(
                Response.status != ResponseStatus.SENT,
                Response.is_test.is_(True),
                Exclusion.id.is_not(None),
            ),
        )
    )
    return select(Comment.id).where(Comment.is_current, Comment.response_id.in_(of))


def is_petition(response_id: SQLColumnExpression[uuid.UUID]) -> ColumnElement[bool]:
    return select(true()).where(Petition.response_id == response_id).exists()


def in_a_campaign() -> ColumnElement[bool]:
    members = select(true()).where(CampaignMember.comment_id == Comment.id, CampaignMember.removed.is_(False))
    return members.exists()


def is_member_of(campaign_id: uuid.UUID) -> ColumnElement[bool]:
    members = select(CampaignMember.comment_id).where(
        CampaignMember.campaign_id == campaign_id, CampaignMember.removed.is_(False)
    )
    return Comment.id.in_(members)
