"""A paragraph of the document in few words, in the language that its text says it is in."""

from app.consultations.languages import in_language_of

FIRST_WORDS = 60  # characters


def in_brief(text: str) -> str:
    """On one line and without marks; how much of it is shown is for the page to say."""
    return in_language_of(text, " ".join(text.replace("**", "").split()))


def first_words(text: str) -> str:
    """Enough to know it by."""
    brief = in_brief(text)
    if len(brief) <= FIRST_WORDS:
        return brief
    return in_language_of(text, brief[:FIRST_WORDS].rpartition(" ")[0].rstrip(",;:.") + "…")
