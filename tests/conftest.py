"""Real PostgreSQL, Redis and SMTP for every test; each xdist worker has a database of its own.

A template database is migrated and given the cast once per run. A worker clones it, and after a test that wrote the
rows that changed are put back (tests/database.py).
"""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from parasta_saas.cli.servers import reset
from parasta_saas.cli.servers.home import Home, ServerError
from parasta_saas.cli.servers.postgres import Postgres
from parasta_saas.cli.servers.redis import Redis
from parasta_saas.core import schema
from tests import cast as the_cast
from tests.browser.chromium import pytest_terminal_summary  # noqa: F401  (of this run, not only of that folder)
from tests.world import World

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "solo")
HOMES = Path(tempfile.gettempdir())


def home_folder() -> Path:
    return Path(os.environ["PARASTA_TEST_HOME"])


def pytest_configure(config):
    """One folder per run, named after the controlling process; what dead runs left is cleared away."""
    if hasattr(config, "workerinput"):
        return
    for left in HOMES.glob("parasta-test-*"):
        if not Path(f"/proc/{left.name.split('-')[-1]}").exists():
            _clear(left)
    os.environ["PARASTA_TEST_HOME"] = str(HOMES / f"parasta-test-{os.getpid()}")


def pytest_collection_finish(session):
    _settle()


def _settle() -> None:
    """What is here now stays to the end: Python need not look through it again and again for what to throw away.

    A test makes few circles, so it looks through the rest seldom, too: that took a tenth of the suite's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(2_000, 20, 50)


def pytest_sessionfinish(session, exitstatus):
    """The controlling process ends this run's servers and removes their folder."""
    if not hasattr(session.config, "workerinput") and home_folder().exists():
        _clear(home_folder())


def _clear(folder: Path) -> None:
    try:
        reset(Home.open(folder))
    except ServerError:
        return  # another user's run
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def servers():
    """URLs of a superuser's PostgreSQL and of Redis, started once and shared by all workers."""
    home = Home.open(home_folder())
    postgres, redis = Postgres(home, fast=True), Redis(home, fast=True)
    return postgres.start(), redis.start()


@pytest.fixture(scope="session")
def template(servers):
    """A migrated database with the cast in it, made by whichever worker comes first."""
    superuser, redis = servers
    name = "template_cast"
    app_url, owner_url = the_cast.urls(superuser, name)
    with Home.open(home_folder()).lock("template", seconds=300):
        with psycopg.connect(schema.plain_url(superuser), autocommit=True) as connection:
            there = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if not there:
            schema.init_db(superuser, app_url, owner_url)
            schema.migrate(owner_url)
            the_cast.load(app_url, redis, home_folder() / "cast")
    return name


@pytest.fixture(scope="session")
def world(servers, template, tmp_path_factory):
    """The application over this worker's own database, Redis database and mail sink."""
    folder, tokens = tmp_path_factory.mktemp("world"), home_folder() / "cast" / the_cast.TOKENS
    made = World(servers, template, f"test_{WORKER}", _redis_number(), folder, tokens)
    _settle()
    yield made
    made.close()


def _redis_number() -> int:
    return int(WORKER.removeprefix("gw")) % 14 + 1 if WORKER.startswith("gw") else 15


@pytest.fixture
def fresh(world):
    """A clean world for one test; put back if the test before it wrote."""
    world.refresh()
    with world.app.app_context():
        yield world


@pytest.fixture
def app(fresh):
    return fresh.app


@pytest.fixture
def cast(fresh):
    """The invented people, each as a visitor with a browser-like client: `cast.aino.get('/')`."""
    return fresh.cast()
