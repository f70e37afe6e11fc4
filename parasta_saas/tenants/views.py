"""The address `/`, choosing an organisation, and coming in by an invitation."""

from flask import Blueprint, current_app, g, redirect, request, url_for
from flask_login import current_user, login_user

from ..accounts import identity
from ..accounts import services as accounts
from ..accounts.session import SignedIn
from ..core import links
from ..core.errors import Conflict
from ..core.forms import Form
from ..core.i18n import _
from ..core.pages import invalid, page, sent_on
from . import entry, queries, schemas, services

bp = Blueprint("tenants", __name__)
INVITATION = "tenants/invitation.html"


@bp.get("/")
def home():
    """Signed in: where one was last. Signed out: the cast in the demo, else sign-in."""
    if not current_user.is_authenticated:
        return redirect(url_for("demo.cast" if current_app.config["PARASTA_DEMO"] else "accounts.sign_in"), 303)
    mine = queries.organisations_of(current_user.person.account_id)
    if not mine:
        return page("tenants/nowhere.html")
    last = next((o for o in mine if o.id == current_user.person.last_organisation), mine[0])
    return redirect(url_for("tenants_here.front", organisation=last.slug), 303)


@bp.get("/organisations")
def organisations():
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.sign_in"), 303)
    return page("tenants/organisations.html", mine=queries.organisations_of(current_user.person.account_id))


here = entry.organisation_blueprint("tenants_here", __name__)


@here.get("/")
def front():
    """The first page of an organisation, by kind and role."""
    endpoint = current_app.extensions["parasta_front"](g.actor)
    return redirect(url_for(endpoint), 303)


@bp.get("/invitation/<token>")
def invitation(token: str):
    invited, expired = _invited(token)
    blank = Form.blank(schemas.AcceptInvitation, name=invited.name, language=invited.language)
    return page(INVITATION, invited=invited, expired=expired, token=token, form=blank)


@bp.post("/invitation/<token>")
def accept_invitation(token: str):
    invited, expired = _invited(token)
    form = Form(schemas.AcceptInvitation)
    if expired:
        raise Conflict(_("This invitation is too old. Ask %(name)s for a new one.", name=invited.invited_by))
    if not form.valid:
        return invalid(INVITATION, "content", form=form, invited=invited, expired=False, token=token)
    account = services.accept_invitation(g.actor, invited, **form.data)
    session_token = accounts.start_session(
        account, hours=current_app.config["SESSION_HOURS"], agent=request.headers.get("User-Agent", "")
    )
    person = identity.session_of(session_token)
    assert person is not None
    login_user(SignedIn(session_token, person))
    return sent_on(url_for("tenants.home"), _("Welcome. Next time you sign in with your e-mail address."))


def _invited(token: str):
    link, actor = links.open_link("invitation", token)
    entry.act_as_guest(actor)
    found = queries.invitation_for(g.actor, link.subject_id)
    return found, links.expired(link)


BLUEPRINTS = (bp, here)
