"""Numbered places of the fan-out where a test kills the worker. Armed by a setting that production refuses.

`PARASTA_FAILPOINT=7` kills at the first pass of point 7 in a worker or its children, `7:3` at the third. What dies is
the worker and the child that runs its job, both by SIGKILL: nothing can be tidied up, as when a machine loses power.
"""

import mmap
import os
import signal
from enum import IntEnum


class Point(IntEnum):
    """Before and after every boundary of a transaction on the way of a release to a provider and its mail."""

    MESSAGES_READ = 1  # dispatch: facts are locked, no delivery is written
    DELIVERIES_WRITTEN = 2  # dispatch: written, not committed
    DELIVERIES_COMMITTED = 3  # dispatch: committed, Redis knows nothing
    HANDED_OVER = 4  # dispatch: Redis knows
    JOB_BEGUN = 5  # deliver: the job has left the queue, nothing is claimed
    CLAIMED = 6  # deliver: attempts are counted and committed
    BEGUN = 7  # deliver: the row of the delivery is locked, the handler has not run
    OFFERED = 8  # offer: the update and its items are written, not committed
    FINISHED = 9  # deliver: handler and mark are done, not committed
    COMMITTED = 10  # deliver: effect, facts and mark are committed, nobody has heard of the facts
    MAIL_QUEUED = 11  # mail: the row is written, not committed
    MAIL_TAKEN = 12  # mail: the server has the letter, the mark is not committed


_armed, _worker = 0, 0
_left = mmap.mmap(-1, 2)  # passes to go; memory that a worker shares with its children, of which one lives at a time


def parsed(setting: str) -> tuple[int, int]:
    """(number of the point, how many passes until it kills); ValueError for anything else."""
    number, _, passes = setting.partition(":")
    point, count = Point(int(number)), int(passes or 1)
    if not 0 < count < 1000:
        raise ValueError(setting)
    return int(point), count


def arm(setting: str) -> None:
    """Make this process, and what it forks, die at a point; "" disarms."""
    global _armed
    _armed, passes = parsed(setting) if setting else (0, 0)
    _left[:] = passes.to_bytes(2)


def in_child() -> None:
    """Remember the worker that this child works for: it dies, too."""
    global _worker
    _worker = os.getppid()


def reached(point: Point) -> None:
    """Pass a point; nothing happens unless it is the armed one and its time has come."""
    if point != _armed:
        return
    left = max(0, int.from_bytes(_left[:]) - 1)
    _left[:] = left.to_bytes(2)
    if left == 0:
        for process in (_worker, os.getpid()):
            if process > 1:
                os.kill(process, signal.SIGKILL)
