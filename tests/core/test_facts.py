"""Facts are told with the work that they tell of, or not at all."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import events, jobs, scope
from parasta_saas.core.db import db
from parasta_saas.tenants.events import PersonInvited


def told(world) -> int:
    with world.superuser_connection() as connection:
        row = connection.execute("select count(*) from outbox where name = 'tenants.person_invited'").fetchone()
    return row[0]


def test_work_apart_does_not_tell_what_the_dropped_request_would_have(fresh):
    """`apart` rolls the request back; its facts go with its work."""
    before = told(fresh)
    with system_at("lumo") as lumo:
        actor = lumo
    with scope.acting(actor):
        events.emit(actor, PersonInvited(invitation_id=uuid4()))
        with events.apart(actor):
            db.session.execute(text("select 1"))
        events.commit()
    assert told(fresh) == before


def test_a_block_that_did_not_commit_tells_nothing_later(fresh):
    before = told(fresh)
    with system_at("lumo") as lumo:
        actor = lumo
    with scope.acting(actor):
        events.emit(actor, PersonInvited(invitation_id=uuid4()))
    scope.enter(actor)
    events.commit()
    assert told(fresh) == before


def test_what_failed_tells_nothing(fresh):
    before = told(fresh)
    with pytest.raises(RuntimeError), acting_as("kerttu") as kerttu:
        events.emit(kerttu, PersonInvited(invitation_id=uuid4()))
        raise RuntimeError
    assert told(fresh) == before


def test_a_scope_can_not_change_inside_a_savepoint(fresh):
    with acting_as("kerttu") as kerttu, db.session.begin_nested(), pytest.raises(RuntimeError, match="savepoint"):
        scope.enter(kerttu)


def test_a_failing_handler_is_tried_again_and_leaves_a_reason(fresh):
    """The invitation does not exist, so its handler fails; the work of others goes on."""
    with system_at("lumo") as lumo:
        events.emit(lumo, PersonInvited(invitation_id=uuid4()))
    fresh.work()
    with fresh.superuser_connection() as connection:
        found = "select attempts, last_error, done_at, leased_until > now() from delivery where last_error is not null"
        attempts, reason, done, waits = connection.execute(found).fetchone()
        assert (attempts, done, waits) == (1, None, True) and reason.startswith("NotFound")
        connection.execute(
            f"update delivery set leased_until = now(), attempts = {jobs.MAX_ATTEMPTS - 1} where last_error is not null"
        )
    fresh.work()
    assert jobs.sweep() == 0
    with fresh.superuser_connection() as connection:
        assert connection.execute("select count(*) from delivery where failed_at is not null").fetchone()[0] == 1
