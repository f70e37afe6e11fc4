"""At every numbered point of the fan-out a worker is killed; nothing is lost, nothing is there twice."""

import pytest

from parasta_saas.core import failpoints
from parasta_saas.core.failpoints import Point
from parasta_saas.core.settings import Settings, SettingsError
from tests.faults.killing import ARMED, ORDER, run
from tests.faults.providers import open_many

PROVIDERS = 30


@pytest.mark.faults
def test_a_worker_dies_at_every_point_and_every_provider_has_one_update_one_mail_one_link(fresh, record_property):
    fresh.dirty = True
    open_many(fresh, PROVIDERS, own=4)
    outcome = run(fresh, PROVIDERS, patience=90, LEASE_SECONDS="2", SWEEP_SECONDS="0.2", LOG_LEVEL="ERROR")
    record_property("seconds", outcome.seconds)
    assert [death.armed for death in outcome.deaths] == list(ARMED), outcome.words
    assert sorted(ORDER) == sorted(Point), "every point has its death"
    assert all(death.left for death in outcome.deaths), "a death came when all was done"
    assert outcome.seconds, outcome.words
    assert outcome.updates == outcome.chained == outcome.mails == (PROVIDERS, PROVIDERS)
    assert (outcome.lost(PROVIDERS), outcome.double) == (0, 0)
    assert len(outcome.letters) == PROVIDERS
    assert outcome.handed_twice == 1, "the one that the server had taken when the worker died: the same Message-ID"


@pytest.mark.parametrize("setting", ["0", "13", "7:0", "7:-1", "seven", "7:three", ":"])
def test_an_unknown_point_is_refused(setting):
    with pytest.raises(ValueError):
        failpoints.parsed(setting)


def test_a_point_that_is_not_armed_does_nothing():
    assert failpoints.parsed("7:3") == (Point.BEGUN, 3)
    failpoints.arm("")
    for point in Point:
        failpoints.reached(point)


def test_an_armed_point_kills_the_process_and_the_worker_it_works_for(monkeypatch):
    killed = []
    monkeypatch.setattr(failpoints.os, "kill", lambda process, signal: killed.append((process, int(signal))))
    failpoints.arm("7:2")
    failpoints.in_child()
    try:
        failpoints.reached(Point.CLAIMED)
        failpoints.reached(Point.BEGUN)
        assert killed == []
        failpoints.reached(Point.BEGUN)
        assert killed == [(failpoints.os.getppid(), 9), (failpoints.os.getpid(), 9)]
    finally:
        failpoints.arm("")
        monkeypatch.setattr(failpoints, "_worker", 0)


SETTINGS = {
    "DATABASE_URL": "postgresql://parasta_app:p@db.example/parasta", "REDIS_URL": "redis://redis.example/0",
    "SMTP_URL": "smtp://mail.example", "SECRET_KEY": "cookie-hush-4-0123456789-abcdefghij",
    "SEAL_KEY": "seal-hush-5-0123456789",
}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "setting", "taken"),
    [
        ("http://localhost:8000", "7:3", True),
        ("https://parasta.example", "", True),
        ("https://parasta.example", "7:3", False),
        ("http://localhost:8000", "13", False),
    ],
)
def test_production_refuses_a_failpoint(address, setting, taken):
    env = {**SETTINGS, "PUBLIC_URL": address, "PARASTA_FAILPOINT": setting}
    if taken:
        assert Settings.from_env(env).parasta_failpoint == setting
        return
    with pytest.raises(SettingsError) as refused:
        Settings.from_env(env)
    assert [problem.split(":")[0] for problem in refused.value.problems] == ["Unset PARASTA_FAILPOINT"]
