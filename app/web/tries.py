"""The limits on tries at a secret, for the request under way."""

from flask import current_app, request

from app.accounts import tries
from app.accounts.queries.officers import normalised_email


def of_sign_in(email: str) -> dict[str, int]:
    """Subject to limit: this account, whether or not it exists, and the address the request came from."""
    key = current_app.extensions["settings"].link_key
    place = tries.network(request.remote_addr or "")
    return {
        tries.subject("account", normalised_email(email), key=key): tries.TRIES_AT_ACCOUNT,
        tries.subject("address", place, key=key): tries.TRIES_FROM_ADDRESS,
    }
