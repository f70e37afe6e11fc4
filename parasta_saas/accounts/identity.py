"""The doors into schema identity: each takes a hash or an address and gives back one row."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from ..core.clock import now
from ..core.db import db
from ..core.tokens import hash_token, new_code, new_token


@dataclass(frozen=True)
class Person:
    """Who is signed in."""

    account_id: UUID
    email: str
    name: str
    language: str
    last_organisation: UUID | None


def _row(statement: str, **values: Any) -> Any:
    return db.session.execute(text(statement), values).one_or_none()


@dataclass(frozen=True)
class Asked:
    """A request for a sign-in mail. Not `fresh`: the same browser asked a moment ago, and that mail is on its way."""

    id: UUID
    fresh: bool


def begin(email: str, browser: str, language: str, minutes: int) -> Asked | None:
    """Note that an address asks to sign in; None when the address or the browser has asked too often."""
    row = _row(
        "select * from identity.sign_in_begin(:email, :browser, :language, :now, :minutes)",
        email=email, browser=hash_token(browser), language=language, now=now(), minutes=minutes,
    )  # fmt: skip
    return Asked(row.id, row.fresh) if row else None


@dataclass(frozen=True)
class Armed:
    """What goes into the sign-in mail; the database keeps only hashes."""

    email: str
    name: str
    language: str
    known: bool
    token: str
    code: str


def arm(request_id: UUID, minutes: int) -> Armed | None:
    """Make the link and the code of one request, valid from when they are sent; None when it was used already."""
    token, code = new_token(), new_code()
    row = _row(
        "select * from identity.sign_in_arm(:id, :link, :code, :until)",
        id=request_id, link=hash_token(token), code=hash_token(f"{request_id}{code}"),
        until=now() + timedelta(minutes=minutes),
    )  # fmt: skip
    return Armed(row.email, row.name, row.language, row.known, token, code) if row else None


def look(token: str, browser: str) -> str:
    """State of a link without using it: open, other_browser, used, expired, closed, unknown."""
    row = _row(
        "select identity.sign_in_look(:link, :browser, :now)",
        link=hash_token(token), browser=hash_token(browser), now=now(),
    )  # fmt: skip
    return str(row[0])


def use(*, browser: str, token: str | None = None, request_id: UUID | None = None, code: str | None = None) -> Any:
    """Use a link, a code, or both; a row (outcome, account_id). Outcomes: ok, wrong_code, those of `look`."""
    if code is not None and request_id is None and token is not None:
        request_id = db.session.scalar(text("select identity.sign_in_id(:link)"), {"link": hash_token(token)})
    return _row(
        "select * from identity.sign_in_use(:id, :link, :code, :browser, :now)",
        id=request_id,
        link=hash_token(token) if token else None,
        code=hash_token(f"{request_id}{code.strip()}") if code is not None else None,
        browser=hash_token(browser),
        now=now(),
    )


def start_session(account_id: UUID, hours: int, agent: str) -> str:
    """Begin a sign-in session and return its token, of which only the hash is kept."""
    token = new_token()
    _row(
        "select identity.session_start(:account, :hash, :now, :until, :agent)",
        account=account_id, hash=hash_token(token), now=now(), until=now() + timedelta(hours=hours), agent=agent[:200],
    )  # fmt: skip
    return token


def session_of(token: str) -> Person | None:
    row = _row("select * from identity.session_of(:hash, :now)", hash=hash_token(token), now=now())
    return Person(*row) if row else None


def end_session(token: str) -> None:
    _row("select identity.session_end(:hash, :now)", hash=hash_token(token), now=now())


def remember_organisation(token: str, organisation_id: UUID) -> None:
    _row("select identity.session_at(:hash, :id)", hash=hash_token(token), id=organisation_id)


def open_account(email: str, name: str, language: str) -> UUID:
    """The account of an address, made if there is none."""
    return _row("select identity.account_open(:email, :name, :language)", email=email, name=name, language=language)[0]


def account_with(email: str) -> UUID | None:
    """The account of an address, if there is one."""
    row = _row("select identity.account_with(:email)", email=email)
    return row[0] if row else None


def speak(account_id: UUID, language: str) -> None:
    _row("select identity.account_speaks(:id, :language)", id=account_id, language=language)
