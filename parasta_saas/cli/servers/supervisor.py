"""Keeps the processes of the demo running, and ends them in order. One thread, no process left behind."""

import http.client
import selectors
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Protocol

from parasta_saas.cli.servers.child import Child, Process
from parasta_saas.cli.servers.home import Home, ServerError

TICK = 0.2
SERVERS_EVERY = 2.0
READY_SECONDS = 120
LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0
MOST_FAILURES = 5
# make and timeout pass on a signal that the process group got already: that is one request, not two
ONE_REQUEST = 0.5


class Server(Protocol):
    """What the supervisor asks of PostgreSQL and Redis."""

    name: str

    def start(self) -> str: ...
    def stop(self) -> None: ...
    def running(self) -> bool: ...


class Supervisor:
    """Starts `processes` in order; `servers` run already. Stops all in the reverse order.

    `servers=[postgres, redis]`, `processes=[mail, scheduler, worker, web]` stops web first, PostgreSQL last.
    """

    def __init__(
        self,
        processes: Sequence[Process],
        home: Home,
        *,
        servers: Sequence[Server] = (),
        first_pause: float = 1.0,
    ) -> None:
        self.home = home
        self.first_pause = first_pause
        self.servers = servers
        self.children = [Child(process, home.log(process.name), self._tell) for process in processes]
        self._selector = selectors.DefaultSelector()
        self._asked_to_stop = 0
        self._asked_at = float("-inf")
        self._gave_up = False
        self._servers_asked_at = time.monotonic()

    def run(self, on_ready: Callable[[], None] = lambda: None) -> int:
        """Work until SIGINT, SIGTERM or SIGHUP; 0 after one, 1 when a process can't be kept running.

        `on_ready` is called once, when every `ready_url` answers. A second signal ends at once.
        """
        with self._signals():
            try:
                for child in self.children:
                    self._start(child)
                if self._wait_until_ready():
                    on_ready()
                while self._goes_on:
                    self._tick()
            finally:
                self._stop_all()
        return 1 if self._gave_up else 0

    # -- while it runs

    @property
    def _goes_on(self) -> bool:
        return not self._asked_to_stop and not self._gave_up

    def _wait_until_ready(self) -> bool:
        deadline = time.monotonic() + READY_SECONDS
        waiting = [child for child in self.children if child.process.ready_url]
        while waiting and self._goes_on:
            self._tick()
            waiting = [child for child in waiting if not _answers(child.process.ready_url)]
            if waiting and time.monotonic() > deadline:
                self._give_up(waiting[0], f"gave no answer in {READY_SECONDS} s")
        return self._goes_on

    def _tick(self) -> None:
        self._read(TICK)
        for child in self.children:
            self._look_after(child)
        if time.monotonic() - self._servers_asked_at > SERVERS_EVERY and self._goes_on:
            self._look_after_servers()

    def _look_after(self, child: Child) -> None:
        if not self._goes_on:
            return
        if child.popen is None and time.monotonic() >= child.start_again_at:
            self._start(child)
            return
        code = self._ended(child)
        if code is not None:
            self._plan_another_start(child, code)

    def _plan_another_start(self, child: Child, code: int) -> None:
        lived = time.monotonic() - child.started_at
        child.failures = 1 if lived > HEALTHY_AFTER else child.failures + 1
        reason = _reason(code)
        if child.failures >= MOST_FAILURES:
            self._give_up(child, f"{reason}, {child.failures} times in a row")
            return
        pause = min(self.first_pause * 2.0 ** (child.failures - 1), LONGEST_PAUSE)
        child.start_again_at = time.monotonic() + pause
        self._say(f"{child.process.name} {reason}; starting it again in {pause:g} s. Its log: {child.log}")

    def _look_after_servers(self) -> None:
        for server in self.servers:
            if not server.running():
                self._say(f"{server.name} ended; starting it again.")
                try:
                    server.start()
                except ServerError as problem:
                    self._say(str(problem))
        self._servers_asked_at = time.monotonic()

    def _give_up(self, child: Child, reason: str) -> None:
        self._gave_up = True
        self._say(f"{child.process.name} {reason}. Everything is stopped. Its log: {child.log}")

    # -- starting and stopping

    def _start(self, child: Child) -> None:
        child.start()
        self._selector.register(child.output, selectors.EVENT_READ, child)

    def _ended(self, child: Child) -> int | None:
        if child.popen is None or child.popen.poll() is None:
            return None
        self._forget(child.output)
        return child.ended()

    def _stop_all(self) -> None:
        for child in reversed(self.children):
            child.ask_to_stop()
            deadline = time.monotonic() + child.process.stop_seconds
            while child.popen is not None and self._ended(child) is None:
                if time.monotonic() > deadline or self._asked_to_stop > 1:
                    child.kill()
                self._read(0.05)
        for server in reversed(self.servers):
            server.stop()

    def _read(self, seconds: float) -> None:
        if not self._selector.get_map():
            time.sleep(seconds)
        for key, _mask in self._selector.select(seconds):
            if key.data.read():
                self._forget(key.fd)

    def _forget(self, output: int) -> None:
        if output in self._selector.get_map():
            self._selector.unregister(output)

    @contextmanager
    def _signals(self) -> Iterator[None]:
        def note(number: int, _frame: FrameType | None) -> None:
            if time.monotonic() - self._asked_at > ONE_REQUEST:
                self._asked_to_stop += 1
            self._asked_at = time.monotonic()

        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        before = {number: signal.signal(number, note) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    # -- words

    def _say(self, text: str) -> None:
        with self.home.log("supervisor").open("a") as log:
            log.write(f"{time.strftime('%Y-%m-%dT%H:%M:%S')} {text}\n")
        self._tell(text)

    @staticmethod
    def _tell(text: str) -> None:
        try:
            print(text, flush=True)
        except OSError:
            return  # the terminal is gone; the log has it


def _answers(url: str | None) -> bool:
    """Whether a server answers there, with anything but an error of its own. No proxy is asked."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(str(url), timeout=2):
            return True
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except (OSError, http.client.HTTPException):
        return False


def _reason(code: int) -> str:
    return f"was ended by signal {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
