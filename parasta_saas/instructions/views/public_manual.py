"""The handbook at its public address: no account, nothing to write, no names of people, nothing that is internal."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, g, make_response, request, url_for

from ...core import scope
from ...core.access import Actor, require
from ...core.errors import NotFound
from ...core.i18n import _, language
from ...core.pages import page
from ...tenants import queries as tenants
from .. import policies
from ..manual_document import Asked, Reader
from ..models import Publicity
from ..plain_words import Person, without_people
from ..queries import manual as manuals
from ..queries import reading as queries
from ..schemas_manual import ReadManual, meant
from .manual import part_words, shown
from .plain import at_phase, plain_context, wanted_audience

bp = Blueprint("public_manual", __name__, url_prefix="/h")
INDEX, PHASE, WHOLE, GONE = (f"manual/{name}.html" for name in ("plain", "plain_phase", "public_whole", "gone"))
KEPT = "public, max-age=300"  # seconds; what is closed is seen for five minutes at most


@bp.get("/<provider>", endpoint="show")
def show_phases(provider: str) -> Response:
    publicity = _enter(provider)
    return _sent(publicity, lambda: page(INDEX, **_plain(provider, publicity)))


@bp.get("/<provider>/handbook", endpoint="whole")
def show_whole(provider: str) -> Response:
    """The whole handbook, where the provider shows it."""
    publicity = _enter(provider)
    if publicity.is_open and not publicity.whole:
        raise NotFound()
    return _sent(publicity, lambda: page(WHOLE, **_whole(provider)))


@bp.get("/<provider>/<phase>", endpoint="phase")
def show_phase(provider: str, phase: str) -> Response:
    publicity = _enter(provider)
    return _sent(publicity, lambda: page(PHASE, **at_phase(_plain(provider, publicity), phase)))


def people_hidden(actor: Actor) -> Callable[[str], str]:
    """Takes names, addresses and numbers of the provider's people out of a text. One statement."""
    people = [Person(m.name, m.email, m.phone) for m in tenants.members_of(actor)]
    return without_people(people, _("[name]"))


def _enter(provider: str) -> Publicity:
    """Act for the provider as somebody who may only read; NotFound where the handbook never was public."""
    organisation = tenants.organisation_at(provider, "provider")
    # No slug: links on the page lead to public pages, never into the organisation.
    g.actor = Actor(
        kind=organisation.kind, organisation_id=organisation.id, organisation_name=organisation.called(language()),
        roles=frozenset({"reader"}), language=language(), languages=tuple(organisation.languages),
    )  # fmt: skip
    scope.enter(g.actor)
    require(policies.can_read_public_handbook(g.actor))
    publicity = queries.publicity_of(g.actor)
    if publicity is None:
        raise NotFound()
    return publicity


def _sent(publicity: Publicity, render: Callable[[], str]) -> Response:
    """The page, kept by browsers and caches for a while; 410 where the address was closed."""
    if not publicity.is_open:
        return make_response(page(GONE, provider_name=g.actor.organisation_name), 410, {"X-Robots-Tag": "noindex"})
    response = make_response(render())
    response.headers["Cache-Control"] = KEPT
    response.vary.update(("Cookie", "Accept-Language"))
    if not publicity.indexed:
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _reader() -> Reader:
    return Reader(language(), g.actor.languages, outside=True, tidy=people_hidden(g.actor))


def _plain(provider: str, publicity: Publicity) -> dict[str, Any]:
    manual = manuals.manual_of(g.actor)
    g.release_number = manual.release.number
    audience = wanted_audience() or "workplace"
    whole = url_for("public_manual.whole", provider=provider) if publicity.whole else ""
    return plain_context(
        manual, queries.plain_texts_of(g.actor), _reader(), audience,
        lambda key: url_for("public_manual.phase", provider=provider, phase=key, audience=audience),
        lambda value: url_for(request.endpoint or ".show", **{**(request.view_args or {}), "audience": value}),
    ) | {"base": "public_base.html", "provider_name": g.actor.organisation_name, "whole_url": whole,
         "comment_url": lambda key: url_for("public_comments.show", provider=provider, step=key),
         "home": url_for("public_manual.show", provider=provider, audience=audience)}  # fmt: skip


def _whole(provider: str) -> dict[str, Any]:
    wanted = meant(ReadManual, dict(request.args))
    asked = Asked(wanted.get("phase", ""), wanted.get("role", ""), wanted.get("form", ""))
    manual = manuals.manual_of(g.actor)
    g.release_number = manual.release.number
    return shown(manual, asked, _reader()) | {
        "provider_name": g.actor.organisation_name, "part_words": part_words(manual, asked),
        "plain_url": url_for("public_manual.show", provider=provider), "narrowed": any(asked), "unit_name": "",
    }  # fmt: skip
