"""Codes and links that are not known: what is said, and how often."""

from flask import request

from app.accounts import tries
from app.accounts.services.count_try import count_try
from app.public.here import link_key
from app.rendering.words import Later, later
from app.web.clock import now
from app.web.transactions import writing_unit

LINK_NOT_KNOWN = later("We do not recognise that link. Check it, or ask us for help.")
NOT_KNOWN = later("We do not recognise that code. Check it, or ask us for help.")
TOO_MANY = later("Too many tries. Wait 15 minutes, then try again, or ask us for help.")
TRIES_FROM_ADDRESS = 20


def wrong_code(kind: str) -> tuple[Later, int]:
    """What to say, and the status. Counted in a transaction of its own, so that it counts though nothing else
    is stored."""
    subject = tries.subject(kind, tries.network(request.remote_addr or ""), key=link_key())
    with writing_unit():
        may_try_again = count_try({subject: TRIES_FROM_ADDRESS}, now=now())
    return (NOT_KNOWN, 422) if may_try_again else (TOO_MANY, 429)
