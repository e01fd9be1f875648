import pytest

from app.cli.serve import check_port


@pytest.mark.parametrize(("given", "said"), [("no", "Set it to a number"), ("5061", "Browsers open no page")])
def test_a_port_that_no_browser_opens_is_refused_with_a_way_on(given: str, said: str) -> None:
    with pytest.raises(SystemExit, match=said):
        check_port(given)
