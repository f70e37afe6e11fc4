"""`emit` collects what happened; `commit` writes it down with the work itself, then wakes the workers.

A handler hears of an event at least once, and its effect is kept once: the delivery row is locked
in the handler's own transaction, so that a second worker waits and then finds it done.
"""

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import insert, text

from . import logs, scope
from .access import Actor
from .clock import now
from .db import db
from .ids import uuid7
from .outbox import Message


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact. Subclasses are named in the past tense and carry ids, never words about people."""

    name: ClassVar[str] = ""
    sentence: ClassVar[str] = ""  # how the log tells it: "%(actor)s …", an English msgid
    audited: ClassVar[bool] = True

    def body(self) -> dict[str, Any]:
        return json.loads(json.dumps(dataclasses.asdict(self), default=str))


@dataclass(frozen=True, kw_only=True)
class SharedEvent(Event):
    """A fact about a Shared thing: each side's handlers hear of it; the chain is the tenant's."""

    tenant_id: UUID
    workplace_id: UUID


@dataclass(frozen=True)
class Handler:
    """One function that listens. `audience`: own, sides (both of a shared event) or providers (all)."""

    key: str
    event: str
    function: Callable[[Actor, dict[str, Any]], None]
    audience: str


EVENTS: dict[str, type[Event]] = {}
HANDLERS: dict[str, Handler] = {}


def event(cls: type[Event]) -> type[Event]:
    """Register an event class by its name."""
    EVENTS[cls.name] = cls
    return cls


def on(name: str, *, audience: str = "own") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Let a function listen to an event: `handler(actor, body)`, in the scope of one organisation."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        key = f"{function.__module__.removeprefix('parasta_saas.')}.{function.__name__}"
        HANDLERS[key] = Handler(key, name, function, audience)
        return function

    return register


def emit(actor: Actor, fact: Event) -> None:
    """Say what happened. Nothing is written before `commit`."""
    db.session().info.setdefault("facts", []).append((actor, fact))


def commit() -> None:
    """The only commit: work, outbox and audit in one transaction. The chain head is taken last."""
    session = db.session()
    session.flush()
    facts = session.info.pop("facts", [])
    for actor, fact in facts:
        session.execute(insert(Message), _messages(actor, fact))
    for chain, actor, fact in _links(facts):
        append_audit(chain, actor, fact.name, fact.body())
    session.commit()
    if facts:
        from .jobs import wake

        wake()


@contextmanager
def apart(actor: Actor) -> Iterator[None]:
    """Work that stays although the request around it fails: a counted attempt, a noted refusal."""
    with scope.acting(actor):
        yield
        commit()


def rollback() -> None:
    session = db.session()
    session.info.pop("facts", None)
    session.rollback()


def _messages(actor: Actor, fact: Event) -> list[dict[str, Any]]:
    if isinstance(fact, SharedEvent):
        organisations: list[UUID | None] = [fact.tenant_id, fact.workplace_id]
    else:
        organisations = [actor.organisation_id]
    return [
        dict(id=uuid7(), created_at=now(), organisation_id=o, name=fact.name, body=fact.body()) for o in organisations
    ]


def _links(facts: list[tuple[Actor, Event]]) -> list[tuple[UUID, Actor, Event]]:
    """(chain, actor, fact) by chain: transactions that add to several chains lock them in one order."""
    found = [(_chain(actor, fact), actor, fact) for actor, fact in facts if fact.audited]
    return sorted(((c, a, f) for c, a, f in found if c is not None), key=lambda link: link[0])


def _chain(actor: Actor, fact: Event) -> UUID | None:
    return fact.tenant_id if isinstance(fact, SharedEvent) else actor.organisation_id


def append_audit(chain: UUID, actor: Actor, name: str, body: dict[str, Any]) -> None:
    """Add one link to an organisation's chain through the definer function."""
    db.session().execute(
        text("select audit_append(:chain, :at, :name, :actor_id, :actor_name, cast(:body as jsonb), :request)"),
        {
            "chain": chain,
            "at": now(),
            "name": name,
            "actor_id": actor.person_id,
            "actor_name": actor.name or "Parasta",
            "body": json.dumps(body, sort_keys=True, ensure_ascii=False),
            "request": logs.request_id(),
        },
    )
