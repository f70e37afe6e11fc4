"""The address `/`, choosing an organisation, and coming in by an invitation."""

from dataclasses import dataclass

from flask import Blueprint, current_app, g, redirect, session, url_for
from flask_login import current_user

from ..accounts import identity
from ..accounts import session as sessions
from ..core import links
from ..core.access import require
from ..core.errors import AlreadyDone, Invalid
from ..core.forms import Form
from ..core.i18n import _
from ..core.pages import invalid, page, sent_on
from . import entry, policies, queries, schemas, services, views_units
from .models import Invitation, Organisation
from .roles import role_names

bp = Blueprint("tenants", __name__)
here = entry.organisation_blueprint("tenants_here", __name__)
INVITATION, SETTINGS = "tenants/invitation.html", "tenants/settings.html"


@bp.app_context_processor
def words_of_roles():
    return {"role_names": role_names}


@bp.get("/")
def home():
    """Signed in: where one was last. Signed out: the cast in the demo, else sign-in."""
    if not current_user.is_authenticated:
        return redirect(url_for("demo.cast" if current_app.config["PARASTA_DEMO"] else "accounts.sign_in"), 303)
    mine = queries.organisations_of(current_user.person.account_id)
    if not mine:
        return page("tenants/nowhere.html", email=current_user.person.email)
    last = next((o for o in mine if o.id == current_user.person.last_organisation), mine[0])
    return redirect(url_for("tenants_here.front", organisation=last.slug), 303)


@bp.get("/organisations")
def organisations():
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"), 303)
    person = current_user.person
    return page("tenants/organisations.html", places=queries.places_of(person.account_id), email=person.email)


@here.get("/")
def front():
    """The first page of an organisation, by kind and role."""
    endpoint = current_app.extensions["parasta_front"](g.actor)
    return redirect(url_for(endpoint), 303)


@dataclass(frozen=True)
class Invited:
    """An invitation as its page shows it. `state`: open, used, expired, other_person."""

    invitation: Invitation
    organisation: Organisation
    provider: str
    state: str


@bp.get("/invitation/<token>")
def invitation(token: str):
    """Looking uses nothing. Whoever has come in already is shown on."""
    invited = _invited(token)
    if invited.state == "used" and _is_me(invited.invitation):
        return redirect(url_for("tenants_here.front", organisation=invited.organisation.slug), 303)
    asked = invited.invitation
    blank = Form.blank(schemas.AcceptInvitation, name=asked.name, language=asked.language)
    return page(INVITATION, invited=invited, token=token, form=blank)


@bp.post("/invitation/<token>")
def accept_invitation(token: str):
    """One use: the account is made and the person is in. Who has an account already proves it as always."""
    try:
        invited = _invited(token, lock=True)
    except AlreadyDone:  # a double click; a notice would overwrite the cookie of the first one
        return sent_on(url_for("tenants.invitation", token=token))
    form = Form(schemas.AcceptInvitation)
    if invited.state != "open":
        return page(INVITATION, "content", invited=invited, token=token, form=form), 409
    if not form.valid:
        return invalid(INVITATION, "content", form=form, invited=invited, token=token)
    slug, email = invited.organisation.slug, invited.invitation.email
    proved = identity.account_with(email) is None or _is_me(invited.invitation)
    member = services.accept_invitation(g.actor, invited.invitation, **form.data)
    return _come_in(member.person_id, slug) if proved else _prove(email, slug)


def _come_in(person_id, slug: str):
    session.pop("language", None)  # the one chosen in the form is the account's
    sessions.begin(person_id)
    to = url_for("tenants_here.front", organisation=slug)
    return sent_on(to, _("Welcome. Next time you sign in with your e-mail address."))


def _prove(email: str, slug: str):
    """A forwarded invitation must not open an account that is there already: its mailbox gets a code."""
    session["next"] = url_for("tenants_here.front", organisation=slug)
    sessions.ask_by_mail(email)
    return sent_on(url_for("accounts.code"), _("You have an account already, so we ask who you are."))


def _invited(token: str, *, lock: bool = False) -> Invited:
    link, actor = links.open_link("invitation", token)
    provider = actor.organisation_name
    entry.act_as_guest(actor)
    found = queries.invitation_for(g.actor, link.subject_id, lock=lock)
    organisation = queries.organisation_with(found.organisation_id)
    return Invited(found, organisation, provider, _state(link, found))


def _state(link, found: Invitation) -> str:
    if found.accepted_at:
        return "used"
    if links.expired(link):
        return "expired"
    return "other_person" if current_user.is_authenticated and not _is_me(found) else "open"


def _is_me(found: Invitation) -> bool:
    return current_user.is_authenticated and current_user.person.email.lower() == found.email.lower()


@here.get("/settings")
def settings():
    """What a provider says of itself: for now its working languages."""
    require(policies.can_choose_languages(g.actor))
    return page(SETTINGS, form=Form.blank(schemas.ChooseLanguages, languages=list(g.actor.languages)))


@here.post("/settings")
def choose_languages():
    form = Form(schemas.ChooseLanguages)
    if not form.valid:
        return invalid(SETTINGS, "content", form=form)
    try:
        services.choose_languages(g.actor, queries.organisation_with(g.actor.organisation_id), **form.data)
    except Invalid as problem:
        return invalid(SETTINGS, "content", form=form.refuse(problem))
    return sent_on(url_for(".settings"), _("Saved. The working languages are in use at once."))


BLUEPRINTS = (bp, here, views_units.bp)
