import pytest
from flask import Flask

from app.database import session
from app.models import Officer
from app.web.passwords import hashed
from tests.factories.officer import an_officer

PASSWORD = "violet-harbour-lantern"


@pytest.fixture
def officer(app: Flask) -> Officer:
    with app.app_context():
        password = hashed(PASSWORD)
    officer = an_officer(email="r.ashdown@example.org", password=password)
    session.commit()
    return officer
