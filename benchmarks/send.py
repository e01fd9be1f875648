"""Sending under load: SECONDS of RATE send requests a second on prepared drafts, one in ten pressed twice.

python benchmarks/send.py [--rate 20] [--seconds 60] [--databases postgresql,sqlite]
    under `pg_virtualenv -t -o fsync=on`, or with TEST_DATABASE_URL

Prints JSON, one object a database; closing_night.py, the longer one, says what its words mean. No themes
are made meanwhile.
"""

import argparse
import asyncio
import json
import tempfile
from pathlib import Path

from crowd.drafts import load_sample, prepare
from crowd.figures import errors, waiting
from crowd.presses import SEND, press_all
from crowd.stage import DATABASES, durability, stage
from crowd.stored import held, held_at_last, reckoning

import config
from tests.support.site import Site


def measure(name: str, site: Site, *, rate: float, seconds: int) -> dict[str, object]:
    key = config.load(site.environment).link_key
    slug = load_sample(site)
    tokens = prepare(slug, int(rate * seconds) + 1, key=key)
    before = held()
    site.start_web(processes=2)
    sending = asyncio.run(press_all(site.port, slug, tokens, rate=rate))
    return {
        "database": name,
        "durability": durability(name),
        "rate_asked": rate,
        "send": waiting(sending.log.of(SEND)),
        "errors": errors(sending.log.waits),
        **reckoning(sending.acknowledged, before=before, after=held_at_last(), started=0, key=key),
    }


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rate", type=float, default=20)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--databases", default=",".join(DATABASES))
    options = asked.parse_args()
    for name in options.databases.split(","):
        with tempfile.TemporaryDirectory() as folder, stage(name, Path(folder)) as site:
            print(json.dumps(measure(name, site, rate=options.rate, seconds=options.seconds)), flush=True)


if __name__ == "__main__":
    main()
