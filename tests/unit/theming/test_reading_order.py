import json
import random
from pathlib import Path

from click.testing import CliRunner

from app.cli.theming import theming_group
from app.theming import CodedComment, Coding, Comment, Learner, Theme, doubtful_codings, next_comments
from tests.unit.theming.conftest import SUBJECTS
from tests.unit.theming.test_files import load, save


def subject(one: Comment) -> str:
    return next(name for name, words in SUBJECTS.items() if any(word in one.text for word in words[:4]))


def test_the_first_readings_cover_every_subject(comments: list[Comment]) -> None:
    first = next_comments(comments, most=6)

    assert {subject(one) for one in comments if one.id in first} == set(SUBJECTS)


def test_themes_with_few_examples_come_first(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    read = [one for one in coded if one.codings[0].code != "BIN"]
    learner = Learner(comments, themes).learn(read)
    chances = learner.probabilities(one.id for one in comments)
    order = next_comments(comments, coded=read, probabilities=chances, most=8)
    bins = [one for one in comments if one.id in order and subject(one) == "BIN"]

    assert len(bins) >= 5
    assert not {one.comment.id for one in read} & set(order)


def test_the_order_of_the_input_changes_nothing_and_asking_again_gives_the_same(
    comments: list[Comment],
) -> None:
    mixed = random.Random(2).sample(comments, len(comments))

    assert next_comments(mixed, most=20) == next_comments(comments, most=20)


def test_what_is_read_or_left_out_is_not_given_and_all_others_are(
    comments: list[Comment], coded: list[CodedComment]
) -> None:
    found = next_comments(comments, coded=coded, leave_out=[comments[40].id], most=1000)

    assert sorted(found) == sorted(one.id for one in comments[30:] if one.id != comments[40].id)


def test_comments_that_say_nothing_come_last_and_no_comments_give_no_order() -> None:
    texts = ("n/a", "The bus never comes.", "No comment", "More trees please.")
    order = next_comments([Comment(str(place), "q", text) for place, text in enumerate(texts)])

    assert set(order[:2]) == {"1", "3"}
    assert next_comments([]) == []


def test_a_wrong_coding_is_among_the_first_doubts(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    wrong = "BIN" if coded[4].codings[0].code != "BIN" else "BUS"
    altered = [*coded[:4], CodedComment(coded[4].comment, (Coding(wrong, "concern"),)), *coded[5:]]
    doubts = doubtful_codings(Learner(comments, themes), altered, most=2)

    assert {(one.id, one.code, one.coded) for one in doubts} == {
        (coded[4].comment.id, wrong, True),
        (coded[4].comment.id, coded[4].codings[0].code, False),
    }
    assert doubts[0].doubt >= doubts[1].doubt > 0.5


def test_the_commands_write_an_order_and_doubts_and_say_why(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment], tmp_path: Path
) -> None:
    source = save(
        tmp_path / "in.csv", [{"id": c.id, "question": c.question, "text": c.text} for c in comments]
    )
    frame = save(
        tmp_path / "frame.csv",
        [
            {"question": "", "code": t.code, "label": t.label, "definition": t.definition,
             "cue_words": ";".join(t.cue_words)}
            for t in themes
        ],
    )  # fmt: skip
    done = save(
        tmp_path / "coded.csv",
        [
            {"id": o.comment.id, "question": o.comment.question, "text": o.comment.text,
             "label": o.codings[0].code, "quotes": json.dumps([[o.codings[0].code, o.comment.text]])}
            for o in coded
        ],
    )  # fmt: skip
    order, doubts, out = (str(tmp_path / name) for name in ("order.csv", "doubts.csv", "out.csv"))
    run = CliRunner().invoke
    for arguments in (
        ["next", source, order, "--frame", frame, "--coded", done, "--most", "5"],
        ["doubts", done, frame, doubts, "--most", "3"],
    ):
        assert run(theming_group, arguments).exit_code == 0
    said = run(theming_group, ["code", source, frame, out, "--coded", done, "--explain", comments[40].id])

    assert [row["place"] for row in load(Path(order))] == list("12345")
    assert load(Path(doubts))[0].keys() == {"id", "code", "is", "doubt"}
    assert f'rests on: "{comments[40].text}"' in said.output
    assert "coded so before:" in said.output
    refused = run(theming_group, ["code", source, frame, out + "2", "--explain", "nobody"])
    assert (refused.exit_code, Path(out + "2").exists()) == (2, False)
