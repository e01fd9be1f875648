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


MAIL = {"SMTP_HOST": "mail.example", "MAIL_FROM": "S <no@s.example>", "PUBLIC_URL": "https://s.example/"}


def test_without_mail_settings_there_is_no_mail_server(tmp_path: Path) -> None:
    assert config.load({"SOUNDINGS_INSTANCE": str(tmp_path)}).mail is None


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_a_mail_server_is_read_with_the_port_of_its_security(
    tmp_path: Path, security: str, port: int
) -> None:
    settings = config.load({"SOUNDINGS_INSTANCE": str(tmp_path), **MAIL, "SMTP_SECURITY": security})

    assert settings.public_url == "https://s.example"
    assert settings.mail is not None
    assert (settings.mail.port, settings.mail.security) == (port, security or "starttls")
    assert (settings.mail.sender_address, settings.mail.sender_domain) == ("no@s.example", "s.example")


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SMTP_HOST": ""}, "SMTP_HOST"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL"),
        ({"SMTP_HOST": "", "MAIL_FROM": "", "SMTP_PORT": "25"}, "SMTP_HOST, MAIL_FROM"),
        ({"SMTP_USER": "u"}, "SMTP_PASSWORD"),
        ({"SMTP_PASSWORD": "p"}, "SMTP_USER"),
        ({"SMTP_USER": "u", "SMTP_PASSWORD": "p", "SMTP_SECURITY": "none"}, "SMTP_SECURITY"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"MAIL_FROM": "nobody"}, "MAIL_FROM"),
        ({"MAIL_FROM": "a@x.org\r\nBcc: b@x.org"}, "MAIL_FROM"),
        ({"PUBLIC_URL": "s.example"}, "PUBLIC_URL"),
        ({"PUBLIC_URL": "https://s.example/path"}, "PUBLIC_URL"),
    ],
)
def test_a_half_set_or_odd_mail_server_stops_the_start_by_name(
    tmp_path: Path, change: dict[str, str], named: str
) -> None:
    with pytest.raises(config.MissingSetting, match=named):
        config.load({"SOUNDINGS_INSTANCE": str(tmp_path), **MAIL, **change})


def test_in_production_links_in_mail_are_https(tmp_path: Path) -> None:
    given = {**PRODUCTION, **SECRETS, **MAIL, "SOUNDINGS_INSTANCE": str(tmp_path)}

    with pytest.raises(config.MissingSetting, match="PUBLIC_URL"):
        config.load({**given, "PUBLIC_URL": "http://s.example"})


def test_the_encoder_is_the_one_that_is_set_or_else_the_one_that_was_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "minilm-l6"
    monkeypatch.setattr(config, "BUILT_ENCODER", built)
    here = {"SOUNDINGS_INSTANCE": str(tmp_path)}

    def chosen(**given: str) -> tuple[Path | None, bool]:
        settings = config.load({**here, **given})
        return settings.theming_encoder, settings.encoder_is_named

    assert chosen() == (None, False)
    built.mkdir()
    assert chosen() == (None, False)
    (built / "model.onnx").touch()
    assert chosen() == (built, False)
    assert chosen(THEMING_ENCODER="") == (None, False)
    assert chosen(THEMING_ENCODER="/srv/minilm") == (Path("/srv/minilm"), True)
    with pytest.raises(config.MissingSetting, match="THEMING_ENCODER"):
        chosen(THEMING_ENCODER="minilm")
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    assert chosen() == (None, False)
