"""Who acts is told to the database in every transaction; without that no row is visible."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from parasta_saas.core import events, rls, scope
from parasta_saas.core.access import Actor
from parasta_saas.core.db import db
from parasta_saas.tenants.models import Invitation, Membership
from tests.core.probe import actor_of, organisation_id, rows

# What anyone may read: which organisations exist, public facts, validity of seals, what is released.
PUBLIC = {"organisation", "workplace_register", "site", "seal", "reference_comment"}  # a comment: once published


def setting(name: str = "organisation") -> str | None:
    return db.session.scalar(text(f"select current_setting('parasta.{name}', true)"))


def addresses() -> set[str]:
    return {m.email.split("@")[1] for m in db.session.scalars(db.select(Membership))}


def seen_tables() -> set[str]:
    """Tables of which the acting one sees a row; those without a grant show none."""
    found = set()
    for state in rls.inspect(db.session()):
        name = state.name
        may = db.session.scalar(text("select has_table_privilege(:name, 'select')"), {"name": f"public.{name}"})
        if may and db.session.scalar(text(f'select exists (select 1 from "{name}")')):
            found.add(name)
    return found


def national_tables() -> set[str]:
    return {name for name, kind in rls.table_classes().items() if kind == "National"}


def test_without_a_scope_only_what_is_public_is_seen(fresh):
    filled = {
        s.name for s in rls.inspect(db.session()) if rows(fresh, f'select exists (select 1 from "{s.name}")')[0][0]
    }
    assert len(filled) > 25, "the cast fills the tables, so that there is something to hide"
    seen = seen_tables()
    scope.leave()
    assert seen <= PUBLIC | national_tables()
    assert {"membership", "mail", "audit_entry", "outbox", "delivery", "placement", "link"} <= filled - seen


def test_without_a_scope_no_row_can_be_written(fresh):
    lumo = organisation_id("lumo")
    scope.leave()
    with pytest.raises(ProgrammingError, match="row-level security"):
        db.session.execute(text("insert into form_key (tenant_id, key, at) values (:lumo, 'k', now())"), {"lumo": lumo})
    events.rollback()


def test_each_sees_their_own_organisation(fresh):
    for slug, place in (("kerttu", "lumo"), ("siiri", "kaari"), ("matti", "paja")):
        with scope.acting(actor_of(slug)):
            assert addresses() == {f"{place}.example"}


def test_nobody_is_there_before_and_after(fresh):
    with scope.acting(actor_of("kerttu")):
        assert addresses()
    assert addresses() == set() and not setting()
    db.session.rollback()


def test_acting_for_another_brings_the_first_back(fresh):
    kerttu, siiri = actor_of("kerttu"), actor_of("siiri")
    with scope.acting(kerttu):
        with scope.acting(siiri):
            assert addresses() == {"kaari.example"}
        assert db.session().info["actor"] == kerttu
        assert setting() == str(kerttu.organisation_id) and addresses() == {"lumo.example"}


def test_a_mistake_while_acting_for_another_brings_the_first_back(fresh):
    kerttu = actor_of("kerttu")
    with scope.acting(kerttu):
        with pytest.raises(ZeroDivisionError), scope.acting(actor_of("siiri")):
            addresses()
            raise ZeroDivisionError
        assert addresses() == {"lumo.example"}


def invitation(actor: Actor) -> Invitation:
    return Invitation(
        tenant_id=actor.organisation_id, organisation_id=actor.organisation_id, name="N", email="n@lumo.example",
        language="fi", roles=["teacher"], invited_by=actor.name,
    )  # fmt: skip


def test_work_apart_stays_when_the_work_around_it_fails(fresh):
    kerttu = actor_of("kerttu")
    with pytest.raises(ZeroDivisionError), scope.acting(kerttu):
        with events.apart(kerttu):
            db.session.add(invitation(kerttu))
        db.session.add(invitation(kerttu))
        db.session.flush()
        raise ZeroDivisionError
    assert rows(fresh, "select count(*) from invitation where name = 'N'") == [(1,)]


def test_the_scope_holds_after_a_commit(fresh):
    with scope.acting(actor_of("kerttu")):
        events.commit()
        assert addresses() == {"lumo.example"}
        db.session.rollback()
        assert addresses() == {"lumo.example"}


def test_what_was_loaded_for_somebody_else_is_let_go(fresh):
    with scope.acting(actor_of("kerttu")):
        loaded = db.session.scalars(db.select(Membership)).first()
        scope.enter(actor_of("siiri"))
        assert loaded not in db.session and not list(db.session.identity_map)


def test_inside_a_savepoint_the_scope_stays_as_it_is(fresh):
    kerttu, siiri = actor_of("kerttu"), actor_of("siiri")
    with scope.acting(kerttu):
        with db.session.begin_nested():
            with pytest.raises(RuntimeError, match="savepoint"):
                scope.enter(siiri)
            assert setting() == str(kerttu.organisation_id)
        assert addresses() == {"lumo.example"}


def test_a_connection_goes_back_to_the_pool_with_nobody_on_it(fresh):
    """PostgreSQL leaves an empty setting behind, not a missing one; it stands for nobody all the same."""
    with scope.acting(actor_of("kerttu")):
        served_by = db.session.scalar(text("select pg_backend_pid()"))
        assert setting()
    with db.engine.connect() as connection:
        assert connection.scalar(text("select pg_backend_pid()")) == served_by
        for name in ("organisation", "kind", "person"):
            assert connection.scalar(text(f"select current_setting('parasta.{name}', true)")) == ""
        assert connection.scalar(text("select count(*) from membership")) == 0
        assert connection.scalar(text("select count(*) from outbox")) == 0


def test_two_threads_never_see_each_others_rows(fresh):
    people = {place: actor_of(slug) for slug, place in (("kerttu", "lumo"), ("siiri", "kaari"), ("stina", "fjarden"))}
    together = threading.Barrier(len(people))

    def look(place: str) -> list[set[str]]:
        seen = []
        with fresh.app.app_context():
            for _ in range(15):
                together.wait(20)
                with scope.acting(people[place]):
                    seen.append(addresses())
        return seen

    with ThreadPoolExecutor(len(people)) as pool:
        found = dict(zip(people, pool.map(look, people), strict=True))
    assert {place: [{f"{place}.example"}] * 15 for place in people} == found
