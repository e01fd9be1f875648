"""Names that are derived when the file gives none."""

import re


def reference_prefix(title: str) -> str:
    """The initials of the first two names in the title, or its first two letters: HS, BP."""
    initials = [word[0] for word in re.findall(r"[A-Z][A-Za-z]*", title) if word != "The"]
    letters = re.sub(r"[^A-Z]", "", title.upper())
    return "".join(initials[:2]) if len(initials) >= 2 else (letters + "XX")[:2]


def part_key(title: str) -> str:
    """The address of a page that belongs to no section: "Effects on different people" is effects-on-..."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
