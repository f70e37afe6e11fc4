"""Bring organisations and people in."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ..accounts import identity
from ..core import links, scope
from ..core.access import Actor, require
from ..core.collate import sort_name
from ..core.db import db
from ..core.errors import Invalid
from ..core.events import emit
from ..core.i18n import LANGUAGES, _
from . import policies, queries
from .events import InvitationAccepted, LanguagesChosen, PersonInvited
from .models import Invitation, Membership, Organisation, Relation


def add_organisation(
    actor: Actor, *, kind: str, slug: str, name: str, languages: list[str], names: dict[str, str] | None = None
) -> Organisation:
    """Add an organisation: the installation adds providers; a provider adds workplaces."""
    require(policies.can_add_organisation(actor) or (kind == "workplace" and policies.can_relate_workplace(actor)))
    organisation = Organisation(
        kind=kind, slug=slug, name=name, names=names or {}, sort_name=sort_name(name), languages=languages
    )
    db.session.add(organisation)
    db.session.flush()  # membership and relation rows refer to it
    return organisation


def choose_languages(actor: Actor, organisation: Organisation, *, languages: Sequence[str]) -> None:
    """Say in which languages the provider writes its instructions and meets the public; one of fi and sv at least.

    What was written in a language left out is kept and comes back with it.
    """
    require(policies.can_choose_languages(actor))
    chosen = [code for code in LANGUAGES if code in languages]
    if not {"fi", "sv"} & set(chosen):
        raise Invalid({"languages": [_("Choose Finnish, Swedish or both. English comes beside them.")]})
    organisation.languages = chosen
    emit(actor, LanguagesChosen(languages=tuple(chosen)))


def relate(actor: Actor, workplace_id: UUID) -> Relation:
    """Say that this provider works with that workplace; the same relation is made once."""
    require(policies.can_relate_workplace(actor))
    assert actor.organisation_id is not None
    known = queries.relation_between(actor.organisation_id, workplace_id)
    if known:
        return known
    relation = Relation(tenant_id=actor.organisation_id, workplace_id=workplace_id)
    db.session.add(relation)
    db.session.flush()  # every Shared row refers to it
    return relation


def add_member(
    actor: Actor, *, organisation_id: UUID, email: str, name: str, language: str, roles: list[str], phone: str = ""
) -> Membership:
    """Give a person a place in an organisation, with an account if there is none yet; a member takes on the roles."""
    require(policies.can_add_organisation(actor) or policies.can_accept_invitation(actor))
    person_id = identity.open_account(email, name, language)
    known = queries.member_who_is(organisation_id, person_id)
    if known:
        known.take_on(roles)
        return known
    member = Membership(
        organisation_id=organisation_id, person_id=person_id, name=name, sort_name=sort_name(name),
        email=email, phone=phone, language=language, roles=roles,
    )  # fmt: skip
    db.session.add(member)
    db.session.flush()  # tenant rows refer to it
    return member


def invite_person(
    actor: Actor, *, organisation_id: UUID, email: str, name: str, language: str, roles: list[str]
) -> Invitation:
    """Ask a person in by mail, in named roles."""
    require(policies.can_invite_person(actor))
    invitation = Invitation(
        tenant_id=actor.organisation_id, organisation_id=organisation_id, name=name, email=email,
        language=language, roles=roles, invited_by=actor.name,
    )  # fmt: skip
    db.session.add(invitation)
    db.session.flush()  # the event carries its id
    emit(actor, PersonInvited(invitation_id=invitation.id))
    return invitation


def accept_invitation(actor: Actor, invitation: Invitation, *, name: str, language: str) -> Membership:
    """Take the place one was invited to: once, in the organisation that the invitation names."""
    require(policies.can_accept_invitation(actor))
    wanted: dict[str, Any] = {
        "organisation_id": invitation.organisation_id, "email": invitation.email, "roles": list(invitation.roles)
    }  # fmt: skip
    invitation.accept()
    links.use(actor.link)
    emit(actor, InvitationAccepted(invitation_id=invitation.id, organisation_id=invitation.organisation_id))
    newcomer = Actor.guest(actor.link, queries.organisation_with(invitation.organisation_id))
    scope.enter(newcomer)
    return add_member(newcomer, name=name, language=language, **wanted)
