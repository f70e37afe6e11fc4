"""Is everything that the service leans on there? Asked by /readyz and by `parasta doctor`."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from redis.exceptions import RedisError
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from . import scope
from .access import Actor
from .clock import now
from .db import db
from .jobs import queue
from .outbox import Delivery, Message

OLDEST = timedelta(minutes=2)


def readiness(app: Flask) -> dict[str, dict[str, Any]]:
    """Name of check → {ok, says}; never raises."""
    return {name: _tried(check, app) for name, check in CHECKS.items()}


def _tried(check: Callable[[Flask], str], app: Flask) -> dict[str, Any]:
    try:
        return {"ok": True, "says": check(app)}
    except (SQLAlchemyError, RedisError, OSError, NotReady) as problem:
        db.session.rollback()  # the next check begins anew
        return {"ok": False, "says": f"{type(problem).__name__}: {problem}".splitlines()[0][:200]}


class NotReady(Exception):
    """Something is there but not as it should be."""


def _database(app: Flask) -> str:
    return str(db.session.scalar(text("select split_part(version(), ' ', 2)")))


def _redis(app: Flask) -> str:
    queue(app).connection.ping()
    return f"{len(queue(app))} waiting"


def _outbox(app: Flask) -> str:
    with scope.acting(Actor.system()):
        oldest = db.session.scalar(select(func.min(Message.created_at)).where(Message.dispatched_at.is_(None)))
        failed = db.session.scalar(select(func.count()).select_from(Delivery).where(Delivery.failed_at.is_not(None)))
        untouched = db.session.scalar(
            select(func.min(Delivery.created_at)).where(Delivery.done_at.is_(None), Delivery.attempts == 0)
        )
    if oldest and now() - oldest > OLDEST:
        raise NotReady(f"the oldest message has waited since {oldest:%H:%M:%S}; is the scheduler running?")
    if untouched and now() - untouched > OLDEST:
        raise NotReady(f"a delivery has waited since {untouched:%H:%M:%S}; is a worker running?")
    return f"nothing waits long, {failed} failed"


def _migrations(app: Flask) -> str:
    there = db.session.scalar(text("select version_num from alembic_version"))
    wanted = app.config["MIGRATION_HEAD"]
    if there != wanted:
        raise NotReady(f"the database is at {there}, the code at {wanted}; run `parasta migrate`")
    return str(there)


CHECKS: dict[str, Callable[[Flask], str]] = {
    "database": _database, "redis": _redis, "outbox": _outbox, "migrations": _migrations,
}  # fmt: skip
