"""Sign in without a password: a mailed link or a six-digit code, bound to the browser that asked."""

from uuid import UUID

from ..core import events
from ..core.access import Actor
from ..core.errors import Invalid
from ..core.i18n import N_, _
from . import identity
from .events import SignInAsked

OUTCOMES = {
    "wrong_code": N_("The code is not right. Check the six digits in the newest mail."),
    "used": N_("This mail has already been used. Ask for a new one."),
    "expired": N_("This mail is too old. Ask for a new one."),
    "closed": N_("The code was wrong too many times. Ask for a new mail."),
    "unknown": N_("This link does not work any more. Ask for a new mail."),
    "other_browser": N_("You asked for the mail in another browser. Type the code of the mail here."),
}


class Refused(Invalid):
    """A link or code that does not let in. `outcome` is a key of OUTCOMES."""

    def __init__(self, outcome: str) -> None:
        super().__init__({"code": [_(OUTCOMES[outcome])]})
        self.outcome = outcome

    @property
    def final(self) -> bool:
        """Only a new mail helps."""
        return self.outcome not in ("wrong_code", "other_browser")


def ask_sign_in(actor: Actor, *, email: str, browser: str, minutes: int) -> identity.Asked:
    """Ask for a sign-in mail. The answer is the same whether the address is known or not. Open to all."""
    asked = identity.begin(email, browser, actor.language, minutes)
    if asked is None:
        raise Invalid({"email": [_("Too many mails have been asked for. Wait ten minutes and try again.")]})
    if asked.fresh:
        events.emit(Actor.anonymous(actor.language), SignInAsked(request_id=asked.id))
    return asked


def use_sign_in(
    *, browser: str, token: str | None = None, request_id: UUID | None = None, code: str | None = None
) -> UUID:
    """Use a link or code once and return the account; Refused says how to go on. Open to all.

    It has its own transaction: a wrong code counts although the request fails.
    """
    with events.apart(Actor.anonymous()):
        row = identity.use(browser=browser, token=token, request_id=request_id, code=code)
    if row.outcome != "ok":
        raise Refused(row.outcome)
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
