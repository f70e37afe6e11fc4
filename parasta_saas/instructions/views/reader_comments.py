"""Whoever reads the plain words may say what they think of them: in public by name, a workplace as itself."""

from typing import Any

from flask import Blueprint, Response, g, request, url_for

from ...core import forms, scope
from ...core.access import Actor, require
from ...core.errors import Invalid, NotFound
from ...core.forms import Form
from ...core.i18n import _, language, pick
from ...core.pages import invalid, page, sent_on
from ...core.senders import sender_of_day
from ...reference import queries as reference
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from ...tenants.models import Organisation
from .. import policies
from ..queries import reading
from ..schemas_conversation import SayComment, SayPublicly
from ..services import conversation as services

public = Blueprint("public_comments", __name__, url_prefix="/h/<provider>/comment")
bp = organisation_blueprint("reader_comments", __name__, "/handbook/plain/of/<provider>/comment")
PAGE = "conversation/reader.html"


@public.get("", endpoint="show")
def write_publicly(provider: str) -> str:
    _enter_publicly(provider)
    return page(PAGE, form=Form.blank(SayPublicly), **_told("public_base.html", provider, request.args.get("step", "")))


@public.post("", endpoint="say")
def say_publicly(provider: str) -> Response:
    _enter_publicly(provider)
    told = _told("public_base.html", provider, request.args.get("step", ""))
    form = Form(SayPublicly)
    try:
        if form.valid:
            services.say(g.actor, step_key=told["step_key"], sender=sender_of_day(), **form.data)
            return sent_on(told["back"], _("Thank you. Your comment has been sent to those who keep the handbook."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(PAGE, "panel", form=form, **told)


@bp.get("", endpoint="show")
def write_as_workplace(provider: str) -> str:
    _partner(provider)
    return page(PAGE, form=Form.blank(SayComment), **_told("portal_base.html", provider, request.args.get("step", "")))


@bp.post("", endpoint="say")
def say_as_workplace(provider: str) -> Response:
    """In the provider's scope, with the name of the person and of the workplace that acts."""
    tenant, reader = _partner(provider), g.actor
    told = _told("portal_base.html", provider, request.args.get("step", ""))
    form = Form(SayComment)
    if not form.valid:
        return invalid(PAGE, "panel", form=form, **told)
    _act_as_reader(tenant)
    services.say(
        g.actor, step_key=told["step_key"], words=form.data["words"], name=reader.name, email=reader.email,
        place=reader.organisation_name,
    )  # fmt: skip
    return sent_on(told["back"], _("Thank you. Your comment has been sent to those who keep the handbook."))


def _enter_publicly(provider: str) -> None:
    """Act for the provider as a reader; NotFound where its handbook is not public now."""
    _act_as_reader(tenants.organisation_at(provider, "provider"))
    require(policies.can_read_public_handbook(g.actor))
    publicity = reading.publicity_of(g.actor)
    if publicity is None or not publicity.is_open:
        raise NotFound()


def _act_as_reader(tenant: Organisation) -> None:
    g.actor = Actor(
        kind=tenant.kind, organisation_id=tenant.id, organisation_name=tenant.called(language()),
        roles=frozenset({"reader"}), language=language(), languages=tuple(tenant.languages),
    )  # fmt: skip
    scope.enter(g.actor)
    forms.claim_key(g.actor)


def _partner(provider: str) -> Organisation:
    """The provider, where the acting workplace works with it; else NotFound."""
    found = next((one for one in reading.partners_of(g.actor) if one.slug == provider), None)
    if not g.actor.is_workplace() or found is None:
        raise NotFound()
    return found


def _told(base: str, provider: str, asked: str) -> dict[str, Any]:
    """What the page says; a step that there is none of means the handbook as a whole."""
    known = {step.key: step for step in reference.steps_of(reference.current_release().id)}
    step = known.get(asked[:80])
    at = "reader_comments" if base == "portal_base.html" else "public_comments"
    there = url_for("plain.of" if base == "portal_base.html" else "public_manual.show", provider=provider)
    return {
        "base": base, "step_key": step.key if step else "", "step_name": pick(step.name).text if step else "",
        "action": url_for(f"{at}.say", provider=provider, step=step.key if step else None), "back": there,
        "provider_name": tenants.organisation_at(provider, "provider").called(language()),
    }  # fmt: skip
