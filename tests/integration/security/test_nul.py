"""A NUL in a form: PostgreSQL stores none, and nobody types one."""

import pytest

from tests.support.audited_client import AuditedClient


@pytest.mark.parametrize("address", ["/officer/sign-in", "/continue"])
def test_a_nul_in_a_field_is_dropped_and_the_form_is_answered(client: AuditedClient, address: str) -> None:
    answer = client.submit(address, email="a\0b@example.org", password="a\0b", code="KT\0BM")

    assert answer.status_code == 422
    assert "\0" not in answer.text
