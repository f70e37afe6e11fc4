"""Signing in and out, and the language one reads."""

import secrets
from uuid import UUID

from flask import Blueprint, current_app, g, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user

from ..core.errors import Invalid
from ..core.forms import Form
from ..core.i18n import LANGUAGES, _
from ..core.pages import invalid, page, sent_on
from . import identity, schemas, services
from .session import SignedIn

bp = Blueprint("accounts", __name__)
ASK, CODE, LINK = "accounts/sign_in.html", "accounts/code.html", "accounts/link.html"
BROWSER = "parasta_browser"


@bp.get("/sign-in")
def sign_in():
    if request.args.get("next", "").startswith("/o/"):
        session["next"] = request.args["next"][:300]
    return page(ASK, form=Form.blank(schemas.AskSignIn))


@bp.post("/sign-in")
def ask():
    form = Form(schemas.AskSignIn)
    if not form.valid:
        return invalid(ASK, "content", form=form)
    try:
        asked = services.ask_sign_in(
            g.actor, email=form.data["email"], browser=_browser(), minutes=current_app.config["SIGN_IN_MINUTES"]
        )
    except Invalid as problem:
        return invalid(ASK, "content", form=form.refuse(problem))
    session["sign_in"], session["sign_in_to"] = str(asked), form.data["email"]
    return redirect(url_for("accounts.code"), 303)


@bp.get("/sign-in/code")
def code():
    if "sign_in" not in session:
        return redirect(url_for("accounts.sign_in"), 303)
    return page(CODE, form=Form.blank(schemas.GiveCode), address=session["sign_in_to"])


@bp.post("/sign-in/code")
def give_code():
    form = Form(schemas.GiveCode)
    if "sign_in" not in session:
        return redirect(url_for("accounts.sign_in"), 303)
    if not form.valid:
        return invalid(CODE, "content", form=form, address=session["sign_in_to"])
    try:
        account = services.use_sign_in(
            browser=_browser(), request_id=UUID(session["sign_in"]), code=_digits(form.data["code"])
        )
    except Invalid as problem:
        return invalid(CODE, "content", form=form.refuse(problem), address=session["sign_in_to"])
    return _enter(account)


@bp.get("/sign-in/<token>")
def link(token: str):
    """Looking uses nothing: mail scanners look too."""
    return page(LINK, state=identity.look(token, _browser()), token=token, form=Form.blank(schemas.GiveCode))


@bp.post("/sign-in/<token>")
def use_link(token: str):
    form = Form(schemas.GiveCode)
    digits = _digits(form.data["code"]) if form.valid else None
    try:
        account = services.use_sign_in(browser=_browser(), token=token, code=digits)
    except Invalid as problem:
        state = identity.look(token, _browser())
        return invalid(LINK, "content", form=form.refuse(problem), state=state, token=token)
    return _enter(account)


@bp.post("/sign-out")
def sign_out():
    if current_user.is_authenticated:
        services.end_session(current_user.token)
        logout_user()
    return sent_on(url_for("tenants.home"), _("You have signed out."))


@bp.post("/language")
def set_language():
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            services.speak(current_user.person.account_id, chosen)
    back = request.referrer or ""
    return redirect(back if back.startswith(request.host_url) else url_for("tenants.home"), 303)


def _enter(account: UUID):
    token = services.start_session(
        account, hours=current_app.config["SESSION_HOURS"], agent=request.headers.get("User-Agent", "")
    )
    person = identity.session_of(token)
    assert person is not None
    login_user(SignedIn(token, person))
    session.pop("sign_in", None)
    return redirect(session.pop("next", url_for("tenants.home")), 303)


def _browser() -> str:
    """A random name for this browser, kept in its cookie: a link opens where it was asked for."""
    if BROWSER not in session:
        session[BROWSER] = secrets.token_urlsafe(24)
        session.permanent = True
    return session[BROWSER]


def _digits(words: str) -> str:
    return "".join(c for c in words if c.isdigit())


BLUEPRINTS = (bp,)
