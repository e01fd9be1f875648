"""Sending under load: SECONDS of RATE send requests a second on prepared drafts, one in ten pressed twice.

python benchmarks/send.py [--rate 20] [--seconds 60]      under pg_virtualenv, or with TEST_DATABASE_URL

Prints JSON, one object a database. The product runs as in `make run`, gunicorn with two processes of four
threads; the client shares its cores. Latency runs from the moment a request was due, so waiting for a
client thread or a lock counts. "acknowledged" is the confirmation's address, "stored" what the database then
holds, "doubled" versions sent more than once or responses beyond the drafts.
"""

import argparse
import http.client
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import local
from typing import cast
from urllib.parse import urlencode

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlalchemy import func, select  # noqa: E402

import config  # noqa: E402
from app import database  # noqa: E402
from app.accounts.actor import RESPONDENT  # noqa: E402
from app.consultations.queries.find import consultation_by_slug  # noqa: E402
from app.consultations.queries.parts import reply_parts  # noqa: E402
from app.enums import QuestionKind, RespondentKind, ResponseStatus  # noqa: E402
from app.models import Consultation, Response, SendToken  # noqa: E402
from app.responses.links import link_from_start, new_start_token  # noqa: E402
from app.responses.services.save_part import NewAnswer, save_part  # noqa: E402
from app.responses.services.start import start_draft  # noqa: E402
from tests.support.databases import fresh_postgresql, fresh_sqlite  # noqa: E402
from tests.support.site import Site, running  # noqa: E402

CLIENT_THREADS = 32
PRESSED_TWICE = 10  # one in so many
WORDS = "The last bus home leaves at ten past five, so nobody here can take a job in town. " * 3


@dataclass(frozen=True)
class Answered:
    acknowledged: bool
    milliseconds: float
    status: int


def prepare(site: Site, count: int) -> tuple[str, list[str]]:
    """The slug, and the private tokens of so many drafts with one text each."""
    settings = config.load(site.environment)
    engine = database.connect(settings.database_url)
    slug = re.search(r"/c/(\S+)", site.flask("sample", "load")).group(1)  # type: ignore[union-attr]
    tokens: list[str] = []
    for _ in range(0, count, 100):
        with database.transaction():
            tokens += [_draft(slug, settings.link_key) for _ in range(min(100, count - len(tokens)))]
    database.session.remove()
    engine.dispose()
    return slug, tokens


def _draft(slug: str, key: str) -> str:
    consultation = cast(Consultation, consultation_by_slug(slug))
    now, start = datetime.now(UTC), new_start_token()
    response = cast(Response, start_draft(
        consultation, kind=RespondentKind.INDIVIDUAL, is_letter=False,
        start_token=start, key=key, actor=RESPONDENT, now=now,
    ))  # fmt: skip
    parts = reply_parts(consultation, RespondentKind.INDIVIDUAL)
    part = next(p for p in parts if any(q.kind is QuestionKind.TEXT and q.themed for q in p.questions))
    question = next(q for q in part.questions if q.kind is QuestionKind.TEXT)
    save_part(
        consultation, response.id, part=part, finished=True, now=now,
        answers={question.key: NewAnswer(text=WORDS)},
    )  # fmt: skip
    return link_from_start(start, key=key).token


class Client:
    """Keeps one connection a thread, as browsers do."""

    def __init__(self, site: Site, slug: str, token: str) -> None:
        self._site, self._path, self._local = site, f"/c/{slug}/reply/check", local()
        page, headers = self._get(token)
        self._session = re.search(r"session=([^;]+)", headers).group(1)  # type: ignore[union-attr]
        self._csrf = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page).group(1)  # type: ignore[union-attr]

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self._site.port, timeout=60)
        return self._local.connection  # type: ignore[no-any-return]

    def _get(self, token: str) -> tuple[str, str]:
        connection = self._connection()
        connection.request("GET", self._path, headers={"Cookie": f"soundings_reply={token}"})
        answer = connection.getresponse()
        return answer.read().decode(), str(answer.headers)

    def send(self, token: str, due: float) -> Answered:
        time.sleep(max(0.0, due - time.monotonic()))
        body = urlencode({"csrf_token": self._csrf})
        headers = {
            "Cookie": f"soundings_reply={token}; session={self._session}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection = self._connection()
            connection.request("POST", self._path, body=body, headers=headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            del self._local.connection
            return Answered(False, 1000 * (time.monotonic() - due), 0)
        done = answer.status == 303 and str(answer.headers["Location"]).endswith("/reply/sent")
        return Answered(done, 1000 * (time.monotonic() - due), answer.status)


def load(client: Client, tokens: list[str], rate: float) -> list[tuple[str, Answered]]:
    begin = time.monotonic() + 0.5
    presses = [
        (token, begin + at / rate)
        for at, token in enumerate(tokens)
        for _ in range(2 if at % PRESSED_TWICE == 0 else 1)
    ]
    with ThreadPoolExecutor(CLIENT_THREADS) as pool:
        answers = pool.map(lambda press: client.send(*press), presses)
        return list(zip((token for token, _ in presses), answers, strict=True))


def stored(site: Site, before: int) -> tuple[int, int]:
    """Responses sent since, and how many sendings go beyond one a response."""
    engine = database.connect(site.database_url)
    sent = database.session.scalar(
        select(func.count(Response.id)).where(Response.status == ResponseStatus.SENT)
    )
    sendings = database.session.execute(
        select(func.count(SendToken.id), func.count(SendToken.response_id.distinct()))
    ).one()
    database.session.remove()
    engine.dispose()
    return int(sent or 0) - before, sendings[0] - sendings[1]


def measure(name: str, site: Site, *, rate: float, seconds: int) -> dict[str, object]:
    slug, tokens = prepare(site, int(rate * seconds) + 1)
    warm_up, *tokens = tokens
    before, _ = stored(site, 0)
    site.start_web(processes=2)
    client = Client(site, slug, warm_up)
    answers = load(client, tokens, rate)
    site.stop()
    times = np.array([answer.milliseconds for _, answer in answers])
    acknowledged = {token for token, answer in answers if answer.acknowledged}
    kept, doubled = stored(site, before)
    return {
        "database": name,
        "requests": len(answers),
        "rate_a_second": rate,
        "acknowledged": len(acknowledged),
        "stored": kept,
        "doubled": doubled,
        "failed_requests": sum(not answer.acknowledged for _, answer in answers),
        "p50_ms": round(float(np.percentile(times, 50)), 1),
        "p95_ms": round(float(np.percentile(times, 95)), 1),
        "max_ms": round(float(times.max()), 1),
    }


def databases(folder: Path) -> Iterator[tuple[str, str]]:
    with fresh_sqlite(folder) as url:
        yield "sqlite", url
    with fresh_postgresql("soundings_bench") as url:
        yield "postgresql", url


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--seconds", type=int, default=60)
    options = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name, url in databases(Path(folder)):
            instance = Path(folder, name)
            instance.mkdir()
            with running(url, instance) as site:
                print(json.dumps(measure(name, site, rate=options.rate, seconds=options.seconds)), flush=True)


if __name__ == "__main__":
    main()
