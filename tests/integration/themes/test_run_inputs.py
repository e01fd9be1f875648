import pytest

from app.database import transaction
from app.responses.hidden import hide
from app.themes.queries.run_inputs import read_inputs
from tests.integration.themes.conftest import World, again

SAID = "Ask Mary Smith of Bere, she waited. No bus."


@pytest.mark.parametrize(
    "hidden",
    [
        [[4, 14, "[name removed]"]],
        [[4, 14, "[name removed]"], [18, 22, "[place removed]"]],
        [[0, len(SAID), "[removed]"]],
    ],
)
def test_the_engine_reads_no_hidden_word_and_every_other_in_its_place(
    world: World, hidden: list[list[object]]
) -> None:
    with transaction():
        comment = again(world.comments[0])
        comment.text, comment.redacted_text, comment.hidden = SAID, hide(SAID, hidden), hidden
    inputs = read_inputs(world.consultation.id)
    read = next(one.given.text for one in inputs.comments if one.id == world.comments[0].id)

    assert len(read) == len(SAID)
    assert "Mary" not in read
    assert all(shown in (said, "█") for shown, said in zip(read, SAID, strict=True))
    assert read.count("█") == sum(end - start for start, end, _ in hidden)  # type: ignore[operator]
