import uuid

from sqlalchemy import delete

from app.database import session
from app.models import EqualityAnswer
from app.responses.services.lock import hold


def delete_equality(response_id: uuid.UUID) -> None:
    """These alone; the response stays as it is. No row of the audit log says so: decision 0130."""
    hold(response_id)
    session.execute(delete(EqualityAnswer).where(EqualityAnswer.response_id == response_id))
