"""Settings: what can't work is told in one sentence each, and no secret is ever shown."""

import os
import subprocess
import sys
from dataclasses import MISSING, fields, replace
from pathlib import Path

import pytest

from parasta_saas.core.settings import Settings, SettingsError

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "DATABASE_URL": "postgresql+psycopg://parasta_app:pg-hush-1@db.example/parasta",
    "REDIS_URL": "redis://:redis-hush-2@redis.example/0",
    "SMTP_URL": "smtp://parasta:smtp-hush-3@mail.example:587",
    "PUBLIC_URL": "https://parasta.example",
    "SECRET_KEY": "cookie-hush-4-0123456789-abcdefghij",
    "SEAL_KEY": "seal-hush-5-0123456789",
    "MIGRATION_DATABASE_URL": "postgresql+psycopg://parasta_owner:pg-hush-6@db.example/parasta",
}
REQUIRED = [f.name.upper() for f in fields(Settings) if f.default is MISSING]


def problems(**changes: str) -> list[str]:
    """The sentences for the good settings with these changes; none when they can be used."""
    try:
        Settings.from_env({**GOOD, **changes})
    except SettingsError as refused:
        return refused.problems
    return []


def test_whole_settings_are_taken():
    assert problems() == []
    assert REQUIRED == ["DATABASE_URL", "REDIS_URL", "SMTP_URL", "PUBLIC_URL", "SECRET_KEY", "SEAL_KEY"]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", ["", "   "])
def test_each_missing_setting_says_what_it_is_for(name, value):
    (sentence,) = problems(**{name: value})
    assert sentence.startswith(f"Set {name}: ") and sentence.endswith(".")


def test_everything_that_is_missing_is_said_at_once():
    with pytest.raises(SettingsError) as refused:
        Settings.from_env({})
    assert [s.split(":")[0] for s in refused.value.problems] == [f"Set {name}" for name in REQUIRED]


WEAK = [
    ("SECRET_KEY", "change-me", "at least 32 random characters"),
    ("SECRET_KEY", "s" * 40, "at least 32 random characters"),
    ("SECRET_KEY", "changeme" * 5, "at least 32 random characters"),
    ("SEAL_KEY", "short", "at least 16 random characters"),
    ("SEAL_KEY", "k" * 20, "at least 16 random characters"),
    ("DATABASE_URL", "sqlite:///parasta.db", "postgresql+psycopg://"),
    ("DATABASE_URL", "postgresql+asyncpg://a@b/c", "postgresql+psycopg://"),
    ("REDIS_URL", "memcached://localhost", "redis://"),
    ("SMTP_URL", "mail.example:25", "smtp://"),
    ("PUBLIC_URL", "parasta.example", "https://"),
    ("PUBLIC_URL", "http://parasta.example", "https://"),
    ("PUBLIC_URL", "ftp://localhost", "https://"),
    ("PORT", "eight", "a whole number"),
    ("PORT", "70000", "between 1 and 65535"),
    ("LEASE_SECONDS", "0", "more than 0"),
    ("SWEEP_SECONDS", "-1", "more than 0"),
    ("SWEEP_SECONDS", "often", "a number"),
    ("SESSION_HOURS", "1.5", "a whole number"),
    ("LOG_JSON", "perhaps", "1 or 0"),
    ("LOG_LEVEL", "LOUD", "DEBUG, INFO"),
]


@pytest.mark.parametrize(("name", "value", "way"), WEAK)
def test_each_weak_setting_says_how_to_mend_it(name, value, way):
    (sentence,) = problems(**{name: value})
    assert name in sentence and way in sentence and sentence.endswith(".")


def test_every_weakness_is_said_at_once():
    assert len(problems(SECRET_KEY="x", SEAL_KEY="y", PORT="0", LOG_LEVEL="LOUD")) == 4


def test_the_demo_is_refused_over_https():
    (sentence,) = problems(PARASTA_DEMO="1")
    assert sentence.startswith("Unset PARASTA_DEMO: ")
    assert problems(PARASTA_DEMO="0") == []
    assert problems(PARASTA_DEMO="1", PUBLIC_URL="http://localhost:8000") == []


@pytest.mark.parametrize("address", ["http://parasta.example", "http://10.0.0.7:8000"])
def test_the_demo_is_refused_where_others_reach_it(address):
    assert problems(PARASTA_DEMO="1", PUBLIC_URL=address) != []


def test_printed_settings_show_no_secret():
    shown = repr(Settings.from_env(GOOD))
    assert "hush" not in shown and "parasta.example" in shown


def test_a_refusal_shows_no_secret():
    weak = {"SECRET_KEY": "hush", "SEAL_KEY": "hush", "DATABASE_URL": "mysql://a:hush@b/c"}
    weak |= {"REDIS_URL": "http://:hush@b", "SMTP_URL": "http://a:hush@b"}
    assert len(problems(**weak)) == 5 and "hush" not in "".join(problems(**weak))


def test_settings_can_not_change_while_the_service_runs():
    settings = Settings.from_env(GOOD)
    with pytest.raises(AttributeError):
        settings.secret_key = "other"  # type: ignore[misc]
    assert replace(settings, port=9000).port == 9000


def run(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": os.environ["PATH"], **GOOD, **changes}
    return subprocess.run([sys.executable, *words], env=env, cwd=ROOT, capture_output=True, text=True, timeout=60)


def test_a_command_ends_with_code_2_and_the_sentences_alone():
    ended = run("-m", "parasta_saas.cli", "worker", REDIS_URL="", SEAL_KEY="short")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["Set REDIS_URL: Redis for waking the workers. Losing it loses nothing."]
    assert "hush" not in ended.stdout + ended.stderr


def test_the_database_commands_name_what_they_lack():
    ended = run("-m", "parasta_saas.cli", "init-db", MIGRATION_DATABASE_URL="")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == ["Set SUPERUSER_DATABASE_URL.", "Set MIGRATION_DATABASE_URL."]


def test_the_web_process_ends_with_the_sentence_alone():
    ended = run("-c", "import wsgi", SECRET_KEY="hush")
    assert ended.stderr.splitlines() == ["Make SECRET_KEY stronger: at least 32 random characters."]
    assert ended.returncode == 3, "gunicorn's own code for a worker that can't start: it stops and doesn't try again"
