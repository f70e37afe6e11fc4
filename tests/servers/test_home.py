"""PARASTA_HOME: passwords, ports and locks."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from parasta_saas.cli.servers import Home, ServerError, port_is_free, reset
from parasta_saas.cli.servers import place as places

HOLDS_A_LOCK = """
import sys
from parasta_saas.cli.servers import Home
with Home.open(sys.argv[1]).lock("demo"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    home = Home.open(tmp_path / "new")
    assert stat.S_IMODE(home.path.stat().st_mode) == 0o700


def test_another_users_home_is_refused_with_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = tmp_path.stat().st_uid
    monkeypatch.setattr(os, "geteuid", lambda: owner + 1)
    with pytest.raises(ServerError, match=rf"belongs to another user \(number {owner}\)"):
        Home.open(tmp_path)


def test_a_secret_is_made_once(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    assert home.secret("postgres") == home.secret("postgres") != home.secret("redis")


def test_a_port_is_kept_until_another_program_takes_it(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    port = home.port("web")
    assert home.port("web") == port
    with socket.create_server(("127.0.0.1", port)):
        assert not port_is_free(port)
        assert home.port("web") != port


def test_a_held_lock_is_refused_with_the_holders_number_and_freed_by_its_death(tmp_path: Path) -> None:
    home = Home.open(tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_A_LOCK, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    with holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        with pytest.raises(ServerError, match=str(holder.pid)), home.lock("demo", seconds=0):
            pass
        with pytest.raises(ServerError, match="at work"):
            reset(home)
        holder.kill()
        holder.wait()
    with home.lock("demo", seconds=5):
        assert (tmp_path / "demo.lock").read_text() == str(os.getpid())
    reset(home)
    assert [left.name for left in tmp_path.iterdir() if left.is_file()] == []


def test_for_root_a_moved_home_is_named_and_not_silently_emptied(tmp_path: Path) -> None:
    pointer = tmp_path / "postgres.place"
    pointer.write_text("/var/lib/parasta/elsewhere")
    run_as: places.RunAs = {"user": 65534, "group": 65534, "extra_groups": []}
    with pytest.raises(ServerError, match="was moved or copied"):
        places.Place(tmp_path / "place", run_as, pointer).prepare()
