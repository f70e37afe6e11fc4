"""Facts about other processes, and ways to end them. Reads /proc on Linux, asks `ps` elsewhere."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def is_alive(pid: int, *marks: str) -> bool:
    """Whether `pid` runs and has one of `marks` in its command line: numbers are used again for others.

    A dead one that its parent has not reaped yet is not alive.
    """
    return any(mark in _command_line(pid) for mark in marks)


def end(pid: int, marks: Iterable[str], steps: Iterable[tuple[signal.Signals, float]]) -> None:
    """Send each signal in turn and wait its seconds, until the process with one of `marks` is gone."""
    for number, seconds in steps:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        if wait_until(lambda: not is_alive(pid, *marks), seconds):
            return


def end_session(leader: int, number: signal.Signals) -> None:
    """Signal what is left of the session that `leader` began, also processes with a group of their own."""
    for pid in _session_of(leader):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def die_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends the child `number` when the thread that started it ends (Linux)."""
    parent = os.getpid()

    def ask_kernel() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


def wait_until(done: Callable[[], bool], seconds: float, *, every: float = 0.02) -> bool:
    """Ask `done` again and again; False when `seconds` have passed without a yes."""
    deadline = time.monotonic() + seconds
    while not done():
        if time.monotonic() >= deadline:
            return False
        time.sleep(every)
    return True


def _session_of(leader: int) -> list[int]:
    if sys.platform != "linux":
        asked = subprocess.run(["ps", "-A", "-o", "pid=,sess="], capture_output=True, text=True)
        rows = (line.split() for line in asked.stdout.splitlines())
        return [int(pid) for pid, session in rows if session == str(leader)]
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return [pid for pid in pids if _stat(pid)[3:4] == [str(leader)] and _stat(pid)[:1] != ["Z"]]


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, group, session, …; [] when it is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text[text.rindex(")") + 2 :].split()


def _command_line(pid: int) -> str:
    """Program and arguments; empty for a process that is gone or dead and not reaped (a zombie has none)."""
    if sys.platform != "linux":
        asked = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True)
        return asked.stdout
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return ""
