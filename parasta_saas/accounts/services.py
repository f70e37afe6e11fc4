"""Sign in without a password: a mailed link or a six-digit code, bound to the browser that asked."""

from uuid import UUID

from ..core import events
from ..core.access import Actor
from ..core.errors import Invalid
from ..core.i18n import _
from . import identity
from .events import SignInAsked

OUTCOMES = {
    "wrong_code": lambda: _("The code is not right. Check the six digits in the mail."),
    "used": lambda: _("This link has been used. Ask for a new one."),
    "expired": lambda: _("This link is too old. Ask for a new one."),
    "unknown": lambda: _("This link does not work. Ask for a new one."),
    "other_browser": lambda: _("You asked for the link in another browser. Type the code of the mail here."),
}


def ask_sign_in(actor: Actor, *, email: str, browser: str, minutes: int) -> UUID:
    """Ask for a sign-in mail. The answer is the same whether the address is known or not. Open to all."""
    request_id = identity.begin(email, browser, actor.language, minutes)
    if request_id is None:
        raise Invalid({"email": [_("You have asked for many links. Wait ten minutes and try again.")]})
    emit_as = Actor.anonymous(actor.language)
    events.emit(emit_as, SignInAsked(request_id=request_id))
    return request_id


def use_sign_in(
    *, browser: str, token: str | None = None, request_id: UUID | None = None, code: str | None = None
) -> UUID:
    """Use a link or code once and return the account; Invalid says how to go on. Open to all.

    It has its own transaction: a wrong code counts although the request fails.
    """
    with events.apart(Actor.anonymous()):
        row = identity.use(browser=browser, token=token, request_id=request_id, code=code)
    if row.outcome != "ok":
        raise Invalid({"code": [OUTCOMES[row.outcome]()]})
    return row.account_id


def start_session(account_id: UUID, *, hours: int, agent: str) -> str:
    """Begin a sign-in session; returns the token for the cookie. The caller has proved who it is."""
    return identity.start_session(account_id, hours, agent)


def end_session(token: str) -> None:
    """End a session on the server, whatever the browser keeps. Open to its holder."""
    identity.end_session(token)


def speak(account_id: UUID, language: str) -> None:
    """Remember the language a person reads. One's own only."""
    identity.speak(account_id, language)
