"""One process that the supervisor keeps: started in a session of its own, its words read from a pipe."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parasta_saas.cli.servers.processes import die_with_parent, end_session

LOG_BYTES = 5_000_000
PROBLEM = re.compile(r"\b(ERROR|CRITICAL|FATAL)\b|^Traceback ")


@dataclass(frozen=True)
class Process:
    """What to run. `ready_url` answers below 500 when it may be used; `stop_seconds` is its time to end."""

    name: str
    argv: Sequence[str | Path]
    env: Mapping[str, str] | None = None
    ready_url: str | None = None
    stop_seconds: float = 10


class Child:
    """A `Process` that runs, ended or waits to be started again."""

    def __init__(self, process: Process, log: Path, tell: Callable[[str], None]) -> None:
        self.process = process
        self.log = log
        self.tell = tell
        self.popen: subprocess.Popen[bytes] | None = None
        self.started_at = self.start_again_at = 0.0
        self.failures = 0
        self._unfinished = b""

    def start(self) -> None:
        """Start it. A big log is put aside as `<name>.log.1` first."""
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_name(self.log.name + ".1"))
        self.popen = subprocess.Popen(
            [str(part) for part in self.process.argv],
            env=None if self.process.env is None else dict(self.process.env),
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
        )  # fmt: skip
        os.set_blocking(self.output, False)
        self.started_at = time.monotonic()

    @property
    def output(self) -> int:
        """The pipe to read from."""
        assert self.popen is not None and self.popen.stdout is not None
        return self.popen.stdout.fileno()

    def read(self) -> bool:
        """Take what it has written: all of it into its log, problems to the console too. True at the end."""
        while self.popen is not None:
            try:
                chunk = os.read(self.output, 65536)
            except BlockingIOError:
                return False
            if not chunk:
                break
            *lines, self._unfinished = (self._unfinished + chunk).split(b"\n")
            self._keep(lines)
        return True

    def ended(self) -> int | None:
        """The exit code when it has ended (what it left running is ended too), else None."""
        if self.popen is None or self.popen.poll() is None:
            return None
        end_session(self.popen.pid, signal.SIGKILL)
        self.read()
        self._keep([self._unfinished] if self._unfinished else [])
        self._unfinished = b""
        code = self.popen.returncode
        if self.popen.stdout is not None:
            self.popen.stdout.close()
        self.popen = None
        return code

    def ask_to_stop(self) -> None:
        """Only the leader is asked: it knows how to end its own children."""
        if self.popen is not None:
            self.popen.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the whole session at once."""
        if self.popen is not None:
            end_session(self.popen.pid, signal.SIGKILL)

    def _keep(self, lines: Sequence[bytes]) -> None:
        now = time.strftime("%Y-%m-%dT%H:%M:%S")
        with self.log.open("ab") as log:
            for line in lines:
                log.write(now.encode() + b" " + line + b"\n")
        for line in lines:
            if PROBLEM.search(line.decode(errors="replace")):
                self.tell(f"{self.process.name} | {line.decode(errors='replace')}")
