from pathlib import Path

from app.reporting.files.tables import TABLES
from app.themes.files.cells import armed, defused

GUIDE = Path(__file__).parents[3] / "docs" / "exports.md"


def test_the_guide_names_every_column_with_the_words_of_the_page() -> None:
    guide = GUIDE.read_text(encoding="utf-8")

    missing = [
        f"{table.key}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if f"| `{column.name}` | {column.words.replace('|', '&#124;')} |" not in guide
    ]
    assert missing == []


def test_what_was_defused_comes_back_as_it_was() -> None:
    texts = ["=1", "'tis", "''", "plain", "-", " +1", "\t@", "'=1", "It's"]

    assert [armed(defused(text)) for text in texts] == texts
