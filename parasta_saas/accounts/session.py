"""Flask-Login's user: a sign-in session that the server can end. Its id is the session's token."""

from flask import Flask
from flask_login import LoginManager, UserMixin

from . import identity


class SignedIn(UserMixin):
    """Who holds a living session."""

    def __init__(self, token: str, person: identity.Person) -> None:
        self.token = token
        self.person = person

    def get_id(self) -> str:
        return self.token


def init(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None  # the token is random, hashed and ended on the server

    @manager.user_loader
    def load(token: str) -> SignedIn | None:
        person = identity.session_of(token)
        return SignedIn(token, person) if person else None
