"""A supervisor that starts the next worker when one has died, each armed with its failpoint, the last with none.

    python -m tests.faults.nursery 1 2:3 …

It reads everything once and forks, so that a worker starts in milliseconds. One line of JSON for each that died.
"""

import json
import os
import sys
import time

from parasta_saas.app import create_app
from parasta_saas.cli.workers import run_worker
from parasta_saas.core.settings import Settings


def start(app, armed: str) -> int:
    """The number of a worker's process, with a session of its own."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    app.config["PARASTA_FAILPOINT"] = armed
    run_worker(app)
    os._exit(0)


def main() -> None:
    app = create_app(Settings.from_env())
    for armed in (*sys.argv[1:], ""):
        child = start(app, armed)
        print(json.dumps({"armed": armed, "session": child}), flush=True)
        _, status = os.waitpid(child, 0)
        told = {"armed": armed, "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, "at": time.time()}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
