"""Prepared drafts, made through the product's own services."""

import json
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import cast

from app import database
from app.accounts.actor import RESPONDENT
from app.consultations.queries.find import consultation_by_slug
from app.consultations.queries.parts import Part, reply_parts
from app.enums import QuestionKind, RespondentKind
from app.models import Consultation, Response
from app.responses.links import link_from_start, new_start_token
from app.responses.new_answers import NewAnswer
from app.responses.services.save_part import save_part
from app.responses.services.start import start_draft
from crowd import ROOT
from tests.support.site import Site

AT_ONCE = 250  # drafts a transaction


def texts(seed: int = 1) -> Iterator[str]:
    """Without end: two comments of the sample, so that hardly any two people write the same."""
    lines = (ROOT / "sample" / "responses.jsonl").read_text(encoding="utf-8").splitlines()
    said = [comment["text"] for line in lines for comment in json.loads(line)["comments"]]
    chance = Random(seed)
    while True:
        yield "\n\n".join(chance.sample(said, 2))


def load_sample(site: Site) -> str:
    """The slug. Its first theming run waits for a worker."""
    said = site.flask("sample", "load")
    if (found := re.search(r"/c/(\S+)", said)) is None:
        raise RuntimeError(said)
    return found.group(1)


def prepare(slug: str, count: int, *, key: str) -> list[str]:
    """The private links' tokens of so many drafts of individuals, with one text each."""
    words, tokens = texts(), list[str]()
    for begin in range(0, count, AT_ONCE):
        with database.transaction():
            consultation = cast(Consultation, consultation_by_slug(slug))
            part = _themed(reply_parts(consultation, RespondentKind.INDIVIDUAL))
            for text in islice(words, min(AT_ONCE, count - begin)):
                tokens.append(_draft(consultation, part, text, key=key))
        database.session.remove()
        print(f"{len(tokens)} drafts of {count}", end="\r", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return tokens


def _themed(parts: list[Part]) -> Part:
    return next(part for part in parts if any(q.themed for q in part.questions))


def _draft(consultation: Consultation, part: Part, text: str, *, key: str) -> str:
    now, start = datetime.now(UTC), new_start_token()
    response = cast(Response, start_draft(
        consultation, kind=RespondentKind.INDIVIDUAL, is_letter=False,
        start_token=start, key=key, actor=RESPONDENT, now=now,
    ))  # fmt: skip
    question = next(q for q in part.questions if q.kind is QuestionKind.TEXT and q.themed)
    save_part(
        consultation, response.id, part=part, finished=True, now=now,
        answers={question.key: NewAnswer(text=text)},
    )  # fmt: skip
    return link_from_start(start, key=key).token
