"""Alive means the process answers; ready means that all it leans on is there."""

from redis import Redis
from rq import Queue

from parasta_saas.core.clock import now


def test_ready_when_everything_is_there(cast):
    answer = cast.nobody.get("/readyz")
    assert answer.status_code == 200
    assert set(answer.json) == {"database", "redis", "outbox", "migrations"}
    assert all(check["ok"] for check in answer.json.values())


def test_without_redis_not_ready_but_pages_work_and_nothing_is_lost(fresh, cast, monkeypatch):
    with monkeypatch.context() as broken:
        dead = Redis.from_url("redis://127.0.0.1:9", socket_connect_timeout=0.2)
        broken.setitem(fresh.app.extensions, "parasta_queue", Queue("parasta", connection=dead))
        answer = cast.nobody.get("/readyz")
        assert answer.status_code == 503 and not answer.json["redis"]["ok"] and answer.json["database"]["ok"]
        assert cast.aino.get("/o/lumo/log").status_code == 200
        assert cast.nobody.post("/sign-in", {"email": "aino@lumo.example"}).status_code == 303
    fresh.work()
    assert len(fresh.letters("aino@lumo.example")) == 1


def test_a_message_that_waits_long_makes_not_ready(fresh, cast):
    with fresh.superuser_connection() as connection:
        connection.execute(
            "insert into outbox (id, created_at, name, body)"
            " values (gen_random_uuid(), %s - interval '5 minutes', 'x', '{}')",
            (now(),),
        )
    fresh.dirty = True
    answer = cast.nobody.get("/readyz")
    assert answer.status_code == 503 and "scheduler" in answer.json["outbox"]["says"]


def test_a_database_behind_the_code_makes_not_ready(fresh, cast):
    with fresh.superuser_connection() as connection:
        connection.execute("update alembic_version set version_num = '0001'")
    fresh.dirty = True
    answer = cast.nobody.get("/readyz")
    assert answer.status_code == 503 and "parasta migrate" in answer.json["migrations"]["says"]
    assert cast.nobody.get("/healthz").json == {"alive": True}
