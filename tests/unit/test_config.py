"""Settings: made once for a local start, demanded in production, refused when they cannot be meant."""

import stat
from pathlib import Path

import pytest

import config

PRODUCTION = {"SOUNDINGS_MODE": "production", "DATABASE_URL": "postgresql://db/soundings"}
SECRETS = {name: name * 8 for name in config.SECRET_NAMES}


def test_local_secrets_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    first = config.load({"SOUNDINGS_INSTANCE": str(tmp_path / "instance")})
    again = config.load({"SOUNDINGS_INSTANCE": str(tmp_path / "instance")})

    assert first.secret_key == again.secret_key
    assert len({first.secret_key, first.password_salt, first.link_key}) == 3
    assert stat.S_IMODE((tmp_path / "instance" / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("missing", [*config.SECRET_NAMES, "DATABASE_URL"])
def test_production_names_what_is_missing(tmp_path: Path, missing: str) -> None:
    given = {**PRODUCTION, **SECRETS, "SOUNDINGS_INSTANCE": str(tmp_path)}
    del given[missing]

    with pytest.raises(config.MissingSetting, match=missing):
        config.load(given)


def test_production_keeps_cookies_to_https(tmp_path: Path) -> None:
    assert config.load({**PRODUCTION, **SECRETS, "SOUNDINGS_INSTANCE": str(tmp_path)}).secure_cookies


@pytest.mark.parametrize("value", ["many", "-1", "1.5", "²", ""])
def test_a_number_that_is_none_is_refused_by_name(tmp_path: Path, value: str) -> None:
    with pytest.raises(config.MissingSetting, match="JOB_ATTEMPTS"):
        config.load({"SOUNDINGS_INSTANCE": str(tmp_path), "JOB_ATTEMPTS": value})
