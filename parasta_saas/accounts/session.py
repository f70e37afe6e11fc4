"""Flask-Login's user: a sign-in session that the server can end. Its id is the session's token."""

import secrets
from uuid import UUID

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from . import identity, services

BROWSER = "parasta_browser"
KEPT = ("language",)


class SignedIn(UserMixin):
    """Who holds a living session."""

    def __init__(self, token: str, person: identity.Person) -> None:
        self.token = token
        self.person = person

    def get_id(self) -> str:
        return self.token


def init(app: Flask) -> None:
    manager = LoginManager()
    manager.init_app(app, add_context_processor=False)  # an error page must not ask the database who is there
    manager.session_protection = None  # the token is random, hashed and ended on the server

    @manager.user_loader
    def load(token: str) -> SignedIn | None:
        person = identity.session_of(token)
        return SignedIn(token, person) if person else None


def begin(account_id: UUID) -> None:
    """Sign a person in. A session before it ends on the server; the cookie keeps the language and nothing else."""
    if current_user.is_authenticated:
        services.end_session(current_user.token)
    _forget()
    session.permanent = True
    token = services.start_session(
        account_id, hours=current_app.config["SESSION_HOURS"], agent=request.headers.get("User-Agent", "")
    )
    person = identity.session_of(token)
    assert person is not None
    login_user(SignedIn(token, person))


def end() -> None:
    """Sign out: the session ends on the server, so that a copied cookie is dead, too."""
    if current_user.is_authenticated:
        services.end_session(current_user.token)
        logout_user()
    _forget()


def browser() -> str:
    """A random name for this browser, kept in its cookie: a link opens where it was asked for."""
    if BROWSER not in session:
        session[BROWSER] = secrets.token_urlsafe(24)
        session.permanent = True
    return session[BROWSER]


def ask_by_mail(email: str) -> bool:
    """Ask for a sign-in mail for this browser; True if the same one was asked for a moment ago. May raise Invalid."""
    asked = services.ask_sign_in(g.actor, email=email, browser=browser(), minutes=current_app.config["SIGN_IN_MINUTES"])
    session["sign_in"], session["sign_in_to"] = str(asked.id), email
    return not asked.fresh


def _forget() -> None:
    kept = {name: session[name] for name in KEPT if name in session}
    session.clear()
    session.update(kept)
