"""What processes of a benchmark cost: processor seconds and memory, read from /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """One line of /proc: `own` and `reaped` are processor seconds, of itself and of children that have ended."""

    pid: int
    parent: int
    session: int
    own: float
    reaped: float


def all_processes() -> list[Process]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        times = [int(word) / TICKS for word in words[11:15]]
        own, reaped = sum(times[:2]), sum(times[2:])
        found.append(Process(int(stat.parent.name), int(words[1]), int(words[3]), own, reaped))
    return found


def seconds_of(parent: int) -> float:
    """Processor seconds of a process and its children, living or reaped."""
    everyone = all_processes()
    mine = [p for p in everyone if p.pid == parent]
    return sum(p.own + p.reaped for p in mine) + sum(p.own for p in everyone if p.parent == parent)


def largest(session: int) -> int:
    """The most memory (VmHWM, resident) that any living process of a session has had, in MB."""
    sizes = [0]
    for process in all_processes():
        if process.session == session:
            try:
                status = Path(f"/proc/{process.pid}/status").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue
            sizes += [int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM")]
    return max(sizes)


def parent_of(pid: int) -> int:
    return next(process.parent for process in all_processes() if process.pid == pid)
