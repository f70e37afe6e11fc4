"""A published release is offered to every provider, in a delivery of its own for each."""

from typing import Any
from uuid import UUID

from flask import current_app

from ..core import formats, jobs, mail
from ..core.access import Actor
from ..core.events import on
from ..reference import queries as reference
from ..tenants import queries as tenants
from . import handlers_conversation, handlers_learning, handlers_versions, policies, weighing  # noqa: F401  its handlers
from . import queries as handbooks
from .queries import adoption
from .queries import update as queries
from .services import reminders
from .services import update as services


@on("reference.release_published", audience="providers")
def offer_release(actor: Actor, body: dict[str, Any]) -> None:
    """Offer the release; once per provider, however often this runs."""
    services.offer_update(actor, reference.release_with(UUID(body["release_id"])))


@on("instructions.update_finished")
def offer_what_waited(actor: Actor, body: dict[str, Any]) -> None:
    """A release that came out while an older update was open is offered now."""
    services.offer_update(actor, reference.current_release())


@on("instructions.update_offered")
def mail_editors(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who may decide: how many questions, how long it takes."""
    update = queries.update_for(actor, UUID(body["update_id"]))
    items = queries.items_of(actor, update)
    for member in tenants.members_of(actor, *policies.EDITORS):
        mail.queue_mail(
            actor, f"update_offered:{update.id}:{member.id}", "update_offered", to_name=member.name,
            to_address=member.email, language=member.language, number=update.number, changed_steps=len(items),
            questions=sum(state.open for state in items),
            address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/updates/{update.id}",
        )  # fmt: skip


@on("reference.impact_asked")
def weigh_draft(actor: Actor, body: dict[str, Any]) -> None:
    """Run the real merge in every handbook, dry. Each provider's count stays when this is broken off."""
    weighing.weigh(UUID(body["release_id"]))


@on("instructions.providers_reminded", audience="invited")
def mail_reminder(actor: Actor, body: dict[str, Any]) -> None:
    """Tell those who may decide that a newer release waits; nothing where it has been taken into use meanwhile."""
    followed, update = handbooks.book_of(actor).release, queries.pending_update(actor)
    if followed.number == body["number"]:
        return
    newer = reference.release_with(update.release_id) if update else reference.current_release()
    address = f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/updates"
    for member in tenants.members_of(actor, *policies.EDITORS):
        mail.queue_mail(
            actor, f"release_reminder:{body['on']}:{member.id}", "release_reminder", to_name=member.name,
            to_address=member.email, language=member.language, number=newer.number, followed=followed.number,
            until=formats.date(newer.transition_until, member.language) if newer.transition_until else "",
            address=f"{address}/{update.id}" if update else address,
        )  # fmt: skip


@on("instructions.update_finished")
def count_after_update(actor: Actor, body: dict[str, Any]) -> None:
    """One more follows the newer release."""
    _count_anew(actor)


@on("instructions.handbook_opened")
def count_after_opening(actor: Actor, body: dict[str, Any]) -> None:
    """One more follows a release by name."""
    _count_anew(actor)


@on("reference.release_published")
def count_after_publication(actor: Actor, body: dict[str, Any]) -> None:
    """The new release begins with nobody."""
    reminders.count_adoption(actor)


def _count_anew(actor: Actor) -> None:
    """How many follow which release is public; the national body alone can count it. In a burst one count does."""
    if not adoption.is_counted(actor):
        with jobs.as_national() as national:
            reminders.count_adoption(national)


@on("instructions.update_undone")
def count_after_going_back(actor: Actor, body: dict[str, Any]) -> None:
    """One less follows the newer release."""
    _count_anew(actor)


@on("instructions.instruction_published")
def look_at_update_again(actor: Actor, body: dict[str, Any]) -> None:
    """A step has its first own words, or its last ones were withdrawn: an update that waits asks accordingly."""
    _refresh(actor)


@on("instructions.instruction_withdrawn")
def look_at_update_again_after_withdrawal(actor: Actor, body: dict[str, Any]) -> None:
    """The same the other way."""
    _refresh(actor)


@on("instructions.update_assigned")
def mail_whoever_sees_to_it(actor: Actor, body: dict[str, Any]) -> None:
    """Tell a colleague once that an update is theirs, and until when; nobody writes to themselves."""
    update = queries.update_for(actor, UUID(body["update_id"]))
    if not body.get("member_id") or body["own"] or not update.pending:
        return
    member = tenants.member_for(actor, UUID(body["member_id"]), *policies.EDITORS)
    until = reference.release_with(update.release_id).transition_until
    mail.queue_mail(
        actor, f"update_assigned:{update.id}:{member.id}", "update_assigned", to_name=member.name,
        to_address=member.email, language=member.language, number=update.number, by=update.assigned_by,
        questions=sum(state.open for state in queries.items_of(actor, update)),
        until=formats.date(until, member.language) if until else "",
        address=f"{current_app.config['PUBLIC_URL']}/o/{actor.organisation_slug}/updates/{update.id}",
    )  # fmt: skip


def _refresh(actor: Actor) -> None:
    if update := queries.pending_update(actor):
        services.refresh_update(actor, queries.update_for(actor, update.id, lock=True))
