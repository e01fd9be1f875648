"""Whether a text looks as if it held contact details. A hint for the person writing; officers decide."""

import re

_SIGNS = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"  # an email address
    r"|(?:\+44|\b0)(?:[ -]?\d){9,10}\b"  # a UK telephone number
    r"|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"  # a UK postcode
)


def may_hold_personal_details(text: str) -> bool:
    return _SIGNS.search(text) is not None
