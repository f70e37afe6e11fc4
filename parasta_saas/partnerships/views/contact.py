"""The provider's public contact page: no account, five fields, a named person, a promise with a clock."""

from flask import Blueprint, g, session, url_for

from ...core import forms, scope
from ...core.access import Actor
from ...core.errors import Invalid
from ...core.formats import date, weekday
from ...core.forms import Form
from ...core.i18n import OWN_NAMES, set_language
from ...core.pages import invalid, page, sent_on
from ...core.senders import sender_of_day
from ...tenants import queries as tenants
from .. import schemas, services, wording

bp = Blueprint("contact", __name__, url_prefix="/contact")
PAGE, THANKS = "contact/page.html", "contact/thanks.html"


# Not called `page`, which shows pages; the endpoint is the contract.
@bp.get("/<provider>", endpoint="page")
def contact_page(provider: str):
    _enter(provider)
    return page(PAGE, form=Form.blank(schemas.SendEnquiry), **_told())


@bp.post("/<provider>")
def send(provider: str):
    _enter(provider)
    form = Form(schemas.SendEnquiry)
    if not form.valid:
        return invalid(PAGE, "panel", form=form, **_told())
    try:
        enquiry = services.send_enquiry(g.actor, sender=sender_of_day(), **form.data)
    except Invalid as problem:
        return invalid(PAGE, "panel", form=form.refuse(problem), **_told())
    session["contact"] = [provider, enquiry.named, f"{weekday(enquiry.due_at)} {date(enquiry.due_at)}"]
    return sent_on(url_for(".thanks", provider=provider))


@bp.get("/<provider>/thanks")
def thanks(provider: str):
    """Who answers and by when, for the browser that just sent something here."""
    _enter(provider)
    slug, named, due = session.get("contact") or ("", "", "")
    mine = slug == provider
    return page(THANKS, named=named if mine else "", due=due if mine else "", **_told())


def _enter(provider: str) -> None:
    """Act for the provider as somebody who only may send a first contact, in one of its languages."""
    organisation = tenants.organisation_at(provider, "provider")
    spoken = g.actor.language if g.actor.language in organisation.languages else organisation.languages[0]
    g.actor = Actor(
        kind=organisation.kind, organisation_id=organisation.id, organisation_slug=organisation.slug,
        organisation_name=organisation.names.get(spoken) or organisation.name, roles=frozenset({"enquirer"}),
        language=spoken, languages=tuple(organisation.languages),
    )  # fmt: skip
    set_language(spoken)
    scope.enter(g.actor)
    forms.claim_key(g.actor)


def _told() -> dict:
    languages = [(code, OWN_NAMES[code]) for code in g.actor.languages]
    promise = wording.promise(services.promised_limit(g.actor))
    return {"provider": g.actor, "promise": promise, "languages": languages}
