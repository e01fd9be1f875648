from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.database import Row


class UsedChallenge(Row):
    """A background check that was handed in: a second time it counts for nothing. Names no response."""

    __tablename__ = "used_challenge"

    digest: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
