from tests.support.audited_client import AuditedClient


def test_the_health_check_answers_when_the_database_does(client: AuditedClient) -> None:
    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.text == "ok\n"


def test_an_unknown_address_gets_a_page_that_says_so(client: AuditedClient) -> None:
    assert client.get("/nothing-here").status_code == 404
