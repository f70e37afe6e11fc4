"""Tell PostgreSQL who acts, at the start of every transaction. Without it no row is visible."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.orm import Session

from .access import Actor
from .db import db

SET = text(
    "select set_config('parasta.organisation', :organisation, true),"
    " set_config('parasta.kind', :kind, true), set_config('parasta.person', :person, true)"
)


def enter(actor: Actor) -> None:
    """Act for `actor` from here on; whatever was loaded for somebody else is let go."""
    session = db.session()
    if session.in_nested_transaction():
        raise RuntimeError("A scope can't change inside a savepoint: RELEASE would leave the inner one.")
    if session.new or session.dirty or session.deleted:
        session.flush()
    session.expunge_all()
    session.info["scope"] = {
        "organisation": str(actor.organisation_id or ""),
        "kind": "system" if actor.kind == "system" else actor.kind,
        "person": str(actor.person_id or ""),
    }
    session.info["actor"] = actor
    if session.in_transaction():
        session.execute(SET, session.info["scope"])


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """One unit of work for `actor`, in its own transaction; the scope before comes back."""
    session = db.session()
    before = session.info.get("actor")
    _drop(session)
    enter(actor)
    try:
        yield actor
    finally:
        _drop(session)
        leave() if before is None else enter(before)


def leave() -> None:
    """Forget the scope: nothing is visible until the next `enter`."""
    session = db.session()
    _drop(session)
    session.expunge_all()
    session.info.pop("scope", None)
    session.info.pop("actor", None)


def _drop(session: Session) -> None:
    """Undo what was not committed, and forget what it would have told."""
    session.info.pop("facts", None)
    session.rollback()


@event.listens_for(Session, "after_begin")
def _tell_the_database(session: Session, transaction: Any, connection: Any) -> None:
    scope = session.info.get("scope")
    if scope and not transaction.nested:
        connection.execute(SET, scope)
