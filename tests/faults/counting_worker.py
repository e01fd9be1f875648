"""A worker with one small handler, run as a process of its own: `python -m tests.faults.counting_worker`.

It counts in steps, writes a line for each, and waits before each step for the test to let it go on.
"""

import time
from pathlib import Path

from app.jobs.work import Work
from app.models import OutboxMail
from app.worker import main

TO = 8


def count(work: Work) -> None:
    """Arguments: `gate`, a file that holds the highest step the test allows so far."""
    gate = Path(work.arguments["gate"])
    for number in range(work.checkpoint.get("counted", 0) + 1, TO + 1):
        while int(gate.read_text()) < number:
            time.sleep(0.02)
        with work.step(
            done=number, total=TO, words=f"Counting {number}", checkpoint={"counted": number}
        ) as session:
            session.add(_line(number, work))


def _line(number: int, work: Work) -> OutboxMail:
    """Any table without ties will do."""
    return OutboxMail(
        kind="line", address="", subject=str(number), body=str(work.token), send_after=work.now()
    )


if __name__ == "__main__":
    main({"counting": count}, {})
