import csv
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app.cli.theming import theming_group
from app.theming import CodedComment, Comment, Theme

Row = dict[str, str]


def save(path: Path, rows: list[Row]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(theming_group, [str(argument) for argument in arguments])


@pytest.fixture
def source(tmp_path: Path, comments: list[Comment]) -> str:
    rows = [
        {"id": one.id, "question": one.question, "text": one.text, "more": "kept out"} for one in comments
    ]
    return save(tmp_path / "in.csv", rows)


@pytest.fixture
def frame(tmp_path: Path, themes: list[Theme]) -> str:
    rows = [
        {
            "question": "",
            "code": t.code,
            "label": t.label,
            "definition": t.definition,
            "cue_words": "; ".join(t.cue_words),
        }
        for t in themes
    ]
    return save(tmp_path / "frame.csv", rows)


def test_discover_writes_comments_and_themes(source: str, tmp_path: Path) -> None:
    result = run("discover", source, tmp_path / "out.csv")
    rows = load(tmp_path / "out.csv")
    themes = json.loads((tmp_path / "out.themes.json").read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert list(rows[0]) == ["id", "theme", "score"]
    assert list(themes[0]) == [
        "theme",
        "question",
        "label",
        "terms",
        "size",
        "exemplars",
        "borderline",
        "parent",
    ]
    assert {row["theme"] for row in rows} <= {theme["theme"] for theme in themes}


def test_code_writes_the_ranked_themes(
    source: str, frame: str, tmp_path: Path, coded: list[CodedComment]
) -> None:
    examples = [
        {
            "id": f"x{one.comment.id}", "question": one.comment.question, "text": one.comment.text,
            "label": "|".join(c.code for c in one.codings), "stance": "BUS=concern",
            "quotes": json.dumps([[c.code, q] for c in one.codings for q in c.quotes]),
        }
        for one in coded
    ]  # fmt: skip
    path = save(tmp_path / "coded.csv", examples)
    result = run("code", source, frame, tmp_path / "out.csv", "--coded", path)
    rows = load(tmp_path / "out.csv")

    assert result.exit_code == 0
    assert list(rows[0]) == ["id", "code", "score", "assigned", "stance", "start", "end"]
    assert {row["assigned"] for row in rows} <= {"0", "1"}
    assert len(rows) == 60 * 3


def test_triage_writes_codes_campaigns_and_spans(tmp_path: Path) -> None:
    letter = "We of the harbour ask the council to stop work on the quay until the town has had its say."
    texts = [letter, letter, f"{letter} My number is 01632 960123.", "n/a"]
    path = save(
        tmp_path / "in.csv", [{"id": str(n), "question": "q", "text": text} for n, text in enumerate(texts)]
    )
    result = run("triage", path, tmp_path / "out.csv")
    rows = load(tmp_path / "out.csv")
    spans = json.loads((tmp_path / "out.spans.json").read_text(encoding="utf-8"))

    assert result.exit_code == 0
    assert [row["handling"] for row in rows] == ["ZZ07", "ZZ07", "ZZ07|ZZ09", "ZZ01"]
    assert [row["campaign"] for row in rows] == ["C1", "C1", "C1", ""]
    assert rows[2]["pii"] == "01632 960123"
    assert {"id": "2", "kind": "phone"}.items() <= spans[-1].items()


def test_two_runs_write_the_same_bytes(source: str, frame: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert run("code", source, frame, tmp_path / f"{name}.csv").exit_code == 0

    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"id,question,text\n", "no rows"),
        (b"id,text\n1,hello\n", "the column question is missing"),
        (b"id,question,text\n1,q,a\n1,q,b\n", "the id 1 is there twice"),
        (b"id,question,text\n,q,a\n", "no id"),
        (b"id,question,text\n1,q,caf\xe9\n", "is not UTF-8"),
    ],
)
@pytest.mark.parametrize("command", ["discover", "code", "triage"])
def test_a_file_that_cannot_be_used_gives_one_line_and_leaves_nothing(
    tmp_path: Path, frame: str, command: str, content: bytes, message: str
) -> None:
    path = tmp_path / "bad.csv"
    path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    result = run(command, path, *([frame] if command == "code" else []), tmp_path / "out.csv")

    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert sorted(tmp_path.iterdir()) == before


def test_problems_of_the_other_files_are_told_too(source: str, frame: str, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    bad = tmp_path / "bad.csv"
    bad.write_text("id,question,text,label,quotes\n1,q,hello,BUS,{\n")
    twice = tmp_path / "twice.csv"
    twice.write_text("question,code,label,definition,cue_words\n,A,a,,\n,A,b,,\n")
    results = [
        run("code", source, frame, out, "--coded", bad),
        run("code", source, twice, out),
        run("code", source, frame, out, "--weights", bad),
        run("code", source, frame, out, "--coded", tmp_path / "missing.csv"),
        run("discover", source, tmp_path / "no folder" / "out.csv"),
    ]

    assert [result.exit_code for result in results] == [2, 2, 2, 2, 2]
    assert not out.exists()


def test_a_text_over_several_lines_with_odd_characters_is_read_whole(tmp_path: Path) -> None:
    text = "My number is\u2028 01632 960123,\n😀 \x00 thank you"
    path = save(tmp_path / "in.csv", [{"id": "1", "question": "q", "text": text}])

    assert run("triage", path, tmp_path / "out.csv").exit_code == 0
    assert [row["pii"] for row in load(tmp_path / "out.csv")] == ["01632 960123"]


def test_a_cluster_without_the_extra_is_one_line(
    source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = run("discover", source, tmp_path / "out.csv", "--cluster", "tcp://127.0.0.1:1")

    assert result.exit_code == 2
    assert result.output == ("Error: distributed is not installed: pip install -r requirements-cluster.txt\n")
    assert not (tmp_path / "out.csv").exists()
