"""Where PostgreSQL's files are and who runs it: the user under home, or `nobody` under /var/lib for root."""

import hashlib
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from parasta_saas.cli.servers.home import Home, ServerError, write_private

FOR_ROOT = Path("/var/lib/parasta")


class RunAs(TypedDict, total=False):
    """Arguments of subprocess that start a program as another user; none for an ordinary user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Place:
    """PostgreSQL refuses to run as root, and `nobody` can't reach below a 0700 folder: hence two places."""

    folder: Path
    run_as: RunAs
    pointer: Path | None = None

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def prepare(self) -> None:
        """Make the folder, closed to others. Parent folders keep their modes."""
        if self.pointer is None:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            return
        self._refuse_what_another_made()
        FOR_ROOT.mkdir(mode=0o755, parents=True, exist_ok=True)
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.give(self.folder)
        self.pointer.write_text(str(self.folder))

    def give(self, path: Path) -> None:
        """Make the user who runs PostgreSQL the owner of `path`."""
        if self.run_as:
            os.chown(path, self.run_as["user"], self.run_as["group"])

    def write(self, name: str, text: str) -> Path:
        """A file that only the user who runs PostgreSQL may read."""
        file = self.folder / name
        write_private(file, text)
        self.give(file)
        return file

    def remove(self) -> None:
        """Delete everything that PostgreSQL has of this home."""
        shutil.rmtree(self.folder, ignore_errors=not self.folder.exists())
        if self.pointer:
            self.pointer.unlink(missing_ok=True)

    def _refuse_what_another_made(self) -> None:
        assert self.pointer is not None
        home = self.pointer.parent
        if (home / "postgres/data").exists():
            raise ServerError(f"{home} was made by an ordinary user. Run as that user, or choose another PARASTA_HOME.")
        kept = self.pointer.read_text() if self.pointer.exists() else str(self.folder)
        if kept != str(self.folder):
            raise ServerError(
                f"{home} was moved or copied: its data is in {kept}. Put it back, "
                f"or delete {self.pointer} to begin with an empty database."
            )


def place_of(home: Home) -> Place:
    """The place for `home` and the user who asks."""
    if os.geteuid() != 0:
        return Place(home.path / "postgres", {})
    nobody = pwd.getpwnam("nobody")
    name = hashlib.sha256(os.fsencode(home.path)).hexdigest()[:16]
    run_as: RunAs = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    return Place(FOR_ROOT / name, run_as, home.path / "postgres.place")
