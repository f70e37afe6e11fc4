"""A real SMTP server that keeps what it gets in a folder: the demo's and the tests' post office."""

import email
import email.policy
import time
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True)
class Letter:
    """One mail as it arrived."""

    key: str
    to: str
    subject: str
    sent: str
    text: str
    html: str
    language: str
    message_id: str


class Keeper:
    """aiosmtpd's handler: one file per Message-ID, so that a repeated sending is one mail."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        name = "".join(c for c in message.get("Message-ID", str(time.time_ns())) if c.isalnum() or c in "-._")
        known = list(self.folder.glob(f"*_{name}.eml"))
        target = known[0] if known else self.folder / f"{time.time_ns()}_{name}.eml"
        building = target.with_suffix(".part")
        building.write_bytes(envelope.content)
        building.rename(target)
        return "250 Message accepted for delivery"


def start(folder: Path, port: int, host: str = "127.0.0.1") -> Controller:
    """Serve in a thread of this process; `.stop()` ends it."""
    controller = Controller(Keeper(folder), hostname=host, port=port, data_size_limit=20 * 1024 * 1024)
    controller.start()
    return controller


def letters(folder: Path, limit: int = 200) -> list[Letter]:
    """The newest mails first."""
    files = sorted(folder.glob("*.eml"), reverse=True)[:limit] if folder.exists() else []
    return [_letter(f) for f in files]


def _letter(file: Path) -> Letter:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    when = datetime.fromtimestamp(int(file.name.split("_")[0]) / 1e9)
    return Letter(
        key=file.stem, to=str(message["To"]), subject=str(message["Subject"]), sent=f"{when:%d.%m.%Y %H.%M}",
        text=plain.get_content() if plain else "", html=html.get_content() if html else "",
        language=str(message.get("Content-Language", "fi")), message_id=str(message["Message-ID"]),
    )  # fmt: skip
