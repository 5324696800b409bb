"""Settings are read once, and what can't be read is one sentence that names the variable."""

from pathlib import Path

import pytest

from directory.foundation.refusals import Misconfigured
from directory.foundation.secret import secret_key
from directory.foundation.settings import Environment, Settings, describe, shown

LONG_SECRET = "a secret that is long enough to be one"


def read(**variables: str) -> Settings:
    return Settings.from_environment({f"WAYIN_{name}": text for name, text in variables.items()})


def test_everything_has_a_default() -> None:
    settings = Settings.from_environment({"PATH": "/usr/bin"})
    assert settings.environment is Environment.DEVELOPMENT
    assert settings.site_address == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{settings.data_folder / 'wayin.sqlite3'}"


def test_an_empty_variable_counts_as_not_given() -> None:
    assert read(PORT="", CONTACT_ADDRESS=" ") == read()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_the_same(scheme: str) -> None:
    settings = read(DATABASE_URL=f"{scheme}://someone:p%40ss@db.example/wayin")
    assert settings.database_url == "postgresql+psycopg://someone:p%40ss@db.example/wayin"


def test_the_site_address_follows_the_host_and_port() -> None:
    assert read(HOST="0.0.0.0", PORT="9000").site_address == "http://127.0.0.1:9000"
    assert read(HOST="::1").site_address == "http://[::1]:8000"
    assert read(SITE_ADDRESS="https://wayin.example/").site_address == "https://wayin.example"


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("PROT", "80", r"WAYIN_PROT is not a setting\. Did you mean WAYIN_PORT\?"),
        ("BANANA_SPLIT", "yes", r"WAYIN_BANANA_SPLIT is not a setting\. .*settings"),
        ("COLOUR", "red", r"WAYIN_COLOUR is not a setting\. `\./run settings`"),
        ("LOGLEVEL", "info", r"WAYIN_LOGLEVEL is not a setting\. Did you mean WAYIN_LOG_LEVEL\?"),
        ("PORT", "eighty", r"WAYIN_PORT must be a whole number from 1 to 65535, not 'eighty'\."),
        ("PORT", "²", "WAYIN_PORT must be a whole number"),
        ("TRUSTED_PROXIES", "-1", "WAYIN_TRUSTED_PROXIES must be a whole number"),
        ("ENVIRONMENT", "staging", "must be one of: development, production"),
        ("SEARCH_ENGINE", "magic", "must be one of: whoosh, memory"),
        ("DATABASE_URL", "mysql://someone:sesame@host/wayin", "must begin with sqlite:/// or postgresql://"),
        ("DATABASE_URL", "somewhere sesame", "must be an address such as"),
        ("SITE_ADDRESS", "wayin.example", "must be an address such as https://wayin.example"),
        ("CONTACT_ADDRESS", "nobody", "must be an email address"),
        ("MAIL_FROM", "Way In <us@wayin.example>", "must be an email address"),
        ("SMTP_URL", "mail.example", "must be an address such as smtp://"),
        ("SMTP_URL", "http://us:sesame@mail.example", "must be an address such as smtp://"),
        ("SMTP_URL", "smtp://us:sesame", "must be an address such as smtp://"),
        ("SMTP_URL", "smtp://us:open:sesame@mail.example:smtp", "must be an address such as smtp://"),
        ("SMTP_URL", "smtp://us@wayin.example:sesame@mail.example/path", "must be an address such as smtp://"),
        ("SMTP_URL", "smtp+plain://us:sesame@mail.example", "must not send a password unencrypted"),
        ("SECRET_KEY", "sesame", "must have at least 32 characters"),
    ],
)
def test_a_setting_that_cannot_be_read_is_one_sentence(name: str, text: str, sentence: str) -> None:
    with pytest.raises(Misconfigured, match=sentence) as refusal:
        read(**{name: text})
    assert "\n" not in str(refusal.value)
    assert "sesame" not in str(refusal.value)


def test_email_comes_from_the_sites_own_host() -> None:
    assert read().mail_from == "no-reply@localhost"
    assert read(HOST="::1").mail_from == "no-reply@localhost"
    assert read(SITE_ADDRESS="https://wayin.example:8443/ways").mail_from == "no-reply@wayin.example"
    assert read(MAIL_FROM="hello@wayin.example").mail_from == "hello@wayin.example"


@pytest.mark.parametrize(
    ("host", "is_private"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("::", False), ("wayin.test", False)],
)
def test_a_server_is_private_when_only_this_machine_reaches_it(host: str, is_private: bool) -> None:
    assert read(HOST=host).is_private is is_private
    assert not read(HOST=host, ENVIRONMENT="production", SECRET_KEY=LONG_SECRET).is_private


def test_production_asks_for_a_secret_and_development_does_not() -> None:
    with pytest.raises(Misconfigured, match="In production WAYIN_SECRET_KEY must be set"):
        read(ENVIRONMENT="production")
    assert read(ENVIRONMENT="production", SECRET_KEY=LONG_SECRET).in_production


def test_secrets_are_not_shown() -> None:
    settings = read(
        SECRET_KEY=LONG_SECRET,
        DATABASE_URL="postgres://someone:sesame@db.example/wayin",
        SMTP_URL="smtp://us:sesame@mail.example",
    )
    assert not any(LONG_SECRET in text or "sesame" in text for text in shown(settings).values())
    assert shown(settings)["WAYIN_DATABASE_URL"] == "postgresql+psycopg://someone:***@db.example/wayin"


def test_the_development_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    settings = read(DATA_FOLDER=str(tmp_path))
    made = secret_key(settings)
    assert len(made) >= 32
    assert secret_key(settings) == made
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_every_setting_says_its_default_and_its_why() -> None:
    for knob in describe():
        assert knob.default
        assert knob.why.endswith(".")


@pytest.mark.parametrize("content", [b"", b"short", b"\xff\xfe not text"])
def test_a_damaged_secret_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(content)
    with pytest.raises(Misconfigured, match="damaged"):
        secret_key(Settings.from_environment({"WAYIN_DATA_FOLDER": str(tmp_path)}))
