"""Empties the outbox, one mail at a time."""

import logging
from enum import Enum

from app import database
from app.clock import Clock
from app.mail.message import message_of, wire_address
from app.mail.services import settle
from app.mail.services.claim import Claim, anything_due, claim, settle_abandoned
from app.mail.smtp import NoAnswer, NotNow, Refused, TakenOver, conversation, say
from config import MailServer

FAULT = "A fault in the program"

log = logging.getLogger(__name__)


class Round(Enum):
    NOTHING_DUE = "nothing due"
    DONE = "done"
    NOT_NOW = "not now"  # the mail server would not, so asking it at once for the next is no use


class Postman:
    def __init__(self, server: MailServer, *, clock: Clock) -> None:
        self._server = server
        self._clock = clock

    def deliver_one(self) -> Round:
        """A mail's words and address go into no log, whatever happens to it."""
        if not anything_due(now=self._clock.now()):
            return Round.NOTHING_DUE
        with database.transaction():
            settle_abandoned(now=self._clock.now())
            claimed = claim(lease_seconds=self._server.lease_seconds, now=self._clock.now())
        if claimed is None:
            return Round.NOTHING_DUE
        return self._see_through(claimed)

    def deliver_all(self) -> int:
        """Until nothing is due: for tests and commands. How many were taken up."""
        count = 0
        while self.deliver_one() is not Round.NOTHING_DUE:
            count += 1
        return count

    def _see_through(self, claimed: Claim) -> Round:
        try:
            self._send(claimed)
        except NotNow as reason:
            self._try_again(claimed, str(reason))
            return Round.NOT_NOW
        except Refused as reason:
            with database.transaction():
                settle.failed(claimed, trouble=str(reason))
            log.warning("mail (%s): %s", claimed.kind, reason)
        except NoAnswer as reason:
            with database.transaction():
                settle.unsure(claimed, trouble=str(reason))
            log.warning("mail (%s) may have been sent: %s", claimed.kind, reason)
        except TakenOver:
            log.warning("mail (%s): another worker has taken it over", claimed.kind)
        except (ValueError, TypeError, LookupError) as error:  # the mail cannot be written as it is
            self._try_again(claimed, f"{FAULT} ({type(error).__name__})")
        return Round.DONE

    def _send(self, claimed: Claim) -> None:
        now = self._clock.now()
        server = self._server
        message = message_of(claimed, sender=server.sender, domain=server.sender_domain, now=now)
        with conversation(server) as smtp:
            say(
                smtp,
                message,
                sender=server.sender_address,
                to=wire_address(claimed.address),
                hand_over=lambda: self._hand_over(claimed),
                answer_seconds=server.answer_seconds,
            )
            with database.transaction():  # before the good-byes: the shorter the better
                settle.sent(claimed, now=self._clock.now())
        log.info("mail (%s): sent", claimed.kind)

    def _hand_over(self, claimed: Claim) -> bool:
        with database.transaction():
            return settle.hand_over(claimed, lease_seconds=self._server.lease_seconds, now=self._clock.now())

    def _try_again(self, claimed: Claim, trouble: str) -> None:
        with database.transaction():
            settle.try_again(claimed, trouble=trouble, now=self._clock.now())
        log.warning("mail (%s): %s", claimed.kind, trouble)
