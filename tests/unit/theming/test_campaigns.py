import random

from hypothesis import given
from hypothesis import strategies as st

from app.theming import Campaign, find_campaigns, near_identical
from app.theming.campaigns.cores import regrouped
from app.theming.campaigns.signatures import shingles

LETTER = (
    "I object to the plan for the harbour. It was drawn up behind closed doors by people nobody elected, "
    "and it takes no account of the boats that land there. Please stop the work and ask us what we want."
)
OWN = "My father fished from this quay for forty years and so did his, and my son should have the chance."
SENT = [
    ("a", LETTER),
    ("b", LETTER.upper()),
    ("c", LETTER.replace("Please stop", "We ask you to halt")),
    ("d", f"Dear all, {LETTER} {OWN}"),
    (
        "e",
        "The harbour plan is wrong and I object to it because nobody was asked about the boats there.",
    ),
    ("f", "I like the plan."),
]


def kinds(campaign: Campaign) -> dict[str, str]:
    return {member.id: member.kind for member in campaign.members}


def test_copies_are_grouped_and_people_who_merely_agree_are_not() -> None:
    (campaign,) = find_campaigns(SENT)

    assert kinds(campaign) == {"a": "exact", "b": "exact", "c": "edited", "d": "own_words_added"}
    assert campaign.template == LETTER.upper() or campaign.template == LETTER


def test_what_a_sender_added_is_shown_as_a_span() -> None:
    (campaign,) = find_campaigns(SENT)
    text = dict(SENT)["d"]
    added = [
        text[span.start : span.end]
        for member in campaign.members
        if member.id == "d"
        for span in member.own_words
    ]

    assert OWN in added


def test_two_alike_are_a_possible_duplicate_and_no_campaign() -> None:
    assert find_campaigns(SENT[:2]) == []
    assert [len(group.members) for group in near_identical(SENT[:2])] == [2]


def test_the_order_of_the_input_changes_nothing() -> None:
    turned = SENT[:]
    random.Random(3).shuffle(turned)

    assert find_campaigns(turned) == find_campaigns(SENT)


def test_ten_thousand_identical_texts_are_one_campaign() -> None:
    (campaign,) = find_campaigns([(str(number), LETTER) for number in range(10_000)])

    assert len(campaign.members) == 10_000


def test_thousands_of_edited_copies_are_one_campaign() -> None:
    words = LETTER.split()
    chance = random.Random(1)
    texts = []
    for number in range(800):
        at = chance.randrange(len(words))
        texts.append((str(number), " ".join([*words[:at], f"word{number}", *words[at:]])))

    assert [len(group.members) for group in find_campaigns(texts)] == [800]


@given(st.lists(st.text(max_size=120), max_size=8))
def test_any_texts_go_through_and_spans_point_into_them(texts: list[str]) -> None:
    sent = [(str(number), text) for number, text in enumerate(texts)]
    for group in near_identical(sent):
        for member in group.members:
            assert all(0 <= span.start < span.end <= len(dict(sent)[member.id]) for span in member.own_words)


def test_copies_that_each_changed_other_words_are_one_campaign() -> None:
    chance = random.Random(8)
    words = [f"word{number}" for number in range(400)]
    letter = chance.choices(words, k=120)
    texts = []
    for number in range(12):
        copy = letter[:]
        for place in chance.sample(range(120), 6 if number < 4 else 26):
            copy[place] = f"own{number}x{place}"
        texts.append((f"copy{number}", " ".join(copy)))
    others = [(f"other{number}", " ".join(chance.choices(words, k=60))) for number in range(30)]
    (group,) = find_campaigns(texts + others)

    assert {member.id for member in group.members} == {ident for ident, _ in texts}


def test_texts_that_share_one_sentence_with_a_letter_are_not_of_the_campaign() -> None:
    chance = random.Random(9)
    words = [f"word{number}" for number in range(400)]
    sentences = [" ".join(chance.choices(words, k=25)) for _ in range(6)]
    letters = [(f"letter{number}", " ".join(sentences)) for number in range(5)]
    quoting = [
        (f"one{number}", f"{sentences[number]} {' '.join(chance.choices(words, k=20))}")
        for number in range(5)
    ]
    (group,) = find_campaigns(letters + quoting)

    assert {member.id for member in group.members} == {ident for ident, _ in letters}


def test_every_text_stays_in_one_group_when_groups_are_checked() -> None:
    letter = [f"word{number}" for number in range(102)]
    texts = [" ".join(letter[:length]) for length in (102, 92, 82)] + ["something else altogether"]
    texts.append(" ".join(letter[:80:2]))
    items = [shingles(text.split()) for text in texts]

    assert regrouped(texts, items, [[0, 1, 2, 3], [4]]) == [[0, 1, 2], [3], [4]]
    assert regrouped(texts, items, [[0, 1], [2], [3], [4]]) == [[0, 1], [2], [3], [4]]


def test_texts_that_quote_one_long_sentence_are_no_campaign() -> None:
    chance = random.Random(10)
    words = [f"word{number}" for number in range(400)]
    slogan = f"{' '.join(chance.choices(words, k=45))}."
    texts = [(f"one{number}", f"{slogan} {' '.join(chance.choices(words, k=30))}.") for number in range(6)]

    assert near_identical(texts) == []


def test_a_long_sentence_with_a_short_one_of_ones_own_is_a_quotation_unless_it_was_sent_alone() -> None:
    chance = random.Random(11)
    words = [f"word{number}" for number in range(400)]
    slogan = f"{' '.join(chance.choices(words, k=45))}."
    texts = [(f"one{number}", f"{slogan} {' '.join(chance.choices(words, k=6))}.") for number in range(5)]

    assert find_campaigns(texts) == []
    (group,) = find_campaigns([*texts, ("alone", slogan)])
    assert len(group.members) == 6


def test_a_letter_typed_without_a_full_stop_is_a_campaign() -> None:
    letter = " ".join(f"word{number}" for number in range(90))
    sent = [(f"sender{number}", f"{letter} own{number} words{number} here{number}") for number in range(4)]
    (group,) = find_campaigns(sent)

    assert len(group.members) == 4
