"""The supervisor with toy processes: order, restart, and nothing left behind."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from parasta_saas.cli.servers import Home
from parasta_saas.cli.servers.processes import is_alive, wait_until

Start = Callable[..., subprocess.Popen[str]]
ROOT = Path(__file__).parents[2]
TOY_DEMO = (sys.executable, "-m", "tests.servers.toy_demo")
STEADY = 'trap "echo {name} >> {home}/order; exit 0" TERM; echo $$ >> {home}/pids; while :; do sleep 0.05; done'
STUBBORN = 'trap "" TERM; echo $$ >> {home}/pids; while :; do sleep 0.05; done'
FAILS_ONCE = "if [ -e {home}/failed ]; then while :; do sleep 0.05; done; fi; touch {home}/failed; exit 3"
# The grandchild leads a process group of its own, as RQ's work-horse does.
WITH_GRANDCHILD = (
    'set -m; sh -c "while :; do sleep 0.05; done" {home}/grandchild & set +m; echo $$ $! >> {home}/pids;'
    'trap "exit 0" TERM; while :; do sleep 0.05; done'
)


@pytest.fixture
def toys(tmp_path: Path) -> Iterator[Start]:
    demos: list[subprocess.Popen[str]] = []

    def start(**scripts: str) -> subprocess.Popen[str]:
        toys = [
            {"name": n, "script": s.replace("{name}", n).replace("{home}", str(tmp_path))} for n, s in scripts.items()
        ]
        demos.append(
            subprocess.Popen(
                [*TOY_DEMO, tmp_path, json.dumps(toys)],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                cwd=ROOT,
            )
        )
        return demos[-1]

    yield start
    for demo in demos:
        demo.kill()
        demo.communicate()


def pids(home: Path, count: int) -> list[int]:
    """The process numbers of the toys, when `count` of them have said theirs."""
    file = home / "pids"
    assert wait_until(lambda: file.exists() and len(file.read_text().split()) == count, 10)
    return [int(pid) for pid in file.read_text().split()]


def all_gone(numbers: list[int], home: Path) -> bool:
    return wait_until(lambda: not any(is_alive(pid, str(home)) for pid in numbers), 5)


def finish(demo: subprocess.Popen[str], number: signal.Signals) -> str:
    demo.send_signal(number)
    output, _ = demo.communicate(timeout=15)
    return output


def test_ctrl_c_stops_everything_in_order_and_ends_with_0(toys: Start, tmp_path: Path) -> None:
    demo = toys(mail=STEADY, scheduler=STEADY, worker=STEADY, web=STEADY)
    numbers = pids(tmp_path, 4)

    finish(demo, signal.SIGINT)

    assert demo.returncode == 0
    assert (tmp_path / "order").read_text().split() == [
        "web",
        "worker",
        "scheduler",
        "mail",
        "redis",
        "postgres",
    ]
    assert all_gone(numbers, tmp_path)


def test_sigterm_leaves_no_process_not_even_a_grandchild_with_its_own_group(toys: Start, tmp_path: Path) -> None:
    demo = toys(worker=WITH_GRANDCHILD)
    numbers = pids(tmp_path, 2)

    finish(demo, signal.SIGTERM)

    assert demo.returncode == 0
    assert all_gone(numbers, tmp_path)


def test_a_process_that_does_not_stop_in_its_time_is_killed(toys: Start, tmp_path: Path) -> None:
    demo = toys(stubborn=STUBBORN)
    numbers = pids(tmp_path, 1)

    finish(demo, signal.SIGINT)

    assert demo.returncode == 0
    assert all_gone(numbers, tmp_path)


def test_kill_9_of_the_supervisor_ends_its_children(toys: Start, tmp_path: Path) -> None:
    demo = toys(worker=STEADY, web=STEADY)
    numbers = pids(tmp_path, 2)

    demo.kill()

    assert all_gone(numbers, tmp_path)


def test_a_crashed_process_is_started_again_and_the_log_says_so(toys: Start, tmp_path: Path) -> None:
    demo = toys(worker=FAILS_ONCE, web=STEADY)
    pids(tmp_path, 1)
    log = tmp_path / "logs/supervisor.log"
    assert wait_until(lambda: log.exists() and "starting it again" in log.read_text(), 10)

    output = finish(demo, signal.SIGINT)

    assert "worker ended with code 3; starting it again in 0.05 s" in output
    assert demo.returncode == 0


def test_a_process_that_never_runs_ends_everything_with_1(toys: Start, tmp_path: Path) -> None:
    demo = toys(worker=STEADY, web="echo ERROR no room; exit 7")

    output, _ = demo.communicate(timeout=15)

    assert demo.returncode == 1
    assert "web ended with code 7, 5 times in a row. Everything is stopped." in output
    assert (tmp_path / "order").read_text().split() == ["worker", "redis", "postgres"]


def test_all_words_go_to_the_log_and_only_problems_to_the_console(toys: Start, tmp_path: Path) -> None:
    demo = toys(web="echo INFO all is well; echo ERROR the disk is full; " + STEADY)
    pids(tmp_path, 1)
    log = Home.open(tmp_path).log("web")
    assert wait_until(lambda: log.exists() and "disk is full" in log.read_text(), 10)

    output = finish(demo, signal.SIGINT)

    assert "INFO all is well" in log.read_text()
    assert "web | ERROR the disk is full" in output
    assert "all is well" not in output


def test_a_server_that_fell_is_started_again(toys: Start, tmp_path: Path) -> None:
    demo = toys(web=STEADY)
    pids(tmp_path, 1)
    (tmp_path / "fall").touch()
    assert wait_until(lambda: not (tmp_path / "fall").exists(), 10)

    assert "postgres ended; starting it again." in finish(demo, signal.SIGTERM)


def test_ready_is_said_when_the_address_answers(tmp_path: Path) -> None:
    port = Home.open(tmp_path).port("web")
    toy = {
        "name": "web",
        "script": f"sleep 0.3; exec {sys.executable} -m http.server {port} --bind 127.0.0.1 -d {tmp_path}",
        "ready_url": f"http://127.0.0.1:{port}/",
    }
    with subprocess.Popen(
        [*TOY_DEMO, tmp_path, json.dumps([toy])],
        stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "http_proxy": "http://127.0.0.1:9"},
    ) as demo:  # fmt: skip
        assert demo.stdout and demo.stdout.readline() == "ready\n"
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(timeout=15) == 0
