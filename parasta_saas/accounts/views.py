"""Signing in and out, and the language one reads."""

from uuid import UUID

from flask import Blueprint, current_app, flash, request, session, url_for
from flask_login import current_user

from ..core.errors import Invalid
from ..core.forms import Form
from ..core.i18n import LANGUAGES, _
from ..core.pages import invalid, page, sent_on
from . import identity, schemas, services, way_back
from . import session as sessions

bp = Blueprint("accounts", __name__)
ASK, CODE, LINK = "accounts/sign_in.html", "accounts/code.html", "accounts/link.html"


@bp.get("/sign-in")
def sign_in():
    """Where to go afterwards is kept in the signed cookie, not in the form."""
    session.pop("next", None)
    wanted = way_back.inside_organisation(request.args.get("next"))
    if wanted:
        session["next"] = wanted
    sessions.browser()
    return page(ASK, form=Form.blank(schemas.AskSignIn, email=session.get("sign_in_to", "")))


@bp.post("/sign-in")
def ask():
    form = Form(schemas.AskSignIn)
    if not form.valid:
        return invalid(ASK, "content", form=form)
    try:
        again = sessions.ask_by_mail(form.data["email"])
    except Invalid as problem:
        return invalid(ASK, "content", form=form.refuse(problem))
    if again:
        flash(_("The mail is already on its way. If it has not come in half a minute, ask again."))
    return sent_on(url_for("accounts.code"))


@bp.get("/sign-in/code")
def code():
    if "sign_in" not in session:
        return sent_on(url_for("accounts.sign_in"))
    return page(CODE, **_code_page(Form.blank(schemas.GiveCode)))


@bp.post("/sign-in/code")
def give_code():
    if "sign_in" not in session:
        return sent_on(url_for("accounts.sign_in"))
    form = Form(schemas.GiveCode)
    if not form.valid:
        return invalid(CODE, "content", **_code_page(form))
    try:
        account = services.use_sign_in(
            browser=sessions.browser(), request_id=UUID(session["sign_in"]), code=form.data["code"]
        )
    except services.Refused as problem:
        return invalid(CODE, "content", **_code_page(form.refuse(problem), final=problem.final))
    return _enter(account)


def _code_page(form: Form, *, final: bool = False):
    return {
        "form": form,
        "final": final,
        "address": session["sign_in_to"],
        "next": session.get("next"),
        "minutes": current_app.config["SIGN_IN_MINUTES"],
    }


@bp.get("/sign-in/<token>")
def link(token: str):
    """Looking uses nothing: mail scanners look too."""
    state = identity.look(token, sessions.browser())
    shown = page(LINK, **_link_page(Form.blank(schemas.GiveCode), token, state))
    return shown, 404 if state == "unknown" else 200


@bp.post("/sign-in/<token>")
def use_link(token: str):
    form = Form(schemas.GiveCode)
    state = identity.look(token, sessions.browser())
    if "code" in request.form and not form.valid:
        return invalid(LINK, "content", **_link_page(form, token, state))
    try:
        account = services.use_sign_in(browser=sessions.browser(), token=token, code=form.data.get("code"))
    except services.Refused as problem:
        state = identity.look(token, sessions.browser())
        return invalid(LINK, "content", **_link_page(form.refuse(problem), token, state))
    return _enter(account)


def _link_page(form: Form, token: str, state: str):
    words = services.OUTCOMES.get(state)
    return {"form": form, "token": token, "state": state, "words": _(words) if words else ""}


@bp.post("/sign-out")
def sign_out():
    sessions.end()
    return sent_on(url_for("tenants.home"), _("You have signed out."))


@bp.post("/language")
def set_language():
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            services.speak(current_user.person.account_id, chosen)
    back = way_back.safe_path(request.form.get("next")) or way_back.path_of(request.referrer, request.host)
    return sent_on(back or url_for("tenants.home"))


def _enter(account: UUID):
    to = session.get("next")
    sessions.begin(account)
    return sent_on(to or url_for("tenants.home"))


BLUEPRINTS = (bp,)
