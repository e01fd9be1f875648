from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.database import session


def database_answers() -> bool:
    try:
        session.execute(text("SELECT 1"))
    except DBAPIError:
        session.rollback()
        return False
    return True
