from app.reporting.chance import Mark, Share, marks


def test_a_share_far_from_that_of_the_others_is_marked_and_one_near_it_is_not() -> None:
    shares = [Share(60, 100, 100, 400), Share(10, 100, 150, 400), Share(26, 100, 100, 400)]

    assert marks(shares) == ([Mark.HIGHER, Mark.LOWER, None], 3)


def test_what_is_marked_alone_is_not_marked_among_many() -> None:
    doubtful, plain = Share(36, 100, 100, 400), Share(25, 100, 100, 400)

    assert marks([doubtful]) == ([Mark.HIGHER], 1)
    assert marks([doubtful, *[plain] * 40]) == ([None] * 41, 41)


def test_few_respondents_hidden_numbers_and_empty_columns_are_not_tested() -> None:
    assert marks([Share(4, 5, 1, 8), None, Share(0, 0, 10, 400), Share(10, 400, 0, 0)]) == ([None] * 4, 0)


def test_where_everybody_or_nobody_raised_it_nothing_is_marked() -> None:
    assert marks([Share(50, 50, 80, 80), Share(0, 50, 0, 80)]) == ([None, None], 0)
