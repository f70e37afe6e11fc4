"""What happened is written down with the work itself: outbox and sealed chain, or nothing at all."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import g
from sqlalchemy.exc import ProgrammingError

from parasta_saas.audit import chain, queries
from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.cli.demo.people import PLACES
from parasta_saas.core import error_pages, events, scope
from parasta_saas.core.db import db
from parasta_saas.core.errors import Forbidden
from parasta_saas.tenants import services as tenants
from tests.core.probe import Knocked, Shook, actor_of, organisation_id, rows

OUTBOX = "select body, xmin from outbox where name = 'tests.knocked'"
AUDIT = "select body, xmin from audit_entry where name = 'tests.knocked'"


@pytest.fixture(autouse=True)
def probes(listening):
    """The tests' own facts are known."""


def chain_of(slug: str) -> list[chain.Entry]:
    with system_at(slug) as actor:
        return list(queries.every_entry_of(actor))


def test_nothing_is_written_before_the_commit(fresh):
    kerttu = actor_of("kerttu")
    with scope.acting(kerttu):
        events.emit(kerttu, Knocked(number=7))
        db.session.flush()
        assert rows(fresh, OUTBOX) == rows(fresh, AUDIT) == []
        events.commit()
    assert [body for body, _ in rows(fresh, OUTBOX)] == [{"number": 7}]


def test_work_outbox_and_chain_are_one_transaction(fresh):
    with acting_as("kerttu") as kerttu:
        events.emit(kerttu, Knocked(number=7))
        tenants.invite_person(
            kerttu, organisation_id=kerttu.organisation_id, email="n@lumo.example", name="N", language="fi",
            roles=["teacher"],
        )  # fmt: skip
    (told,), (logged,) = rows(fresh, OUTBOX), rows(fresh, AUDIT)
    assert told == logged
    assert rows(fresh, "select xmin from invitation where name = 'N'") == [(told[1],)]


def test_a_rollback_leaves_neither(fresh):
    kerttu = actor_of("kerttu")
    with scope.acting(kerttu):
        events.emit(kerttu, Knocked())
        events.rollback()
        events.commit()
    assert rows(fresh, OUTBOX) == rows(fresh, AUDIT) == []


def test_an_error_at_the_commit_leaves_neither(fresh):
    """The chain is written last; when it refuses, the outbox is empty as well."""
    paja, fjarden = actor_of("matti"), organisation_id("fjarden")
    with pytest.raises(ProgrammingError), scope.acting(paja):
        events.emit(paja, Knocked())
        events.emit(paja, Shook(tenant_id=fjarden, workplace_id=paja.organisation_id))
        events.commit()
    assert rows(fresh, OUTBOX) == rows(fresh, AUDIT) == []


def test_a_refusal_is_logged_though_the_request_is_undone(fresh):
    kerttu = actor_of("kerttu")
    with fresh.app.test_request_context("/o/lumo/log"):
        g.actor = kerttu
        scope.enter(kerttu)
        events.emit(kerttu, Knocked())
        db.session.flush()
        assert error_pages.domain_error(Forbidden("Kysy laatupäälliköltä.")).status_code == 403
    assert rows(fresh, OUTBOX) == []
    (last,) = rows(fresh, "select name, actor_name from audit_entry where tenant_id = %s order by seq desc limit 1",
                   kerttu.organisation_id)  # fmt: skip
    assert last == ("core.refused", "Kerttu Kivi")


@pytest.mark.parametrize("slug", [p.slug for p in PLACES])
def test_every_chain_of_the_cast_holds(fresh, slug):
    assert chain.whole(chain_of(slug)).broken is None


@pytest.mark.parametrize("change", ["actor_name = 'Siiri Sarka'", "body = '{\"number\": 2}'", "seq = 99999"])
def test_a_changed_row_breaks_its_chain(fresh, change):
    with acting_as("kerttu") as kerttu:
        for number in range(3):
            events.emit(kerttu, Knocked(number=number))
    assert chain.whole(chain_of("lumo")).broken is None
    changed = rows(fresh, f"update audit_entry set {change} where name = 'tests.knocked' and body->>'number' = '1'"
                          " returning seq")  # fmt: skip
    assert chain.whole(chain_of("lumo")).broken is not None and len(changed) == 1


def test_a_workplaces_act_on_a_shared_thing_stands_in_the_tenants_chain(fresh):
    lumo, before = organisation_id("lumo"), len(chain_of("paja"))
    with acting_as("matti") as matti:
        events.emit(matti, Shook(tenant_id=lumo, workplace_id=matti.organisation_id))
    line = chain_of("lumo")[-1]
    assert (line.name, line.actor_name) == ("tests.shook", "Matti Mäki")
    assert len(chain_of("paja")) == before
    told = {row[0] for row in rows(fresh, "select organisation_id from outbox where name = 'tests.shook'")}
    assert told == {lumo, matti.organisation_id}, "each side's handlers hear of it"


@pytest.mark.parametrize("slug", ["fjarden", "kahvila-kanerva", "viitemalli"])
def test_nobody_adds_to_the_chain_of_strangers(fresh, slug):
    matti, stranger = actor_of("matti"), organisation_id(slug)
    with pytest.raises(ProgrammingError, match="belongs to another organisation"), scope.acting(matti):
        events.append_audit(stranger, matti, "tests.knocked", {})


def together(world, works) -> None:
    """Run each in a thread of its own, all at once; the first error is raised here."""
    start = threading.Barrier(len(works))

    def run(work) -> None:
        with world.app.app_context():
            start.wait(20)
            work()

    with ThreadPoolExecutor(len(works)) as pool:
        for done in [pool.submit(run, work) for work in works]:
            done.result(60)


def test_those_who_add_to_one_chain_at_once_wait_for_each_other(fresh):
    people = [actor_of(slug) for slug in ("kerttu", "eero", "aino", "oskari")]
    before = len(chain_of("lumo"))

    def knock(actor):
        for number in range(10):
            with events.apart(actor):
                events.emit(actor, Knocked(number=number))

    together(fresh, [lambda a=actor: knock(a) for actor in people])
    lines = chain_of("lumo")
    assert chain.whole(lines).broken is None and len(lines) == before + 40
    assert {line.actor_name for line in lines[before:]} == {actor.name for actor in people}


def test_those_who_add_to_two_chains_in_either_order_never_stop_each_other(fresh):
    """Hanna works with Lumo and Kaari; whichever she names first, the chains are taken in one order."""
    hanna, providers = actor_of("hanna"), [organisation_id("lumo"), organisation_id("kaari")]
    before = len(chain_of("lumo")), len(chain_of("kaari"))

    def shake(order):
        for _ in range(10):
            with events.apart(hanna):
                for tenant in order:
                    events.emit(hanna, Shook(tenant_id=tenant, workplace_id=hanna.organisation_id))

    together(fresh, [lambda: shake(providers), lambda: shake(providers[::-1])] * 2)
    for place, length in zip(("lumo", "kaari"), before, strict=True):
        assert chain.whole(chain_of(place)) == chain.Whole(length + 40, None)
