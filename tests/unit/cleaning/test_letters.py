"""However officers cut a letter, no word of it is lost or said twice."""

import uuid
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.cleaning.letters import in_letter, in_part, parts_of, text_of

QUESTIONS = [None, uuid.UUID(int=1), uuid.UUID(int=2)]
LETTERS = st.text(alphabet="ab .\n\t\U0001f68c", max_size=60)
STARTS = st.lists(st.tuples(st.integers(-3, 70), st.sampled_from(QUESTIONS)), max_size=8)


@given(letter=LETTERS, starts=STARTS)
def test_the_parts_join_back_to_the_letter(letter: str, starts: list[tuple[int, uuid.UUID | None]]) -> None:
    parts = parts_of(letter, starts)

    spans = sorted(span for part in parts for span in part.spans)
    assert all(end <= later for (_, end), (later, _) in pairwise(spans))
    between = [0, *(at for span in spans for at in span), len(letter)]
    left_out = [letter[a:b] for a, b in zip(between[::2], between[1::2], strict=True)]
    assert "".join(left_out).strip() == ""
    assert "".join("".join(letter[a:b] for a, b in spans).split()) == "".join(letter.split())
    assert len({part.question_id for part in parts}) == len(parts)
    assert all(part.text == text_of(letter, part.spans) == part.text.strip() for part in parts)


@given(letter=LETTERS, starts=STARTS, data=st.data())
def test_a_place_of_the_letter_is_found_in_the_parts_and_back(
    letter: str, starts: list[tuple[int, uuid.UUID | None]], data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, len(letter)))
    last = data.draw(st.integers(first, len(letter)))

    back = []
    for part in parts_of(letter, starts):
        for start, end in in_part(part.spans, first, last):
            (place,) = in_letter(part.spans, start, end)
            assert part.text[start:end] == letter[place[0] : place[1]]
            back.append(place)

    covered = {at for a, b in back for at in range(a, b)}
    assert {at for at in range(first, last) if not letter[at].isspace()} <= covered
