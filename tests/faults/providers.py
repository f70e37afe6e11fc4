"""Many providers beside those of the cast, and the publication that is offered to each of them."""

from datetime import timedelta
from typing import Any

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock, daily, events
from parasta_saas.core.access import Actor
from parasta_saas.core.db import db
from parasta_saas.instructions.models import Instruction
from parasta_saas.instructions.services import open_handbook
from parasta_saas.reference import queries as reference
from parasta_saas.reference import services as releases
from parasta_saas.tenants import services as tenants

OF_THE_CAST = 3
WORDS = " Meillä sovitaan tämä aina puhelimella ennen jakson alkua."
NEW = (
    "create temporary table newcomer on commit drop as"
    " select uuidv7() as id, uuidv7() as person, 'p' || n as slug from generate_series(1, %s) n"
)
ORGANISATIONS = (
    "insert into organisation (id, created_at, kind, slug, name, names, sort_name, languages)"
    " select new.id, now(), kind, new.slug, 'Koulu ' || new.slug, names, sort_name, languages"
    " from newcomer new, organisation where organisation.slug = 'p0'"
)
ACCOUNTS = (
    "insert into identity.account (id, email, name, language, created_at)"
    " select person, 'laatu@' || slug || '.example', 'Laatu ' || slug, 'fi', now() from newcomer"
)
MEMBERS = (
    "insert into membership select (jsonb_populate_record(m, jsonb_build_object('id', uuidv7(),"
    " 'organisation_id', new.id, 'person_id', new.person, 'name', 'Laatu ' || new.slug,"
    " 'email', 'laatu@' || new.slug || '.example'))).*"
    " from newcomer new, membership m join organisation o on o.id = m.organisation_id and o.slug = 'p0'"
)
# Ids are unique within a tenant. The words differ, or nothing that was split once would be split again.
OWNED = (
    "insert into {0} select (jsonb_populate_record(null::{0}, replace(to_jsonb(row)::text, 'Meillä',"
    " 'Koululla ' || new.slug)::jsonb || jsonb_build_object('tenant_id', new.id))).*"
    " from newcomer new, {0} row join organisation o on o.id = row.tenant_id and o.slug = 'p0'"
)
TABLES = ("handbook", "adoption", "audit_head", "audit_entry", "instruction")


def open_providers(number: int) -> None:
    """So many with those of the cast, each with a quality manager and a handbook at release 1.0."""
    slugs = [f"p{n}" for n in range(number - OF_THE_CAST)]
    with events.apart(Actor.system()):
        for slug in slugs:
            place = tenants.add_organisation(
                Actor.system(), kind="provider", slug=slug, name=f"Koulu {slug}", languages=["fi"]
            )
            tenants.add_member(
                Actor.system(), organisation_id=place.id, email=f"laatu@{slug}.example", name=f"Laatu {slug}",
                language="fi", roles=["quality_manager"],
            )  # fmt: skip
    for slug in slugs:
        with system_at(slug) as actor:
            open_handbook(actor)


def open_many(world: Any, number: int, *, own: int = 12) -> None:
    """The same for thousands, in seconds: one provider with own words on `own` steps, and its rows once for each.

    The rows are copied above the rules; whoever works on them afterwards is parasta_app, under the rules.
    """
    open_providers(OF_THE_CAST + 1)
    write_own_words("p0", own)
    daily.begin_day()  # for the few that there are, and not among what is measured
    world.work()
    with world.superuser_connection() as above:
        with above.transaction():
            above.execute("set local session_replication_role = replica")  # references hold: of the same tenant
            above.execute(NEW.replace("%s", str(number - OF_THE_CAST - 1)))
            for statement in (ORGANISATIONS, ACCOUNTS, MEMBERS, *(OWNED.format(table) for table in TABLES)):
                above.execute(statement)
        above.execute("analyze")


def write_own_words(slug: str, steps: int) -> None:
    """Own words on the first steps: in the first sentence on every third, behind the last one on the others."""
    with system_at(slug) as actor:
        release = reference.current_release()
        found = [(step.key, dict(step.guidance)) for step in reference.steps_of(release.id)[:steps]]
        for n, (key, guidance) in enumerate(found):
            words = f"Meillä {guidance['fi']}" if n % 3 == 0 else guidance["fi"] + WORDS
            made = Instruction(tenant_id=actor.organisation_id, step_key=key, edition=0)
            overlay = {"guidance": {"fi": words}, "note": {"fi": "Meillä vastaa jakson opettaja."}}
            made.put_in_force(overlay, release_id=release.id, national=guidance, by_id=None, by="Laatu")
            db.session.add(made)


def reword_draft(world: Any, steps: int = 12) -> None:
    """Let the draft of the cast change the guidance of so many steps, every other of the first, as if approved so."""
    reworded = (
        "update reference_step s set guidance = guidance || jsonb_build_object('fi', 'Aivan aluksi ' ||"
        " (guidance ->> 'fi')) from reference_release r where r.id = s.release_id and r.number = '1.1'"
        " and s.key in (select key from (select key, row_number() over (order by position) - 1 as n"
        f" from reference_step where release_id = r.id) each where n % 2 = 0 and n < {2 * steps})"
    )
    with world.superuser_connection() as above:
        above.execute(reworded)


def publish() -> None:
    """Tapio publishes the draft of the cast."""
    with acting_as("tapio") as tapio:
        draft = next(r for r in reference.releases_of(tapio) if r.number == "1.1")
        until = clock.today() + timedelta(days=90)
        releases.publish_release(tapio, reference.draft_for(tapio, draft.id), transition_until=until)
