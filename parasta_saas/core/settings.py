"""One typed place for every setting. What can't work is refused at start, in a sentence."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

from . import failpoints

KINDS: dict[object, str] = {int: "a whole number", float: "a number", bool: "1 or 0"}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


class SettingsError(Exception):
    """The settings can't be used; `problems` says how to mend each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _setting(doc: str, default: object = MISSING, secret: bool = False):
    """One setting. A secret is left out when settings are printed."""
    metadata = {"doc": doc, "secret": secret}
    if default is MISSING:
        return field(metadata=metadata, repr=not secret)
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of one installation; environment variables have the same names in capitals."""

    database_url: str = _setting("PostgreSQL as the role parasta_app, which owns no table.", secret=True)
    redis_url: str = _setting("Redis for waking the workers. Losing it loses nothing.", secret=True)
    smtp_url: str = _setting("Mail server: smtp://user:password@host:port.", secret=True)
    public_url: str = _setting("Address people use, such as https://parasta.example, without a slash at the end.")
    secret_key: str = _setting("Signs cookies. At least 32 random characters.", secret=True)
    seal_key: str = _setting("Opens the installation's sealing key. At least 16 characters.", secret=True)
    migration_database_url: str = _setting(
        "PostgreSQL as the role parasta_owner. Only `parasta migrate` needs it.", "", secret=True
    )
    parasta_home: Path = _setting("Folder for the sealing key and, in the demo, the servers.", Path(".parasta"))
    port: int = _setting("Port of the web process.", 8000)
    proxy_hops: int = _setting("How many proxies in front say who asks (X-Forwarded-For). 0 believes none.", 0)
    parasta_demo: bool = _setting("1 shows the cast instead of sign-in. Refused over https.", False)
    mail_from: str = _setting("Sender of mail.", "Parasta <parasta@parasta.invalid>")
    demo_mail_port: int = _setting("Port of the demo's mail sink; 0 outside the demo.", 0)
    lease_seconds: int = _setting("How long a delivery may run before another worker takes it.", 30)
    sweep_seconds: float = _setting("How often the scheduler looks for what was left.", 5.0)
    sign_in_minutes: int = _setting("How long a sign-in link and code are valid.", 10)
    session_hours: int = _setting("How long a sign-in lasts.", 12)
    log_level: str = _setting("DEBUG, INFO, WARNING or ERROR.", "INFO")
    log_json: bool = _setting("1 writes log lines as JSON.", True)
    parasta_failpoint: str = _setting("Tests alone: number of the place where a worker dies. Refused over https.", "")

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read the environment; raises SettingsError with one sentence per problem."""
        env = os.environ if env is None else env
        values: dict[str, object] = {}
        problems: list[str] = []
        for f in fields(cls):
            name, raw = f.name.upper(), env.get(f.name.upper(), "").strip()
            if not raw:
                if f.default is MISSING:
                    problems.append(f"Set {name}: {f.metadata['doc']}")
                continue
            try:
                values[f.name] = _parse(f.type, raw)
            except ValueError:
                problems.append(f"Correct {name}: {raw!r} is not {KINDS[f.type]}.")
        if problems:
            raise SettingsError(problems)
        settings = cls(**values)  # type: ignore[arg-type]
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse weak or contradictory settings."""
        problems = [sentence for wrong, sentence in self._judged() if wrong]
        if problems:
            raise SettingsError(problems)

    def _judged(self) -> list[tuple[bool, str]]:
        """(what is wrong, how to mend it); never with the value of a secret."""
        return [
            (self._weak(self.secret_key, 32), "Make SECRET_KEY stronger: at least 32 random characters."),
            (self._weak(self.seal_key, 16), "Make SEAL_KEY stronger: at least 16 random characters."),
            (
                _scheme(self.database_url) not in ("postgresql", "postgresql+psycopg"),
                "Point DATABASE_URL at PostgreSQL: postgresql+psycopg://user:password@host/name.",
            ),
            (_scheme(self.redis_url) not in ("redis", "rediss"), "Point REDIS_URL at Redis: redis://:password@host/0."),
            (_scheme(self.smtp_url) not in ("smtp", "smtps"), "Start SMTP_URL with smtp:// or smtps://."),
            (
                not self.secure and not self._on_own_machine(),
                "Start PUBLIC_URL with https:// (or http://localhost on your own machine).",
            ),
            (
                self.parasta_demo and self.secure,
                "Unset PARASTA_DEMO: the demo lets anyone be anyone and is refused in production.",
            ),
            (not 0 < self.port < 65536, "Choose a PORT between 1 and 65535."),
            (min(self._periods()) <= 0, "LEASE_SECONDS, SWEEP_SECONDS, SIGN_IN_MINUTES, SESSION_HOURS: more than 0."),
            (self.log_level not in LOG_LEVELS, f"Choose LOG_LEVEL from {', '.join(LOG_LEVELS)}."),
            (
                self.parasta_failpoint != "" and (self.secure or not _is_point(self.parasta_failpoint)),
                "Unset PARASTA_FAILPOINT: it kills workers in tests and is refused in production.",
            ),
        ]

    def _weak(self, secret: str, least: int) -> bool:
        """Too short; or, for a service that others reach, the same few characters again and again."""
        repeats = (secret + secret).find(secret, 1) < len(secret)
        return len(secret) < least or (self.secure and repeats)

    def _on_own_machine(self) -> bool:
        url = urlsplit(self.public_url)
        return url.scheme == "http" and url.hostname in OWN_MACHINE

    def _periods(self) -> tuple[float, ...]:
        return self.lease_seconds, self.sweep_seconds, self.sign_in_minutes, self.session_hours

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


def _is_point(setting: str) -> bool:
    try:
        return bool(failpoints.parsed(setting))
    except ValueError:
        return False


def _scheme(url: str) -> str:
    return urlsplit(url).scheme


def _parse(kind: object, raw: str) -> object:
    if kind is bool:
        if raw.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise ValueError(raw)
        return raw.lower() in ("1", "true", "yes")
    return kind(raw)  # type: ignore[operator]
