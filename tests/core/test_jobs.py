"""Deliveries: kept in PostgreSQL, once in effect, tried again after a while, and remembered when they fail."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from parasta_saas.core import events, jobs, mail
from parasta_saas.core.db import db
from tests.core.probe import Knocked, Shook, actor_of, organisation_id, rows

LETTERS = "select key from mail where key like 'probe:%%' order by key"


def fails(actor, body):
    raise RuntimeError("no luck today")


def write(actor, key: str) -> None:
    mail.queue_mail(actor, f"probe:{key}", "invitation", to_name="N", to_address="n@paja.example", language="fi")


def test_a_handler_acts_for_its_organisation_and_hears_what_was_told(listening):
    heard = []

    def listens(actor, body):
        scope = db.session.scalar(text("select current_setting('parasta.organisation')"))
        heard.append((actor.organisation_slug, actor.language, actor.is_system, scope, body))

    listening.hears(listens)
    (delivery,) = listening.told(Knocked(number=7), by="stina")
    assert jobs.deliver(delivery)
    assert heard == [("fjarden", "sv", True, str(organisation_id("fjarden")), {"number": 7})]
    assert listening.state(delivery)[2:] == (True, False, None)


def test_what_failed_is_remembered_and_tried_again_later_and_later(listening):
    listening.hears(fails)
    (delivery,) = listening.told(Knocked())
    waits = []
    for attempt in range(1, 5):
        assert jobs.deliver(delivery) is False
        attempts, lease, done, failed, reason = listening.state(delivery)
        assert (attempts, done, failed, reason) == (attempt, False, False, "RuntimeError: no luck today")
        waits.append(round(lease / 2**attempt, 1))
        assert jobs.sweep() == 0, "its time has not come"
        listening.due()
    assert all(0.5 < wait <= 1 for wait in waits), "2, 4, 8, 16 seconds"
    listening.hears(lambda actor, body: None)
    assert jobs.deliver(delivery) is True
    assert listening.state(delivery)[2:] == (True, False, None)


def test_after_the_last_attempt_it_is_left_for_a_person_to_look_at(listening):
    listening.hears(fails)
    (delivery,) = listening.told(Knocked())
    for _ in range(jobs.MAX_ATTEMPTS):
        jobs.deliver(delivery)
    assert listening.state(delivery)[3] is True
    listening.due()
    assert jobs.sweep() == 0 and jobs.deliver(delivery) is False
    assert listening.state(delivery)[0] == jobs.MAX_ATTEMPTS


def test_a_second_worker_with_the_same_delivery_waits_and_does_nothing(fresh, listening):
    """Two real connections: the second one stands at the row until the first has committed."""
    begun, go_on, calls = threading.Event(), threading.Event(), []

    def slow(actor, body):
        calls.append(body)
        begun.set()
        assert go_on.wait(20)
        write(actor, "once")

    listening.hears(slow)
    (delivery,) = listening.told(Knocked())

    def work() -> bool:
        with fresh.app.app_context():
            return jobs.deliver(delivery)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(work)
        assert begun.wait(20)
        second = pool.submit(work)
        time.sleep(0.4)
        assert not second.done() and len(calls) == 1
        go_on.set()
        assert (first.result(20), second.result(20)) == (True, False)
    assert len(calls) == 1 and rows(fresh, LETTERS) == [("probe:once",)]


def test_the_effect_of_a_failing_handler_is_undone(fresh, listening):
    def half(actor, body):
        write(actor, "half")
        events.emit(actor, Knocked(number=1))
        db.session.flush()
        raise RuntimeError

    listening.hears(half)
    (delivery,) = listening.told(Knocked())
    assert jobs.deliver(delivery) is False
    assert rows(fresh, LETTERS) == []
    assert rows(fresh, "select count(*) from outbox where name = 'tests.knocked'") == [(1,)]


def test_effect_and_done_are_one(fresh, listening, monkeypatch):
    """What breaks after the handler, at the last moment, leaves neither the effect nor a delivery that is done."""
    listening.hears(lambda actor, body: write(actor, "atomic"))
    (delivery,) = listening.told(Knocked())

    def breaks(*_):
        raise OSError("the machine went away")

    with monkeypatch.context() as broken:
        broken.setattr(events, "append_audit", breaks)
        listening.hears(lambda actor, body: (write(actor, "atomic"), events.emit(actor, Knocked(number=1))))
        assert jobs.deliver(delivery) is False
    assert rows(fresh, LETTERS) == [] and listening.state(delivery)[2] is False
    assert jobs.deliver(delivery) is True
    assert rows(fresh, LETTERS) == [("probe:atomic",)]
    (effect,) = rows(fresh, "select xmin from mail where key = 'probe:atomic'")
    assert rows(fresh, "select xmin from delivery where id = %s", delivery) == [effect]


def test_an_error_of_the_database_does_not_stop_the_worker(fresh, listening):
    def breaks(actor, body):
        db.session.execute(text("select 1/0"))

    listening.hears(breaks)
    first, second = listening.told(Knocked(number=1), Knocked(number=2))
    assert jobs.deliver(first) is False and "DivisionByZero" in listening.state(first)[4]
    listening.hears(lambda actor, body: None)
    assert jobs.deliver(second) is True


def test_the_sweep_takes_what_a_dead_worker_left(listening):
    """While the lease lives nobody else takes it; when it is over somebody does, once."""
    heard = []
    listening.hears(lambda actor, body: heard.append(body))
    (delivery,) = listening.told(Knocked())
    lease = listening.state(delivery)[1]
    assert 0 < lease <= listening.world.settings.lease_seconds
    assert jobs.sweep() == 0
    jobs.queue().connection.flushdb()  # whatever had been handed over is lost with its worker
    listening.due()
    assert jobs.sweep() == 1 and jobs.sweep() == 0, "the lease is taken anew"
    listening.world.work()
    assert heard == [{"number": 0}] and listening.state(delivery)[2] is True


@pytest.mark.parametrize(
    ("audience", "fact", "places"),
    [("own", "knocked", {"lumo"}), ("providers", "knocked", {"lumo", "kaari", "fjarden"}),
     ("own", "shook", {"lumo", "paja"}), ("tenant", "shook", {"lumo"})],
)  # fmt: skip
def test_a_handler_is_called_once_for_each_of_its_audience(listening, audience, fact, places):
    told = Knocked() if fact == "knocked" else Shook(
        tenant_id=organisation_id("lumo"), workplace_id=organisation_id("paja")
    )  # fmt: skip
    heard = []
    listening.hears(lambda actor, body: heard.append(actor.organisation_slug), audience=audience, name=told.name)
    listening.told(told)
    listening.world.work()
    assert sorted(heard) == sorted(places)


def test_an_unknown_delivery_or_handler_is_left_alone(listening, monkeypatch):
    listening.hears(fails)
    (delivery,) = listening.told(Knocked())
    monkeypatch.delitem(events.HANDLERS, "tests.probe")
    assert jobs.deliver(delivery) is False and jobs.deliver(uuid4()) is False
    assert listening.state(delivery)[0] == 0, "a worker of another version may know it"


def test_without_redis_the_person_notices_nothing_and_the_sweep_does_the_work(listening, without_redis, caplog):
    caplog.set_level("WARNING", logger=jobs.__name__)
    heard, kerttu = [], actor_of("kerttu")
    listening.hears(lambda actor, body: heard.append(body))
    began = time.monotonic()
    with events.apart(kerttu):
        events.emit(kerttu, Knocked(number=7))
    assert time.monotonic() - began < 2
    assert "redis_unreachable" in caplog.text
    assert heard == [] and jobs.sweep() >= 1
    assert heard == [{"number": 7}]


def test_what_waits_its_turn_in_a_busy_queue_is_not_handed_over_again(listening, monkeypatch):
    listening.hears(fails)
    waiting, tried = listening.told(Knocked(), Knocked())
    assert jobs.deliver(tried) is False
    listening.due()
    assert jobs.queue().count, "the deliveries stand in the queue"
    assert jobs._left_behind() == [tried], "only what was begun"
    listening.due()
    monkeypatch.setattr(jobs, "PATIENCE", timedelta(0))
    assert jobs._left_behind() == sorted([waiting, tried]), "after a long time it counts as lost"
    jobs.queue().empty()
    listening.due()
    monkeypatch.undo()
    assert jobs._left_behind() == sorted([waiting, tried]), "with an empty queue nothing waits"


@pytest.mark.parametrize(("number", "size"), [(1, 10), (60, 10), (150, 25), (600, 100), (10_000, 100)])
def test_a_fan_out_goes_out_in_bunches_that_workers_can_share(number, size):
    bunches = jobs._bunches([uuid4() for _ in range(number)])
    assert max(map(len, bunches)) == min(size, number)
    assert sum(map(len, bunches)) == number


def test_a_job_of_deliveries_looks_itself_for_what_it_caused(fresh, listening):
    listening.hears(lambda actor, body: write(actor, f"n{body['number']}"))
    told = listening.told(*(Knocked(number=n) for n in range(12)))
    jobs.queue().empty()
    jobs.bind(fresh.app)
    assert jobs.deliver_job(*map(str, told)) == 12
    waiting = rows(fresh, "select count(*) from delivery where handler = 'core.mail.send_queued' and done_at is null")
    assert waiting == [(12,)]
    assert [job.func_name for job in jobs.queue().jobs] == ["parasta_saas.core.jobs.deliver_job"] * 2
