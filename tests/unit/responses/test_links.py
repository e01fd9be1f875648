import re

from app.responses.links import START_TOKEN, code_hash, link_from_start, new_start_token, token_hash
from app.responses.references import ALPHABET, new_reference

KEY = "k" * 32


def test_one_start_gives_one_link_and_another_start_another() -> None:
    one, two = new_start_token(), new_start_token()

    assert link_from_start(one, key=KEY) == link_from_start(one, key=KEY)
    assert link_from_start(one, key=KEY).token != link_from_start(two, key=KEY).token
    assert link_from_start(one, key=KEY).code != link_from_start(two, key=KEY).code


def test_without_the_key_the_start_token_gives_nothing_away() -> None:
    start = new_start_token()

    assert link_from_start(start, key=KEY).token != link_from_start(start, key="x" * 32).token


def test_a_token_is_128_bits_and_a_code_has_three_groups_of_four() -> None:
    link = link_from_start(new_start_token(), key=KEY)

    assert START_TOKEN.fullmatch(link.token)
    assert re.fullmatch(rf"[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", link.code)


def test_a_code_is_known_however_it_is_typed() -> None:
    assert code_hash("ktmc 4927xqpd", key=KEY) == code_hash("KTMC-4927-XQPD", key=KEY)


def test_hashes_of_tokens_and_codes_do_not_meet() -> None:
    assert token_hash("KTMC4927XQPD", key=KEY) != code_hash("KTMC4927XQPD", key=KEY)


def test_references_have_the_consultations_prefix_and_no_mistakable_characters() -> None:
    for _ in range(200):
        assert re.fullmatch(
            r"HS-[2346789CDFGHJKMNPQRTVWXY]{4}-[2346789CDFGHJKMNPQRTVWXY]{2}", new_reference("HS")
        )
