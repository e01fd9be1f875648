"""How many tries at a secret are allowed, and how they are remembered without keeping who tried."""

import hashlib
import hmac
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

WINDOW = timedelta(minutes=15)
TRIES_AT_ACCOUNT = 10
TRIES_FROM_ADDRESS = 50


def subject(kind: str, value: str, *, key: str) -> str:
    """A keyed hash: the table of tries tells nobody which accounts or addresses were tried."""
    return hmac.new(key.encode(), f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()


def network(address: str) -> str:
    """One subscriber holds a whole IPv6 /64, so a try counts against that."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(IPv6Address(int(parsed) >> 64 << 64))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
