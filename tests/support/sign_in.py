"""Being an officer in a test, without the quarter of a second that a password takes."""

from datetime import datetime

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from app.database import session, transaction
from app.models import Officer, OfficerSession


def sign_in(client: FlaskClient, officer: Officer, *, at: datetime) -> OfficerSession:
    """The client's next requests are this officer's."""
    session.commit()
    with transaction():
        begun = OfficerSession(officer_id=officer.id, created_at=at, last_seen_at=at, device="a test")
        session.add(begun)
        session.flush()
        key, identity = begun.id, session.get_one(Officer, officer.id).fs_uniquifier
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"], cookie["officer_session"] = identity, True, key.hex
    return session.scalars(select(OfficerSession).where(OfficerSession.id == key)).one()


def csrf_token_of(client: FlaskClient, address: str) -> str:
    """The token on a page that this client may open."""
    field = BeautifulSoup(client.get(address).text, "html.parser").select_one("input[name=csrf_token]")
    assert field is not None, f"no form on {address}"
    return str(field["value"])
