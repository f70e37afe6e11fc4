"""One typed place for every setting. What can't work is refused at start, in a sentence."""

import os
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

WEAK_SECRETS = {"secret", "changeme", "change-me", "password", "dev"}


class SettingsError(Exception):
    """The settings can't be used; `problems` says how to mend each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def _setting(doc: str, default: object = MISSING, secret: bool = False):
    metadata = {"doc": doc, "secret": secret}
    if default is MISSING:
        return field(metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of one installation; environment variables have the same names in capitals."""

    database_url: str = _setting("PostgreSQL as the role parasta_app, which owns no table.", secret=True)
    redis_url: str = _setting("Redis for waking the workers. Losing it loses nothing.", secret=True)
    smtp_url: str = _setting("Mail server: smtp://user:password@host:port.", secret=True)
    public_url: str = _setting("Address people use, such as https://parasta.example.")
    secret_key: str = _setting("Signs cookies. At least 32 random characters.", secret=True)
    seal_key: str = _setting("Opens the installation's sealing key. At least 16 characters.", secret=True)
    migration_database_url: str = _setting(
        "PostgreSQL as the role parasta_owner. Only `parasta migrate` needs it.", "", secret=True
    )
    parasta_home: Path = _setting("Folder for the sealing key and, in the demo, the servers.", Path(".parasta"))
    port: int = _setting("Port of the web process.", 8000)
    parasta_demo: bool = _setting("1 shows the cast instead of sign-in. Refused over https.", False)
    mail_from: str = _setting("Sender of mail.", "Parasta <parasta@parasta.invalid>")
    demo_mail_port: int = _setting("Port of the demo's mail sink; 0 outside the demo.", 0)
    lease_seconds: int = _setting("How long a delivery may run before another worker takes it.", 60)
    sweep_seconds: float = _setting("How often the scheduler looks for what was left.", 5.0)
    sign_in_minutes: int = _setting("How long a sign-in link and code are valid.", 10)
    session_hours: int = _setting("How long a sign-in lasts.", 12)
    log_level: str = _setting("DEBUG, INFO, WARNING or ERROR.", "INFO")
    log_json: bool = _setting("1 writes log lines as JSON.", True)

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
                problems.append(f"Correct {name}: {raw!r} is not a {getattr(f.type, '__name__', f.type)}.")
        if problems:
            raise SettingsError(problems)
        settings = cls(**values)  # type: ignore[arg-type]
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse weak or contradictory settings."""
        problems = []
        if len(self.secret_key) < 32 or self.secret_key.lower() in WEAK_SECRETS:
            problems.append("Make SECRET_KEY stronger: at least 32 random characters.")
        if len(self.seal_key) < 16 or self.seal_key.lower() in WEAK_SECRETS:
            problems.append("Make SEAL_KEY stronger: at least 16 characters.")
        if not self.database_url.startswith("postgresql"):
            problems.append("Point DATABASE_URL at PostgreSQL: postgresql+psycopg://user:password@host/name.")
        if urlsplit(self.public_url).scheme not in ("http", "https"):
            problems.append("Start PUBLIC_URL with https:// (or http:// on your own machine).")
        if self.parasta_demo and self.secure:
            problems.append("Unset PARASTA_DEMO: the demo lets anyone be anyone and is refused in production.")
        if problems:
            raise SettingsError(problems)

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


def _parse(kind: object, raw: str) -> object:
    if kind is bool:
        if raw.lower() not in ("1", "0", "true", "false", "yes", "no"):
            raise ValueError(raw)
        return raw.lower() in ("1", "true", "yes")
    return kind(raw)  # type: ignore[operator]
