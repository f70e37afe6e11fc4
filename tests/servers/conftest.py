"""Real servers in a home of their own; nothing here touches the servers of the other tests."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parasta_saas.cli.servers import Home, Postgres, Redis


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home.open(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def postgres(home: Home) -> Iterator[Postgres]:
    server = Postgres(home, fast=True)
    yield server
    server.destroy()


@pytest.fixture(scope="module")
def redis(home: Home) -> Iterator[Redis]:
    server = Redis(home)
    yield server
    server.destroy()


@pytest.fixture
def kill_9() -> Callable[[Path], None]:
    """Kills our child whose number is the first word of a file, and leaves it as a zombie."""

    def kill(file: Path) -> None:
        pid = int(file.read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)

    return kill
