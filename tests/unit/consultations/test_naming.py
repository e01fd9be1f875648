import pytest

from app.consultations.naming import part_key, reference_prefix


@pytest.mark.parametrize(
    ("title", "prefix"),
    [
        ("Heart of the South West draft devolution bid", "HS"),
        ("The Local Plan", "LP"),
        ("parking", "PA"),
        ("7", "XX"),
    ],
)
def test_the_prefix_is_made_of_the_initials_of_names(title: str, prefix: str) -> None:
    assert reference_prefix(title) == prefix


def test_a_page_of_its_own_is_found_by_its_title() -> None:
    assert part_key("Effects on different people") == "effects-on-different-people"
