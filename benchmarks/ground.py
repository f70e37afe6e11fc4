"""What the benchmarks stand on: servers of their own in a folder that is gone afterwards, the cast, the machine."""

import os
import platform
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parasta_saas.cli.servers import Home, Postgres, Redis
from parasta_saas.core import schema
from tests import cast as the_cast
from tests.world import World


@contextmanager
def world(*, fast: bool = False) -> Iterator[World]:
    """An installation with the cast. As in production nothing is spared: fsync stays on unless `fast`."""
    folder = Path(tempfile.mkdtemp(prefix="parasta-benchmark-"))
    home = Home.open(folder / "home")
    postgres, redis = Postgres(home, fast=fast), Redis(home, fast=fast)
    try:
        servers = postgres.start(), redis.start()
        app_url, owner_url = the_cast.urls(servers[0], "template")
        schema.init_db(servers[0], app_url, owner_url)
        schema.migrate(owner_url)
        the_cast.load(app_url, servers[1], folder / "cast")
        made = World(servers, "template", "benchmark", 1, folder)
        with made.app.app_context():
            made.refresh()
            yield made
        made.close()
    finally:
        redis.destroy()
        postgres.destroy()
        shutil.rmtree(folder)


def machine() -> str:
    """The machine and how busy it is: a figure without them says little."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    return f"{os.cpu_count()} cores, {system}, load {load}"


def percentiles(seconds: list[float]) -> tuple[float, float]:
    """(p50, p99) in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100)
    return cuts[49] * 1000, cuts[98] * 1000
