"""The words that carry what two coders decided differently of a comment."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import session
from app.models import MAIN_LAYER, Coding, Comment
from app.responses.hidden import shown_words
from app.themes.queries.check_samples import Code, codes_of
from app.themes.queries.coder_differences import Difference

Quotes = dict[Code, list[str]]


def quotes_read(of: Difference) -> tuple[Quotes, Quotes]:
    """Of the first reading, as it stands by now, and of the second; as the words are readable now. Where the
    whole comment carries a theme there is no quote."""
    comment = session.get_one(Comment, of.comment_id)
    codes, whole = codes_of(comment.consultation_id), (0, len(comment.text))
    layers = (MAIN_LAYER, of.sample.layer)
    query = (
        select(Coding)
        .where(Coding.comment_id == comment.id, Coding.layer.in_(layers), Coding.removed_at.is_(None))
        .options(selectinload(Coding.quotes))
        .order_by(Coding.id)
    )
    found: dict[str, Quotes] = {layer: {} for layer in layers}
    for coding in session.scalars(query):
        found[coding.layer].setdefault((codes[coding.theme_id], coding.stance), []).extend(
            shown_words(comment, quote.start, quote.end)
            for quote in coding.quotes
            if (quote.start, quote.end) != whole
        )
    return found[MAIN_LAYER], found[of.sample.layer]
