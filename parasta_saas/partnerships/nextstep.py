"""The one thing to do next in a partnership. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple


class NextStep(NamedTuple):
    """What: talk, talked, contact, invite or agree_talk; `contact` is whom to invite."""

    what: str
    contact: Any = None


def of(partnership: Any, contacts: Sequence[Any], now: datetime) -> NextStep:
    """A talk that is agreed comes first; one that has passed is to be written down; then people; then a talk."""
    if partnership.next_talk_at:
        return NextStep("talk" if partnership.next_talk_at >= now else "talked")
    if not contacts:
        return NextStep("contact")
    if not any(c.invited_at or c.joined_at for c in contacts):
        return NextStep("invite", contacts[0])
    return NextStep("agree_talk")
