"""Responses whose authors asked for their private link by email, found by the address they gave."""

from sqlalchemy import func, select

from app.database import session
from app.enums import ContactUse, ResponseStatus
from app.models import Contact, Response

MOST = 5  # responses; the newest, should somebody have written more
LOOKED_AT = 50


def responses_to_link(address: str) -> list[Response]:
    """The database lowers both sides: SQLite knows the case of a to z only, Python that of every letter."""
    found = session.execute(
        select(Response, Contact.uses)
        .join(Contact, Contact.response_id == Response.id)
        .where(
            func.lower(Contact.email) == func.lower(address),
            Response.status.in_((ResponseStatus.DRAFT, ResponseStatus.SENT)),
            Response.start_token.is_not(None),
        )
        .order_by(Response.id.desc())
        .limit(LOOKED_AT)
    )
    return [response for response, uses in found if ContactUse.LINK in uses][:MOST]
