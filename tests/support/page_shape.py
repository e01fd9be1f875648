"""What a check of a page's structure has to see only once in a run."""

import re

# What differs between two looks at one page, and says nothing about how it is made.
ONE_TIME = re.compile(r'nonce="[^"]*"|<input[^>]* (?:name="csrf_token"|type="hidden")[^>]*>')
NAMES = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|\b[A-Z]{2}-[A-Z0-9]{4}-[A-Z0-9]{2}\b|[0-9]+")


def page_shape(text: str) -> str:
    """The same for pages that differ in ids, references, times and numbers alone."""
    return NAMES.sub("0", ONE_TIME.sub("~", text))
