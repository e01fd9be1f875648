"""A campaign as its pages are tested: the letter, one with own words, and what is coded."""

from sqlalchemy import select

from app.database import session
from app.models import Coding
from tests.support.audited_client import AuditedClient

TEMPLATE = "Save the 14 bus. It is the only way to the hospital."
OWN = f"{TEMPLATE} My mother went on it every week."
LEDGER = "/officer/c/a-bid/campaigns"


def codings() -> list[tuple[str, str]]:
    """Reference and the quoted words of each coding that stands."""
    session.expire_all()
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.comment_id))
    return [
        (one.comment.response.reference, one.comment.text[one.quotes[0].start : one.quotes[0].end])
        for one in rows
    ]


def code(client: AuditedClient, address: str, **more: str) -> int:
    said = client.submit(f"{address}/themes", address, theme="PLA03", stance="concern", **more)
    return said.status_code
