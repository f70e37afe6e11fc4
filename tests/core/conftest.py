"""Fixtures of the floor's own tests."""

import pytest
from redis import Redis
from rq import Queue

from parasta_saas.core import events, jobs
from tests.core.probe import Knocked, Listening, Shook


@pytest.fixture
def listening(fresh, monkeypatch):
    """A handler of the test's own: `hears(function)`, then `told(fact)`."""
    fresh.dirty = True
    for fact in (Knocked, Shook):
        monkeypatch.setitem(events.EVENTS, fact.name, fact)
    return Listening(fresh, monkeypatch)


@pytest.fixture
def without_redis(fresh, monkeypatch):
    """Nobody answers where Redis should be."""
    dead = Redis.from_url("redis://127.0.0.1:9/0", socket_connect_timeout=1, socket_timeout=2)
    serializer = jobs.queue(fresh.app).serializer
    monkeypatch.setitem(fresh.app.extensions, "parasta_queue", Queue("parasta", connection=dead, serializer=serializer))
