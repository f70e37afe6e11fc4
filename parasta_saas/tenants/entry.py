"""Turn a request into `g.actor`: who, from the session; for whom, from the address."""

from typing import Any

from flask import Blueprint, Flask, g, redirect, request, session, url_for
from flask_login import current_user

from ..accounts import identity
from ..core import forms, scope
from ..core.access import Actor
from ..core.errors import NotFound
from ..core.i18n import LANGUAGES, set_language
from . import queries
from .models import Membership, Organisation


def init(app: Flask) -> None:
    app.before_request(begin)
    app.url_value_preprocessor(_take_slug)
    app.url_defaults(_give_slug)


def organisation_blueprint(name: str, import_name: str, prefix: str = "") -> Blueprint:
    """A blueprint whose pages stand under /o/<organisation>/ and need a membership there."""
    bp = Blueprint(name, import_name, url_prefix=f"/o/<organisation>{prefix}")
    bp.before_request(need_membership)
    return bp


def _take_slug(endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.slug = values.pop("organisation", None) if values and request.path.startswith("/o/") else None


def _give_slug(endpoint: str, values: dict[str, Any]) -> None:
    actor = g.get("actor")
    if actor and actor.organisation_slug and "organisation" not in values:
        from flask import current_app

        if current_app.url_map.is_endpoint_expecting(endpoint, "organisation"):
            values["organisation"] = actor.organisation_slug


def begin() -> None:
    """Everyone starts as nobody; a signed-in person is at least a person."""
    scope.leave()
    g.actor = Actor.anonymous(_language())
    set_language(g.actor.language)
    if request.endpoint == "static":
        return
    person = current_user.person if current_user.is_authenticated else None
    if person:
        language = session.get("language") or person.language
        g.actor = Actor(
            kind="person", person_id=person.account_id, name=person.name, email=person.email, language=language
        )
        set_language(language)
    scope.enter(g.actor)


def need_membership() -> Any:
    """Pages of an organisation: sign in first; somewhere one does not belong looks like nowhere."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)
    found = queries.membership_at(g.actor.person_id, g.slug or "")
    if found is None:
        raise NotFound()
    organisation, member = found
    act_for(organisation, member)
    if current_user.person.last_organisation != organisation.id:
        identity.remember_organisation(current_user.token, organisation.id)
    forms.claim_key(g.actor)
    return None


def act_for(organisation: Organisation, member: Membership) -> None:
    """From here on the request acts for this organisation."""
    g.actor = Actor(
        kind=organisation.kind,
        organisation_id=organisation.id,
        organisation_name=organisation.names.get(g.actor.language) or organisation.name,
        organisation_slug=organisation.slug,
        person_id=member.person_id,
        membership_id=member.id,
        name=member.name,
        email=member.email,
        roles=frozenset(member.roles),
        language=g.actor.language,
        languages=tuple(organisation.languages),
    )
    scope.enter(g.actor)


def act_as_guest(actor: Actor) -> None:
    """From here on the request acts for whoever holds a mailed link."""
    language = session.get("language") or actor.language
    g.actor = Actor(**{**vars(actor), "language": language})
    set_language(language)
    scope.enter(g.actor)
    forms.claim_key(g.actor)


def _language() -> str:
    """What the person chose, else what the browser prefers, else Finnish."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return chosen
    return request.accept_languages.best_match(LANGUAGES) or "fi"
