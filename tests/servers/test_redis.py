"""The demo's Redis keeps the queue through a crash and lets nobody in without the password."""

import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import AuthenticationError
from redis import Redis as Client

from parasta_saas.cli.servers import Home, Redis


def test_answers_with_the_password_only(redis: Redis, home: Home) -> None:
    url = redis.start()
    with Client.from_url(url) as client:
        assert client.ping()
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    with (
        pytest.raises(AuthenticationError),
        Client.from_url(url.replace(home.secret("redis"), "wrong")) as client,
    ):
        client.ping()
    assert stat.S_IMODE((redis.folder / "redis.conf").stat().st_mode) == 0o600


def test_starting_again_attaches_to_the_same_server(redis: Redis, home: Home) -> None:
    url = redis.start()
    pid = (redis.folder / "redis.pid").read_text()
    assert Redis(home).start() == url
    assert (redis.folder / "redis.pid").read_text() == pid


def test_after_kill_9_what_was_queued_is_there(redis: Redis, kill_9: Callable[[Path], None]) -> None:
    url = redis.start()
    with Client.from_url(url) as client:
        client.rpush("queue", "job")
    time.sleep(1.2)  # the append-only file reaches the disk every second
    kill_9(redis.folder / "redis.pid")
    assert not redis.running()

    assert redis.start() == url
    with Client.from_url(url) as client:
        assert client.lrange("queue", 0, -1) == [b"job"]


def test_stop_is_clean_and_may_be_repeated(redis: Redis, home: Home) -> None:
    redis.start()
    redis.stop()
    redis.stop()
    assert not redis.running()
    assert "Redis is now ready to exit" in home.log("redis").read_text()


def test_destroy_forgets_the_queue(redis: Redis) -> None:
    with Client.from_url(redis.start()) as client:
        client.set("kept", "no")
    redis.destroy()
    with Client.from_url(redis.start()) as client:
        assert client.get("kept") is None
