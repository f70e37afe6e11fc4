"""In the middle of the fan-out over 50 providers something dies. Each still gets one update, one mail, one audit row.

Real worker and scheduler processes, real Redis, PostgreSQL and SMTP. What make demo's supervisor does, the test
does: it starts a new worker after one died.
"""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest

from parasta_saas.core import jobs
from tests.faults.providers import open_providers, publish
from tests.installation import kill, wait_until

pytestmark = pytest.mark.faults
PROVIDERS = 50
SECONDS = 120


@pytest.fixture
def processes(fresh):
    """`start(name)` runs a command of production against this world; all of them end with the test."""
    s, running = fresh.settings, []
    env = os.environ | {
        "DATABASE_URL": s.database_url, "REDIS_URL": s.redis_url, "SMTP_URL": s.smtp_url, "PUBLIC_URL": s.public_url,
        "SECRET_KEY": s.secret_key, "SEAL_KEY": s.seal_key, "PARASTA_HOME": str(s.parasta_home), "PARASTA_DEMO": "1",
        "LEASE_SECONDS": "4", "SWEEP_SECONDS": "0.5", "LOG_LEVEL": "ERROR",
    }  # fmt: skip

    def start(name):
        log = (fresh.folder / f"{name}.log").open("ab")
        command = [sys.executable, "-m", "parasta_saas.cli", name]
        running.append(subprocess.Popen(command, env=env, start_new_session=True, stdout=log, stderr=log))
        log.close()
        return running[-1]

    fresh.dirty = True
    yield start
    for process in running:
        if process.poll() is None:
            kill(process)


@pytest.fixture
def count(fresh):
    """`count(statement)`, on one connection: asked many times a second it should cost nothing."""
    with fresh.superuser_connection() as above:
        yield lambda statement: above.execute(statement).fetchone()[0]


def words(world):
    """What the processes wrote last."""
    logs = (world.folder / f"{name}.log" for name in ("worker", "scheduler"))
    with world.superuser_connection() as above:
        left = above.execute(
            "select handler, count(*), count(done_at), max(attempts), max(last_error) from delivery group by 1"
        ).fetchall()
    return "\n".join([*map(str, left), *(f"{log.name}: {log.read_text()[-2000:]}" for log in logs if log.exists())])


def kill_worker_and_child(world, start, worker):
    kill(worker)
    start("worker")


def kill_worker_alone(world, start, worker):
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    start("worker")


def empty_redis(world, start, worker):
    jobs.queue(world.app).connection.flushall()


@pytest.mark.parametrize("fault", [kill_worker_and_child, kill_worker_alone, empty_redis], ids=lambda f: f.__name__)
def test_every_provider_gets_one_update_one_mail_one_audit_row(fresh, processes, count, fault, record_property):
    open_providers(PROVIDERS)
    start = processes
    start("scheduler")
    worker = start("worker")
    began = time.monotonic()
    publish()
    assert wait_until(lambda: count("select count(*) from national_update") >= 8, 60), words(fresh)
    assert count("select count(*) from national_update") < PROVIDERS, "the fault came too late to be one"
    fault(fresh, start, worker)
    done = wait_until(
        lambda: (
            count("select count(*) from mail where template = 'update_offered' and sent_at is not null") >= PROVIDERS
            and count("select count(*) from delivery where done_at is null") == 0
        ),
        SECONDS,
    )
    record_property("seconds", round(time.monotonic() - began, 1))
    assert done, words(fresh)
    assert count("select count(*) from national_update") == PROVIDERS
    assert count("select count(distinct tenant_id) from national_update") == PROVIDERS
    audit = "select {} from audit_entry where name = 'instructions.update_offered'"
    assert count(audit.format("count(*)")) == PROVIDERS
    assert count(audit.format("count(distinct tenant_id)")) == PROVIDERS
    mails = Counter(m.to for m in fresh.letters(limit=500) if "1.1" in m.subject)
    assert len(mails) == PROVIDERS
    assert set(mails.values()) == {1}
