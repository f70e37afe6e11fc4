"""This world as an installation: its settings in the environment, its commands as processes of their own."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PARASTA = (sys.executable, "-m", "parasta_saas.cli")


def environment(world, **changes: str) -> dict[str, str]:
    """What the service's environment file would hold; nothing of the caller's own variables but PATH."""
    told = {f.name.upper(): getattr(world.settings, f.name) for f in fields(world.settings)}
    as_text = {name: str(int(value)) if isinstance(value, bool) else str(value) for name, value in told.items()}
    return {"PATH": os.environ["PATH"], **as_text, "LOG_LEVEL": "WARNING", **changes}


def ended(words: tuple[str, ...], env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A command run to its end; two minutes at most."""
    return subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, timeout=120)


@contextmanager
def running(words: tuple[str, ...], env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process with a session of its own, of which nothing is left afterwards."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            words, env=env, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        yield process
    finally:
        kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, at once. By session: a child of RQ's worker has its own group."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            session = int(stat.read_text().rpartition(")")[2].split()[3])
            if session == process.pid:
                os.kill(int(stat.parent.name), signal.SIGKILL)
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
    process.wait()


def wait_until(reached: Callable[[], object], seconds: float = 30) -> bool:
    """Whether it came true in time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if reached():
            return True
        time.sleep(0.05)
    return False
