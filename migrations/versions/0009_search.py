"""Full-text search over what officers may read of a comment.

Both databases index whole words, without accents and without stems, so that the same words find the same
comments (docs/decisions/0080). SQLite gets an FTS5 table of its own, kept true by triggers; it stores the
comment's id, because the implicit row number of `comment` may change with VACUUM. A later migration that
rebuilds `comment` on SQLite must make the triggers again. PostgreSQL gets a generated column and a GIN index;
it needs a database in UTF-8.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SQLITE = (
    "CREATE VIRTUAL TABLE comment_search USING fts5("
    "comment_id UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')",
    "CREATE TRIGGER comment_search_added AFTER INSERT ON comment BEGIN "
    "INSERT INTO comment_search (comment_id, text) VALUES (new.id, new.redacted_text); END",
    "CREATE TRIGGER comment_search_changed AFTER UPDATE OF redacted_text ON comment BEGIN "
    "UPDATE comment_search SET text = new.redacted_text WHERE comment_id = old.id; END",
    "CREATE TRIGGER comment_search_removed AFTER DELETE ON comment BEGIN "
    "DELETE FROM comment_search WHERE comment_id = old.id; END",
)

# What SQLite's tokenizer does by itself, done by hand, because the parser of PostgreSQL takes "and/or",
# "well-being" and web addresses for one word, and unaccent is an extension.
ACCENTED = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝŴŶàáâãäåçèéêëìíîïñòóôõöùúûüýÿŵŷ"
PLAIN = "AAAAAACEEEEIIIINOOOOOUUUUYWYaaaaaaceeeeiiiinooooouuuuyywy"
NO_WORD = (
    r"[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7"
    r"\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\U0001f000-\U0001faff]+"
)
WORDS = f"regexp_replace(translate(redacted_text, '{ACCENTED}', '{PLAIN}'), '{NO_WORD}', ' ', 'g')"
POSTGRESQL = (
    "ALTER TABLE comment ADD COLUMN search tsvector "
    f"GENERATED ALWAYS AS (to_tsvector('simple', {WORDS})) STORED",
    "CREATE INDEX ix_comment_search ON comment USING gin (search)",
)


def upgrade() -> None:
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("added", "changed", "removed"):
            op.execute(f"DROP TRIGGER comment_search_{trigger}")
        op.execute("DROP TABLE comment_search")
    else:
        op.execute("DROP INDEX ix_comment_search")
        op.execute("ALTER TABLE comment DROP COLUMN search")
