"""Redis only wakes. What is to be done stands in PostgreSQL and survives the loss of Redis.

dispatch  turns messages into one delivery per handler and organisation;
deliver   runs one handler in the scope of one organisation, once in effect;
sweep     (scheduler) takes what was left: undispatched messages, deliveries whose lease ran out.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask, current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer
from sqlalchemy import or_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from . import events, logs, scope
from .access import Actor
from .clock import now
from .db import db
from .i18n import set_language
from .ids import uuid7
from .outbox import Delivery, Message

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 36  # doubling to an hour, then hourly: a mail server may be away for a day
BATCH = 200
BUNCH = 10
WOKEN = "parasta:woken"
_app: Flask | None = None


def bind(app: Flask) -> None:
    """Give jobs of this process their application."""
    global _app
    _app = app


def bound() -> Flask:
    """The application of this process's jobs."""
    if _app is None:
        raise RuntimeError("Call jobs.bind(app) before running jobs.")
    return _app


def queue(app: Flask | None = None) -> Queue:
    """The one queue. Its client gives up fast: a person waits for the page."""
    app = app or current_app
    if "parasta_queue" not in app.extensions:
        redis = Redis.from_url(app.config["REDIS_URL"], socket_connect_timeout=1, socket_timeout=2)
        app.extensions["parasta_queue"] = Queue("parasta", connection=redis, serializer=JSONSerializer)
    return app.extensions["parasta_queue"]


def connection(app: Flask) -> Redis:
    """A patient client for the worker, which blocks while it listens."""
    return Redis.from_url(app.config["REDIS_URL"])


def wake() -> None:
    """Ask a worker to dispatch, once until it begins. If Redis is down, the scheduler's sweep does it later."""
    _enqueue("parasta_saas.core.jobs.dispatch_job", {WOKEN: ""}, seconds=5)


def _enqueue(function: str, marked: dict[str, str], *, seconds: int) -> bool:
    """Hand over to RQ what does not wait there already. `marked`: a mark for each argument ("" for none), taken
    away when its work begins.

    Without it every sweep would add what a busy worker has not come to yet. It ends by itself, in case the
    worker dies between taking the job and beginning it.
    """
    try:
        redis = queue().connection
        new = [argument for mark, argument in marked.items() if redis.set(mark, 1, nx=True, ex=seconds)]
        if new:
            queue().enqueue(function, *filter(None, new), result_ttl=0, failure_ttl=3600, job_timeout=300)
    except (RedisError, OSError) as problem:
        log.warning("redis_unreachable", extra={"problem": type(problem).__name__})
        return False
    return True


def dispatch_job() -> int:
    with bound().app_context():
        queue().connection.delete(WOKEN)  # before looking: what is committed from here on wakes anew
        return dispatch()


def deliver_job(*delivery_ids: str) -> int:
    """Several deliveries, one after the other, each in its own transaction; returns how many this call did."""
    done = 0
    with bound().app_context():
        for delivery_id in delivery_ids:
            queue().connection.delete(_mark(delivery_id))
            done += deliver(UUID(delivery_id))
    return done


def dispatch() -> int:
    """Make deliveries of waiting messages and hand them to the workers; returns how many."""
    made = _dispatched()
    for some in _bunches(made):
        if not _hand_over(some):
            break  # the lease runs out, then the sweep takes it
    return len(made)


def _bunches(ids: list[UUID]) -> list[list[UUID]]:
    """A job costs a fork: a fan-out goes out in bunches, small enough for several workers to share it."""
    return [ids[n : n + BUNCH] for n in range(0, len(ids), BUNCH)]


def _dispatched() -> list[UUID]:
    made: list[UUID] = []
    with scope.acting(Actor.system()):
        waiting = (
            select(Message)
            .where(Message.dispatched_at.is_(None))
            .order_by(Message.created_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        for message in db.session.scalars(waiting).all():
            made += _deliveries(message)
            message.dispatched_at = now()
        events.commit()
    return made


def _hand_over(ids: list[UUID]) -> bool:
    marked = {_mark(delivery_id): str(delivery_id) for delivery_id in ids}
    return _enqueue("parasta_saas.core.jobs.deliver_job", marked, seconds=_mark_seconds())


def _mark_seconds() -> int:
    """Longer than a lease, so that a backlog is not handed over again at every sweep; a minute at most."""
    return int(min(60, 3 * current_app.config["LEASE_SECONDS"]))


def _mark(delivery_id: UUID | str) -> str:
    return f"parasta:waits:{delivery_id}"


def _deliveries(message: Message) -> list[UUID]:
    lease = now() + timedelta(seconds=current_app.config["LEASE_SECONDS"])
    rows = [
        dict(id=uuid7(), created_at=now(), message_id=message.id, organisation_id=organisation_id,
             handler=handler.key, attempts=0, leased_until=lease)
        for handler in events.HANDLERS.values()
        if handler.event == message.name
        for organisation_id in _audience(handler, message)
    ]  # fmt: skip
    if not rows:
        return []
    db.session.execute(insert(Delivery).values(rows).on_conflict_do_nothing())
    return list(db.session.scalars(select(Delivery.id).where(Delivery.message_id == message.id)))


def _audience(handler: events.Handler, message: Message) -> list[Any]:
    if handler.audience == "providers":
        return list(db.session.scalars(text("select id from organisation where kind = 'provider' order by id")))
    if handler.audience == "invited":  # organisations that the message names; one that is not there is left out
        there = text("select id from organisation where id::text = any(:ids) order by id")
        return list(db.session.scalars(there, {"ids": message.body["invited"]}))
    if handler.audience == "tenant":
        return [message.organisation_id] if message.body.get("tenant_id") == str(message.organisation_id) else []
    return [message.organisation_id]


def deliver(delivery_id: UUID) -> bool:
    """Run one delivery. True if this call did the work."""
    logs.set_request_id(f"delivery-{delivery_id}")
    claimed = _claim(delivery_id)
    if claimed is None:
        return False
    handler, organisation, body = claimed
    actor = Actor.system(organisation)
    set_language(actor.language)
    try:
        with scope.acting(actor):
            if not db.session.scalar(text("select delivery_begin(:id)"), {"id": delivery_id}):
                return False
            handler.function(actor, body)
            db.session.flush()
            db.session.execute(text("select delivery_finish(:id)"), {"id": delivery_id})
            events.commit()
    except Exception as problem:  # the worker must outlive any handler; the delivery remembers why
        events.rollback()
        _remember(delivery_id, problem)
        return False
    return True


def _claim(delivery_id: UUID) -> tuple[events.Handler, Any, dict[str, Any]] | None:
    with scope.acting(Actor.system()):
        delivery = db.session.get(Delivery, delivery_id)
        if delivery is None or delivery.done_at or delivery.failed_at or delivery.handler not in events.HANDLERS:
            return None
        message = db.session.get_one(Message, delivery.message_id)
        delivery.attempts += 1
        delivery.leased_until = now() + timedelta(seconds=current_app.config["LEASE_SECONDS"])
        organisation = _organisation(delivery.organisation_id)
        found = events.HANDLERS[delivery.handler], organisation, message.body
        events.commit()
    return found


def _organisation(organisation_id: UUID | None) -> Any:
    """The row that an Actor is made of; the one table of a room that the floor reads."""
    if organisation_id is None:
        return None
    found = text("select id, kind, slug, name, languages from organisation where id = :id")
    return db.session.execute(found, {"id": organisation_id}).one()


def _remember(delivery_id: UUID, problem: Exception) -> None:
    log.warning("delivery_failed", exc_info=problem, extra={"delivery": str(delivery_id)})
    with scope.acting(Actor.system()):
        delivery = db.session.get_one(Delivery, delivery_id)
        delivery.last_error = f"{type(problem).__name__}: {problem}"[:500]
        delivery.leased_until = now() + timedelta(seconds=min(3600, 2**delivery.attempts))
        if delivery.attempts >= MAX_ATTEMPTS:
            delivery.failed_at = now()
        events.commit()


def in_each_provider(work: Callable[[Actor], None]) -> int:
    """Do something for every provider, each in its own scope and transaction; returns for how many.

    Far cheaper than a delivery each where nobody is told anything: 150 providers in seconds.
    """
    with scope.acting(Actor.system()):
        found = "select id, kind, slug, name, languages from organisation where kind = 'provider' order by id"
        providers = db.session.execute(text(found)).all()
    for provider in providers:
        actor = Actor.system(provider)
        with events.apart(actor):
            work(actor)
    return len(providers)


@contextmanager
def as_national() -> Iterator[Actor]:
    """The service itself acting for the national body, to read what only it may see."""
    with scope.acting(Actor.system()):
        found = "select id, kind, slug, name, languages from organisation where kind = 'national' order by id limit 1"
        actor = Actor.system(db.session.execute(text(found)).one())
    with events.apart(actor):
        yield actor


def sweep() -> int:
    """Take what was left behind; returns how many deliveries were woken. Without Redis it does the work itself."""
    due = _dispatched() + _left_behind()
    redis = True
    for some in _bunches(due):
        redis = redis and _hand_over(some)
        if not redis:
            for delivery_id in some:
                deliver(delivery_id)
    return len(due)


def _left_behind() -> list[UUID]:
    with scope.acting(Actor.system()):
        due = (
            update(Delivery)
            .where(Delivery.done_at.is_(None), Delivery.failed_at.is_(None))
            .where(or_(Delivery.leased_until.is_(None), Delivery.leased_until < now()))
            .values(leased_until=now() + timedelta(seconds=current_app.config["LEASE_SECONDS"]))
            .returning(Delivery.id)
            .execution_options(synchronize_session=False)
        )
        left = list(db.session.scalars(due))
        events.commit()
    return left
