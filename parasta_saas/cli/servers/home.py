"""PARASTA_HOME: the folder of a demo, with its passwords, ports, locks, logs and (for a user) its data."""

import fcntl
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO


class ServerError(Exception):
    """A server can't do its work here; the text is a sentence that says what to do."""


@dataclass(frozen=True)
class Home:
    """Open one with `Home.open(path)`."""

    path: Path

    @classmethod
    def open(cls, path: Path | str) -> "Home":
        """The folder at `path`, made with mode 0700 when new. ServerError if it is another user's."""
        folder = Path(path).expanduser().resolve()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = folder.stat().st_uid
        if os.geteuid() not in (0, owner):
            raise ServerError(
                f"{folder} belongs to another user (number {owner}). Set PARASTA_HOME to a folder of your own."
            )
        return cls(folder)

    def secret(self, name: str) -> str:
        """The password of that name, made on first use and kept readable for its owner alone."""
        file = self.path / f"{name}.password"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(24))
        return file.read_text()

    def port(self, name: str) -> int:
        """The port that `name` used last if it is free, else a free one; remembered."""
        file = self.path / f"{name}.port"
        kept = file.read_text() if file.exists() else ""
        if kept.isdigit() and port_is_free(int(kept)):
            return int(kept)
        port = _any_free_port()
        file.write_text(str(port))
        return port

    def log(self, name: str) -> Path:
        """Where the log of `name` is written."""
        folder = self.path / "logs"
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder / f"{name}.log"

    @contextmanager
    def lock(self, name: str, *, seconds: float = 120) -> Iterator[None]:
        """Hold the lock `name` across processes; ServerError when another process keeps it over `seconds`."""
        with (self.path / f"{name}.lock").open("a+") as file:
            if not _taken(file, seconds):
                raise ServerError(f"Another process (number {_holder(file)}) is at work in {self.path}: {name}.")
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield


def write_private(file: Path, text: str) -> None:
    """Write `text` to a file that only its owner may read, complete or not at all."""
    building = file.with_name(file.name + ".new")
    with os.fdopen(os.open(building, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(text)
    building.rename(file)


def port_is_free(port: int) -> bool:
    """Whether a server could listen on 127.0.0.1:`port` now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _taken(file: IO[str], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"
