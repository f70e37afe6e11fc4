"""What happens around signing in."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from ..core.events import Event, event


@event
@dataclass(frozen=True, kw_only=True)
class SignInAsked(Event):
    """An address asked for a sign-in mail; whether an account exists is not known here."""

    name: ClassVar[str] = "accounts.sign_in_asked"
    audited: ClassVar[bool] = False
    request_id: UUID
