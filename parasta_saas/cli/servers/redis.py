"""A Redis of one's own for demo and tests, with password, append-only file and a remembered port."""

import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import redis

from parasta_saas.cli.servers.binaries import redis_program
from parasta_saas.cli.servers.home import Home, ServerError, write_private
from parasta_saas.cli.servers.processes import die_with_parent, end, is_alive, wait_until

START_SECONDS = 30
STOP_STEPS = ((signal.SIGTERM, 10.0), (signal.SIGKILL, 5.0))
ATTACH_SECONDS = 10


class Redis:
    """The server of one home. Ends with the process that started it, also when that one is killed."""

    name = "redis"

    def __init__(self, home: Home, *, fast: bool = False) -> None:
        self.home = home
        self.folder = home.path / "redis"
        self.append_only = "no" if fast else "yes"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start it, or attach to it when it runs; returns its URL. Raises ServerError."""
        with self.home.lock(self.name):
            wait_until(lambda: self._pid() is None or self.running(), ATTACH_SECONDS)
            port = self._running_port() or self._launch_until_ready()
        return self.url(port)

    def stop(self) -> None:
        """End it after it has written its file. No error when it does not run."""
        with self.home.lock(self.name):
            self._stop()

    def destroy(self) -> None:
        """Stop it and delete its data."""
        with self.home.lock(self.name):
            self._stop()
            for file in sorted(self.folder.rglob("*"), reverse=True):
                file.rmdir() if file.is_dir() else file.unlink()

    def running(self) -> bool:
        """Whether it runs and answers."""
        return self._running_port() is not None

    def url(self, port: int) -> str:
        """URL with password, database 0."""
        return f"redis://:{quote(self.home.secret(self.name))}@127.0.0.1:{port}/0"

    # -- starting

    def _launch_until_ready(self) -> int:
        self._stop()  # one that is hung answers nobody and still holds the file
        program, deadline = redis_program(), time.monotonic() + START_SECONDS
        while True:
            said = self._launch(program, self.home.port(self.name))
            port = self._running_port()
            if port is not None:
                return port
            if time.monotonic() > deadline or "Address already in use" not in said:
                raise ServerError(f"Redis did not start ({self.home.log(self.name)}): {said[-800:]}")

    def _launch(self, program: Path, port: int) -> str:
        """Start the process and wait until it answers or ended; returns what it wrote to its log."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        write_private(self.folder / "redis.conf", self._configuration(port))
        with self.home.log(self.name).open("ab") as log:
            written = log.tell()
            child = self._child = subprocess.Popen(
                [program, self.folder / "redis.conf"], cwd=self.folder,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGTERM),
            )  # fmt: skip
        (self.folder / "redis.pid").write_text(str(child.pid))
        wait_until(lambda: child.poll() is not None or self.running(), START_SECONDS)
        return self.home.log(self.name).read_bytes()[written:].decode(errors="replace")

    def _configuration(self, port: int) -> str:
        """Given in a private file: a password among the arguments could be read in the list of processes."""
        return "\n".join(
            [
                f"port {port}",
                "bind 127.0.0.1",
                f"requirepass {self.home.secret(self.name)}",
                f'dir "{self.folder}"',
                f"appendonly {self.append_only}",
                'save ""',
                "maxmemory-policy noeviction",
                "",
            ]
        )

    # -- what runs

    def _running_port(self) -> int | None:
        """The port, when the server there takes our password and has our process number."""
        file = self.home.path / "redis.port"
        if self._pid() is None or not file.exists():
            return None
        port = int(file.read_text())
        client = redis.Redis.from_url(self.url(port), socket_timeout=2, socket_connect_timeout=2, retry=None)
        try:
            with client:
                return port if client.info("server")["process_id"] == self._pid() else None
        except redis.RedisError:  # not there yet, loading its file, or another program on that port
            return None

    def _pid(self) -> int | None:
        file = self.folder / "redis.pid"
        number = file.read_text() if file.exists() else ""
        return int(number) if number.isdigit() and is_alive(int(number), *self._marks()) else None

    def _marks(self) -> list[str]:
        """How the process list shows it: first by its file, then by the title that Redis gives itself."""
        port = self.home.path / "redis.port"
        titled = [f"redis-server 127.0.0.1:{port.read_text()}"] if port.exists() else []
        return [str(self.folder / "redis.conf"), *titled]

    def _stop(self) -> None:
        pid = self._pid()
        if pid is not None:
            end(pid, self._marks(), STOP_STEPS)
        if self._child is not None:
            self._child.wait()
            self._child = None
        (self.folder / "redis.pid").unlink(missing_ok=True)
