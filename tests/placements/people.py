"""People beside the cast: a second teacher, another student, another guardian, and ids that tests need."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from parasta_saas.accounts import identity
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import events
from parasta_saas.core.access import Actor
from parasta_saas.placements import queries, services
from parasta_saas.tenants import queries as tenants
from parasta_saas.tenants import services as members
from tests.visitor import Visitor

TEACHER = "tuula@lumo.example"
STUDENT = "otso@lumo.example"
GUARDIAN = "oili@lumo.example"


def ids_of(world) -> dict[str, UUID]:
    """Student's name → id of the placement."""
    found: dict[str, UUID] = {}
    for who in ("aino", "stina"):
        with acting_as(who) as actor:
            found |= {p.student_name: p.id for p in queries.placements_of(actor, state="all").items}
    return found


def add(email: str, name: str, role: str) -> None:
    """A member of Lumo who is not in the cast."""
    with events.apart(Actor.system()):
        members.add_member(
            Actor.system(), organisation_id=tenants.organisation_at("lumo").id, email=email, name=name,
            language="fi", roles=[role],
        )  # fmt: skip


def other_guardian(world) -> Visitor:
    """The guardian of somebody else: of nobody, as far as Ville is concerned."""
    add(GUARDIAN, "Oili Onnela", "guardian")
    return Visitor(world, GUARDIAN)


def other_teacher(world) -> Visitor:
    add(TEACHER, "Tuula Tuomi", "teacher")
    return Visitor(world, TEACHER)


@contextmanager
def second_teacher() -> Iterator[Actor]:
    add(TEACHER, "Tuula Tuomi", "teacher")
    with _as(TEACHER) as actor:
        yield actor


@contextmanager
def otso() -> Iterator[Actor]:
    """Ville's classmate."""
    with _as(STUDENT) as actor:
        yield actor


@contextmanager
def _as(email: str) -> Iterator[Actor]:
    with events.apart(Actor.system()):
        account = identity.open_account(email, email, "fi")
    with events.apart(Actor(kind="person", person_id=account)):
        organisation, member = tenants.membership_at(account, "lumo")
        actor = Actor(
            kind="provider", organisation_id=organisation.id, organisation_name=organisation.name,
            organisation_slug=organisation.slug, person_id=account, membership_id=member.id, name=member.name,
            email=member.email, roles=frozenset(member.roles), languages=tuple(organisation.languages),
        )  # fmt: skip
    with events.apart(actor):
        yield actor


__all__ = ["add", "ids_of", "other_guardian", "other_teacher", "otso", "second_teacher", "services"]
