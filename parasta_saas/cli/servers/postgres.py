"""A PostgreSQL of one's own for demo and tests: made, started, attached to, stopped, destroyed."""

import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

from parasta_saas.cli.servers.binaries import PostgresPrograms, postgres_programs
from parasta_saas.cli.servers.home import Home, ServerError
from parasta_saas.cli.servers.place import place_of
from parasta_saas.cli.servers.processes import die_with_parent, end, is_alive, wait_until

START_SECONDS = 60
RETRY_SIGNS = (
    "Address already in use",
    "could not bind",
    "shared memory block",
    "lock file",
    "could not create any",
)
STOP_STEPS = ((signal.SIGINT, 20.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
}
# A test database may be lost with the machine; then nothing waits for the disk.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200"}


class Postgres:
    """The server of one home. Ends with the process that started it, also when that one is killed."""

    name = "postgres"

    def __init__(self, home: Home, *, fast: bool = False) -> None:
        self.home = home
        self.place = place_of(home)
        self.fast = fast
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start it, or attach to it when it runs; returns the superuser's URL. Raises ServerError.

        Call it from a thread that lives as long as the server is needed.
        """
        with self.home.lock(self.name):
            running = self._await_running()
            if running is None:
                programs = self._prepared()
                running = self._launch_until_ready(programs)
        return self.url(running)

    def stop(self) -> None:
        """End it: sessions are cut off, data is safe. No error when it does not run."""
        with self.home.lock(self.name):
            self._stop()

    def destroy(self) -> None:
        """Stop it and delete its data and copies of its programs."""
        with self.home.lock(self.name):
            self._stop()
            self.place.remove()

    def running(self) -> bool:
        """Whether it runs and takes connections."""
        return self._ready_port() is not None

    def url(self, port: int, database: str = "postgres") -> str:
        """SQLAlchemy URL of the superuser."""
        return f"postgresql+psycopg://postgres:{quote(self.home.secret(self.name))}@127.0.0.1:{port}/{database}"

    # -- starting

    def _await_running(self) -> int | None:
        """The port of a server that runs already, else None (a stale pid file is then removed)."""
        wait_until(lambda: self._pid() is None or self._ready_port() is not None, START_SECONDS)
        if self._pid() is None:
            (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        return self._ready_port()

    def _prepared(self) -> PostgresPrograms:
        self.place.prepare()
        programs = postgres_programs()
        if self.place.run_as:
            programs = programs.copied_to(self.place.folder)
        if not self.place.data.exists():
            self._initialise(programs)
        made_by = (self.place.data / "PG_VERSION").read_text().strip()
        if made_by != str(programs.major):
            raise ServerError(
                f"The data in {self.place.data} is of PostgreSQL {made_by}, "
                f"the program is {programs.version}. "
                "`make demo-reset` begins anew."
            )
        return programs

    def _initialise(self, programs: PostgresPrograms) -> None:
        """initdb into a folder beside, so that a break in the middle leaves nothing half made."""
        building = self.place.folder / "data.new"
        shutil.rmtree(building, ignore_errors=True)
        password = self.place.write("superuser.password", self.home.secret(self.name))
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        locale = provider if programs.major >= 17 else ["--locale=C.UTF-8"]
        done = subprocess.run(
            [programs.folder / "initdb", "-D", building, "-U", "postgres", "-A", "scram-sha-256",
             f"--pwfile={password}", "-E", "UTF8", *locale,
             "--no-instructions", *(["--no-sync"] if self.fast else [])],
            cwd="/", env=_environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **self.place.run_as,
        )  # fmt: skip
        password.unlink()
        if done.returncode:
            raise ServerError(f"PostgreSQL could not make its data folder: {done.stdout.strip()[-800:]}")
        building.rename(self.place.data)

    def _launch_until_ready(self, programs: PostgresPrograms) -> int:
        """Launch; again when the port was taken meanwhile or a killed server's children still end."""
        deadline = time.monotonic() + START_SECONDS
        while True:
            said = self._launch(programs, self.home.port(self.name))
            port = self._ready_port()
            if port is not None:
                return port
            if time.monotonic() > deadline or not any(sign in said for sign in RETRY_SIGNS):
                raise ServerError(f"PostgreSQL did not start ({self.home.log(self.name)}): {said[-800:]}")
            time.sleep(0.2)

    def _launch(self, programs: PostgresPrograms, port: int) -> str:
        """Start the process and wait until it is ready or ended; returns what it wrote to its log."""
        settings = {**SETTINGS, **(FAST if self.fast else {})}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.home.log(self.name).open("ab") as log:
            written = log.tell()
            child = self._child = subprocess.Popen(
                [programs.folder / "postgres", "-D", self.place.data, "-p", str(port), *options],
                cwd="/", env=_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True, preexec_fn=die_with_parent(signal.SIGINT), **self.place.run_as,
            )  # fmt: skip
        wait_until(lambda: child.poll() is not None or self._ready_port() is not None, START_SECONDS)
        return self.home.log(self.name).read_bytes()[written:].decode(errors="replace")

    # -- what runs

    def _pid(self) -> int | None:
        """The process number of a live server on this data folder; a zombie or a reused number is none."""
        lines = self._pid_file()
        if not lines or not lines[0].isdigit():
            return None
        return int(lines[0]) if is_alive(int(lines[0]), str(self.place.data)) else None

    def _ready_port(self) -> int | None:
        """Lines 4 and 8 of postmaster.pid are port and state."""
        lines = self._pid_file()
        ready = len(lines) >= 8 and lines[7].strip() == "ready" and self._pid() is not None
        return int(lines[3]) if ready else None

    def _pid_file(self) -> list[str]:
        try:
            return (self.place.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:  # it does not run, or removed the file just now
            return []

    def _stop(self) -> None:
        pid = self._pid()
        if pid is not None:
            end(pid, [str(self.place.data)], STOP_STEPS)
        if self._child is not None:
            self._child.wait()
            self._child = None


def _environment() -> dict[str, str]:
    """Nothing of the caller's PG* variables or locale."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
