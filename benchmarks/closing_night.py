"""The night a consultation closes: the presses of "Send", then whole journeys, while themes are being made.

python benchmarks/closing_night.py [--seconds 300] [--rate 50] [--drafts N] [--journeys 2000] [--minutes 10]
    [--databases postgresql,sqlite]      under `pg_virtualenv -t -o fsync=on`, or with TEST_DATABASE_URL

Prints JSON, one object a database. First RATE send requests a second for SECONDS, each on a draft of its own
and one in ten pressed twice; then JOURNEYS people who arrive within MINUTES, their rate rising evenly from
nothing to twice the mean, an hour pressed into ten minutes: they read, start, answer three parts with a pause
at each page, check and send. The product runs as in `make run`, two web processes of four threads and a
worker at low priority that themes without a break; the client shares its cores.

Latency runs from the moment a request was due, so a late start counts. "acknowledged" are people who were
told that their response is sent; "lost", those of them whose response the database does not hold as sent;
"doubled", responses, sendings and comments beyond one each. "processor_seconds" says who took the cores.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
import traceback
from pathlib import Path

from crowd.drafts import load_sample, prepare
from crowd.figures import errors, waiting
from crowd.journeys import PAGE, SAVE, START, walk_all
from crowd.presses import SEND, Sending, press_all
from crowd.processor import between, used
from crowd.stage import DATABASES, durability, stage
from crowd.stored import Held, held, held_at_last, reckoning
from crowd.theming import Theming, kept_going
from crowd.web import allow_many

import config
from tests.support.site import Site

THEMING_BEGINS_WITHIN_SECONDS = 120


def say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", file=sys.stderr, flush=True)


def measure(name: str, site: Site, options: argparse.Namespace) -> dict[str, object]:
    key = config.load(site.environment).link_key
    slug = load_sample(site)
    say(f"{name}: {options.drafts} drafts are prepared")
    begin = time.monotonic()
    tokens = prepare(slug, options.drafts + 1, key=key)
    prepared = round(time.monotonic() - begin)
    site.start_web(processes=2)
    site.start_worker()
    result: dict[str, object] = {"database": name, "durability": durability(name), **machine()}
    result["prepared_in_seconds"] = prepared
    with kept_going(slug) as theming:
        _wait_for(theming)
        before = held()
        if options.drafts:
            say(f"{name}: {options.drafts} drafts are sent, {options.rate} a second")
            begin, spent = time.monotonic(), used(site)
            sending = asyncio.run(press_all(site.port, slug, tokens, rate=options.rate))
            spent = between(spent, used(site))
            after = held_at_last()
            result["sending"] = {
                "rate_asked": options.rate,
                **figures(sending, theming, begin),
                "processor_seconds": spent,
                **reckoning(sending.acknowledged, before=before, after=after, started=0, key=key),
            }
            before = after
        if options.journeys:
            result["journeys"] = _journeys(name, site, slug, options, theming, before, key)
    result["theming_jobs"] = dict(theming.states) | {f"not seen: {k}": n for k, n in theming.troubles.items()}
    return result


def _journeys(
    name: str, site: Site, slug: str, options: argparse.Namespace, theming: Theming, before: Held, key: str
) -> dict[str, object]:
    say(f"{name}: {options.journeys} people arrive within {options.minutes} minutes")
    begin, spent = time.monotonic(), used(site)
    walked = asyncio.run(walk_all(site.port, slug, count=options.journeys, seconds=60 * options.minutes))
    spent = between(spent, used(site))
    after = held_at_last()
    started = sum(wait.what == START and wait.status == 303 for wait in walked.log.waits)
    return {
        "people": options.journeys,
        **figures(walked, theming, begin),
        "processor_seconds": spent,
        **reckoning(walked.acknowledged, before=before, after=after, started=started, key=key),
    }


def figures(sending: Sending, theming: Theming, begin: float) -> dict[str, object]:
    waits = sending.log.waits
    return {
        "seconds": round(sending.seconds, 1),
        "requests_a_second": round(len(waits) / sending.seconds, 1),
        "send": waiting(sending.log.of(SEND)),
        "pages": waiting(sending.log.of(PAGE)),
        "saves": waiting(sending.log.of(START, SAVE)),
        "errors": errors(waits),
        "stopped_at": dict(sending.stopped),
        "theming_running": theming.share(begin, time.monotonic()),
    }


def machine() -> dict[str, object]:
    return {
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "at": time.strftime("%F %T"),
    }


def _wait_for(theming: Theming) -> None:
    until = time.monotonic() + THEMING_BEGINS_WITHIN_SECONDS
    while not theming.is_running and time.monotonic() < until:
        time.sleep(0.2)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--drafts", type=int, help="instead of seconds times rate")
    parser.add_argument("--journeys", type=int, default=2000)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--databases", default=",".join(DATABASES))
    options = parser.parse_args()
    if options.drafts is None:
        options.drafts = int(options.rate * options.seconds)
    options.databases = options.databases.split(",")
    if unknown := set(options.databases) - set(DATABASES):
        parser.error(f"no such database: {', '.join(sorted(unknown))}")
    return options


def main() -> None:
    options, failed = asked(), False
    allow_many()
    for name in options.databases:
        with tempfile.TemporaryDirectory(prefix="closing-night-") as folder:
            try:
                with stage(name, Path(folder)) as site:
                    result = measure(name, site, options)
            except Exception as error:  # the other database is measured all the same
                traceback.print_exc()
                result, failed = {"database": name, "failed": f"{type(error).__name__}: {error}"}, True
        print(json.dumps(result), flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
