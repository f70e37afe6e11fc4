"""Turn a request into `g.actor`: who, from the session; for whom, from the address."""

from typing import Any

from flask import Blueprint, Flask, current_app, g, request, session, url_for
from flask_login import current_user

from ..accounts import identity, way_back
from ..core import forms, scope
from ..core.access import Actor
from ..core.errors import NotFound
from ..core.i18n import LANGUAGES, set_language
from ..core.pages import is_htmx, sent_on
from . import queries
from .models import Membership, Organisation

OF_NOBODY = ("static", "core.alive", "core.ready")  # answered without asking the database who is there


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
    if not actor or not actor.organisation_slug or "organisation" in values:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, "organisation"):
        values["organisation"] = actor.organisation_slug


def begin() -> None:
    """Everyone starts as nobody; a signed-in person is at least a person."""
    scope.leave()
    g.actor = Actor.anonymous(_language())
    set_language(g.actor.language)
    if request.endpoint in OF_NOBODY:
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
        return sent_on(url_for("accounts.sign_in", next=_page_of_request()))
    found = queries.membership_at(g.actor.person_id, g.slug or "")
    if found is None:
        raise NotFound()
    organisation, member = found
    act_for(organisation, member)
    if current_user.person.last_organisation != organisation.id:
        identity.remember_organisation(current_user.token, organisation.id)
    forms.claim_key(g.actor)
    return None


def _page_of_request() -> str | None:
    """The page to come back to after signing in: this one, or the one whose form was sent."""
    if request.method in ("GET", "HEAD") and not is_htmx():
        return request.full_path.rstrip("?")
    return way_back.path_of(request.referrer, request.host)


def act_for(organisation: Organisation, member: Membership) -> None:
    """From here on the request acts for this organisation."""
    g.actor = Actor(
        kind=organisation.kind,
        organisation_id=organisation.id,
        organisation_name=organisation.called(g.actor.language),
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
