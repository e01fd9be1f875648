"""The engine, the session and the one transaction helper. Knows no Flask, so the worker can use it too."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache, partial
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    Insert,
    MetaData,
    Text,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    declared_attr,
    mapped_column,
    scoped_session,
    sessionmaker,
)
from sqlalchemy.types import TypeDecorator, Uuid
from uuid6 import uuid7

from app.sqlite import GIVE_WAY_SECONDS, sqlite_engine

POSTGRES_STATEMENT_TIMEOUT_MS = 60_000
POSTGRES_IDLE_TIMEOUT_MS = 120_000  # a process that froze inside a transaction must not keep its locks
IDLE_SECONDS = 1.0  # after which a connection is asked whether it still is one
BLOCK = 500  # values in one statement: both databases limit its parameters

Item = TypeVar("Item")
_writing: ContextVar[bool] = ContextVar("writing", default=False)
_factory: sessionmaker[Session] = sessionmaker()
session: scoped_session[Session] = scoped_session(_factory)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC on the way in and out; SQLite itself keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone was given to the database")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonDocument = JSON().with_variant(JSONB(), "postgresql")


def stored_by_value(kind: type[StrEnum]) -> Enum:
    return Enum(
        kind, native_enum=False, length=32, values_callable=lambda members: [m.value for m in members]
    )


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        str: Text(),
        datetime: UtcDateTime(),
        uuid.UUID: Uuid(),
        dict[str, Any]: JsonDocument,
        list[str]: JsonDocument,
        list[Any]: JsonDocument,
    }


def utc_now() -> datetime:
    return datetime.now(UTC)


class Row(Base):
    """What every table has: a time-ordered key, and when the row was made and last changed."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(default=utc_now, onupdate=utc_now)


class Versioned:
    """For rows that officers edit: the second of two writers gets StaleDataError, not the last word."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def connect(url: str) -> Engine:
    """Make the engine for `url` and bind the session to it."""
    sqlite = url.startswith("sqlite")
    engine = sqlite_engine(url, writing=_writing.get) if sqlite else _postgres_engine(url)
    bind(engine)
    return engine


def bind(engine: Engine) -> None:
    """The session works on this engine from now on."""
    _factory.configure(bind=engine)
    session.remove()


def _postgres_engine(url: str) -> Engine:
    options = (
        f"-c statement_timeout={POSTGRES_STATEMENT_TIMEOUT_MS} "
        f"-c idle_in_transaction_session_timeout={POSTGRES_IDLE_TIMEOUT_MS} -c timezone=UTC "
        "-c cursor_tuple_fraction=1 "  # what is read in blocks is read to its end
        "-c jit=off"  # compiling a statement takes seconds, running it tenths
    )
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1),
        hide_parameters=True,  # an error that is logged must not hold a respondent's words
        pool_size=5,
        max_overflow=10,
        connect_args={"connect_timeout": 5, "options": options},
    )
    event.listen(engine, "checkin", _note_when_idle)
    event.listen(engine, "checkout", partial(_ping_if_idle, engine))
    return engine


def _note_when_idle(_connection: object, record: Any) -> None:
    record.info["idle_since"] = monotonic()


def _ping_if_idle(engine: Engine, connection: Any, record: Any, _proxy: object) -> None:
    """Whether the server is still there: not of a connection that was in use a moment ago, as a question more
    in each request is felt when there are many."""
    if monotonic() - record.info.get("idle_since", monotonic()) < IDLE_SECONDS:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as error:
        raise InvalidatePoolError from error


def refresh_statistics() -> None:
    """SQLite plans a join by what ANALYZE last saw; PostgreSQL sees to it by itself."""
    if session.get_bind().dialect.name != "sqlite":
        return
    with transaction() as own:
        own.execute(text("PRAGMA analysis_limit = 1000"))
        own.execute(text("ANALYZE"))


def give_way() -> None:
    """Between two writing units of a job: on SQLite those who wait to send a response write first."""
    if session.get_bind().dialect.name == "sqlite":
        sleep(GIVE_WAY_SECONDS)


def after_commit(action: Callable[[], None]) -> None:
    """Run `action` once the writing unit under way has been committed; never if it is rolled back."""
    session.info.setdefault("after_commit", []).append(action)


def insert_rows(model: type[Row], rows: Sequence[dict[str, Any]]) -> None:
    """Rows that name the same columns. PostgreSQL gets each column as one value, because it is sent, read and
    answered once then: a value for each field of each row was a quarter of the work of a sending. What is the
    same in all rows is sent once."""
    if session.get_bind().dialect.name != "postgresql":
        session.execute(insert(model), rows)
        return
    whole = [{"id": uuid7(), **row} for row in rows]
    columns = {name: [row[name] for row in whole] for name in whole[0]}
    alike = frozenset(name for name, values in columns.items() if values.count(values[0]) == len(values))
    given = {f"each_{name}": values[0] if name in alike else values for name, values in columns.items()}
    session.execute(_insert_arrays(model, tuple(columns), alike), given)


@cache
def _insert_arrays(model: type[Row], names: tuple[str, ...], alike: frozenset[str]) -> Insert:
    kinds = [(name, model.__table__.c[name].type) for name in names]
    columns = (
        bindparam(f"each_{name}", type_=kind)
        if name in alike
        else func.unnest(cast(bindparam(f"each_{name}", type_=ARRAY(kind)), ARRAY(kind)))
        for name, kind in kinds
    )
    return insert(model.__table__).from_select(names, select(*columns))  # type: ignore[arg-type]  # a table


def insert_once(model: type[Base], **values: Any) -> bool:
    """One statement; False where a row with the same unique value is there already, also one of a transaction
    that ends meanwhile."""
    on_postgresql = session.get_bind().dialect.name == "postgresql"
    dialect = postgresql if on_postgresql else sqlite
    made = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(literal(1))
    with session.no_autoflush:
        return session.scalar(made) is not None


def blocks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """In their order, as many at a time as one statement takes."""
    return (items[at : at + BLOCK] for at in range(0, len(items), BLOCK))


@contextmanager
def transaction() -> Iterator[Session]:
    """One writing unit: committed at the end, rolled back on any error, which is raised again.

    Ends the reading transaction that came before it, so that what it reads is what is there now.
    """
    if _writing.get():
        raise RuntimeError("a writing unit cannot be opened inside another")
    session.rollback()
    session.info["after_commit"] = []
    token = _writing.set(True)
    try:
        yield session()
        session.commit()
    except BaseException:
        session.rollback()
        session.info["after_commit"] = []
        raise
    finally:
        _writing.reset(token)
    for action in session.info.pop("after_commit", []):
        action()


@contextmanager
def aside() -> Iterator[Session]:
    """A short transaction of its own, for what must not fail or delay the page it belongs to."""
    token = _writing.set(True)
    try:
        with _factory.begin() as own:
            yield own
    finally:
        _writing.reset(token)
