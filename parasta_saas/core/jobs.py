"""Redis only wakes. What is to be done stands in PostgreSQL and survives the loss of Redis.

dispatch  turns messages into one delivery per handler and organisation;
deliver   runs one handler in the scope of one organisation, once in effect;
sweep     (scheduler) takes what was left: undispatched messages, deliveries whose lease ran out.

The numbered points (failpoints.py) are where tests kill a worker.
"""

import logging
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, NamedTuple
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
from .failpoints import Point, reached
from .i18n import set_language
from .ids import uuid7
from .outbox import Delivery, Message

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 36  # doubling to an hour, then hourly: a mail server may be away for a day
BATCH = 200
FEW, MANY, SHARES = 10, 100, 6  # a bunch: a sixth of what there is, within these
AT_ONCE = 10  # deliveries claimed in one transaction
PATIENCE = timedelta(minutes=10)  # how long a delivery may wait in a busy queue before it counts as lost
LONGEST = 60.0  # seconds of one job; what it has not come to goes back into the queue
WOKEN = "parasta:woken"
_app: Flask | None = None
_awake = False  # a job of deliveries runs: it looks itself for what it caused


class Claim(NamedTuple):
    """A delivery whose attempt is counted: what to run, for whom, about what."""

    id: UUID
    handler: events.Handler
    organisation: Any
    body: dict[str, Any]


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
    if not _awake:
        _enqueue("parasta_saas.core.jobs.dispatch_job", {WOKEN: ""}, seconds=5)


def _enqueue(function: str, marked: dict[str, str], *, seconds: int) -> bool:
    """Hand over to RQ what does not wait there already. `marked`: a mark for each argument ("" for none), taken
    away when its work begins.

    Without it every sweep would add what a busy worker has not come to yet. It ends by itself, in case the
    worker dies between taking the job and beginning it.
    """
    try:
        marks = queue().connection.pipeline(transaction=False)
        for mark in marked:
            marks.set(mark, 1, nx=True, ex=seconds)
        new = [argument for argument, taken in zip(marked.values(), marks.execute(), strict=True) if taken]
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
    global _awake
    done, until = 0, time.monotonic() + LONGEST
    with bound().app_context():
        ids = [UUID(delivery_id) for delivery_id in delivery_ids]
        queue().connection.delete(*map(_mark, ids))
        reached(Point.JOB_BEGUN)
        _awake = True
        try:
            while ids and time.monotonic() < until:
                some, ids = ids[:AT_ONCE], ids[AT_ONCE:]
                done += sum(_run(claim) for claim in _claim(some))
        finally:
            _awake = False
        if ids:
            _hand_over(ids)
        dispatch()
    return done


def dispatch() -> int:
    """Make deliveries of waiting messages and hand them to the workers; returns how many."""
    made = _dispatched()
    if made:
        reached(Point.DELIVERIES_COMMITTED)
    for some in _bunches(made):
        if not _hand_over(some):
            break  # the lease runs out, then the sweep takes it
        reached(Point.HANDED_OVER)
    return len(made)


def _bunches(ids: list[UUID]) -> list[list[UUID]]:
    """A job costs a fork and a connection: a fan-out goes out in bunches, small enough for workers to share it."""
    size = min(MANY, max(FEW, -(-len(ids) // SHARES)))
    return [ids[n : n + size] for n in range(0, len(ids), size)]


def _dispatched() -> list[UUID]:
    with scope.acting(Actor.system()):
        waiting = (
            select(Message)
            .where(Message.dispatched_at.is_(None))
            .order_by(Message.created_at)
            .limit(BATCH)
            .with_for_update(skip_locked=True)
        )
        messages = db.session.scalars(waiting).all()
        if messages:
            reached(Point.MESSAGES_READ)
        made = _deliveries(messages)
        for message in messages:
            message.dispatched_at = now()
        events.commit()
    return made


def _hand_over(ids: list[UUID]) -> bool:
    marked = {_mark(delivery_id): str(delivery_id) for delivery_id in ids}
    return _enqueue("parasta_saas.core.jobs.deliver_job", marked, seconds=_mark_seconds())


def _mark_seconds() -> int:
    """As long as a lease: what a worker took along when it died can be handed over again when that has run out."""
    return int(max(1, current_app.config["LEASE_SECONDS"]))


def _mark(delivery_id: UUID | str) -> str:
    return f"parasta:waits:{delivery_id}"


def _deliveries(messages: Iterable[Message]) -> list[UUID]:
    lease = _lease()
    rows = [
        dict(id=uuid7(), created_at=now(), message_id=message.id, organisation_id=organisation_id,
             handler=handler.key, attempts=0, leased_until=lease)
        for message in messages
        for handler in events.HANDLERS.values()
        if handler.event == message.name
        for organisation_id in _audience(handler, message)
    ]  # fmt: skip
    if not rows:
        return []
    made = insert(Delivery).on_conflict_do_nothing().returning(Delivery.id)
    ids = sorted(db.session.execute(made, rows).scalars())
    reached(Point.DELIVERIES_WRITTEN)
    return ids


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
    return any(_run(claim) for claim in _claim([delivery_id]))


def _run(claim: Claim) -> bool:
    """Run one claimed delivery in the scope of its organisation. True if this call did the work."""
    logs.set_request_id(f"delivery-{claim.id}")
    actor = Actor.system(claim.organisation)
    set_language(actor.language)
    try:
        with scope.acting(actor):
            if not db.session.scalar(text("select delivery_begin(:id)"), {"id": claim.id}):
                return False
            reached(Point.BEGUN)
            claim.handler.function(actor, claim.body)
            db.session.flush()
            db.session.execute(text("select delivery_finish(:id)"), {"id": claim.id})
            reached(Point.FINISHED)
            events.commit()
    except Exception as problem:  # the worker must outlive any handler; the delivery remembers why
        events.rollback()
        _remember(claim.id, problem)
        return False
    reached(Point.COMMITTED)
    return True


def _claim(ids: Collection[UUID]) -> list[Claim]:
    """Count an attempt of each that is still to be done; in one transaction, in the order given."""
    with scope.acting(Actor.system()):
        claimed = (
            update(Delivery)
            .where(Delivery.id.in_(ids), Delivery.done_at.is_(None), Delivery.failed_at.is_(None))
            .where(Delivery.handler.in_(events.HANDLERS))
            .values(attempts=Delivery.attempts + 1, leased_until=_lease())
            .returning(Delivery.id, Delivery.handler, Delivery.organisation_id, Delivery.message_id)
            .execution_options(synchronize_session=False)
        )
        rows = db.session.execute(claimed).all()
        organisations = _organisations({row.organisation_id for row in rows})
        bodies = select(Message.id, Message.body).where(Message.id.in_({row.message_id for row in rows}))
        facts = {row[0]: row[1] for row in db.session.execute(bodies)} if rows else {}
        events.commit()
    if rows:
        reached(Point.CLAIMED)
    found = {
        id: Claim(id, events.HANDLERS[handler], organisations.get(organisation), facts[message])
        for id, handler, organisation, message in rows
    }
    return [found[delivery_id] for delivery_id in ids if delivery_id in found]


def _lease() -> Any:
    return now() + timedelta(seconds=current_app.config["LEASE_SECONDS"])


def _organisations(ids: Iterable[UUID | None]) -> dict[UUID | None, Any]:
    """The rows that Actors are made of, by id; the one table of a room that the floor reads."""
    found = text("select id, kind, slug, name, languages from organisation where id = any(:ids)")
    wanted = [each for each in ids if each is not None]
    return {row.id: row for row in db.session.execute(found, {"ids": wanted})} if wanted else {}


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
    """Deliveries whose lease ran out: begun and not finished, or lost before they began.

    What was never begun and whose lease ran out may simply wait its turn: while the queue is not empty it counts as
    lost only after a long time, or every sweep would hand a great fan-out over again.
    """
    begun = or_(Delivery.attempts > 0, Delivery.created_at < now() - PATIENCE) if _waits() else text("true")
    with scope.acting(Actor.system()):
        due = (
            update(Delivery)
            .where(Delivery.done_at.is_(None), Delivery.failed_at.is_(None))
            .where(or_(Delivery.leased_until.is_(None), Delivery.leased_until < now()))
            .where(begun)
            .values(leased_until=_lease())
            .returning(Delivery.id)
            .execution_options(synchronize_session=False)
        )
        left = sorted(db.session.scalars(due))
        events.commit()
    return left


def _waits() -> bool:
    """Whether anything stands in the queue; without Redis nothing does."""
    try:
        return queue().count > 0
    except (RedisError, OSError):
        return False
