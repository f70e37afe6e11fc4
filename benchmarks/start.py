"""How long `parasta demo` takes until /readyz answers 200, with new and with kept data, and how long to stop.

    python -m benchmarks.start [rounds]

The packages and the front-end files must be there (`make setup`): what is measured is the product, not the network.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ground import machine
from benchmarks.map_page import answers
from parasta_saas.cli.servers import Home, reset
from tests import cast as the_cast
from tests.installation import PARASTA, running

LONGEST = 180


def start_and_stop(home: Path, port: int) -> tuple[float, float]:
    """(seconds until ready, seconds until everything has ended)."""
    env = {"PATH": os.environ["PATH"], "PARASTA_HOME": str(home), "PORT": str(port)}
    began = time.monotonic()
    with running((*PARASTA, "demo"), env, home.parent / "demo.log") as process:
        while not answers(port):
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                raise SystemExit((home.parent / "demo.log").read_text())
            time.sleep(0.05)
        ready = time.monotonic() - began
        return ready, seconds_to_stop(process)


def seconds_to_stop(process: subprocess.Popen[bytes]) -> float:
    asked = time.monotonic()
    process.send_signal(signal.SIGTERM)
    code = process.wait(60)
    assert code == 0, f"the demo ended with {code}"
    return time.monotonic() - asked


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    folder = Path(tempfile.mkdtemp(prefix="parasta-start-"))
    home, port = folder / "home", the_cast.free_port()
    home.mkdir(mode=0o700)
    try:
        first, _ = start_and_stop(home, port)
        again = [start_and_stop(home, port) for _ in range(rounds)]
    finally:
        reset(Home.open(home))
        shutil.rmtree(folder)
    print(machine())
    print(f"new data: ready after {first:.1f} s")
    print(f"kept data: ready after {', '.join(f'{ready:.1f}' for ready, _ in again)} s")
    print(f"stopping: {', '.join(f'{stop:.1f}' for _, stop in again)} s")


if __name__ == "__main__":
    main()
