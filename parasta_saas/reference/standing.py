"""How a published release stands for readers: coming, in force, superseded or withdrawn, and on which days. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from ..core.clock import local
from . import flow


class Published(Protocol):
    """What is looked at of a published release."""

    id: Any
    number: Any
    released_at: Any
    in_force_from: Any
    withdraws_id: Any


@dataclass(frozen=True, slots=True)
class Standing:
    """One release on one day. `until`: the day the next one came into force; `by`: that one's number."""

    state: str  # flow.LABELS: coming, in_force, superseded, withdrawn
    since: date
    until: date | None = None
    by: str = ""

    @property
    def old(self) -> bool:
        return self.state in ("superseded", "withdrawn")


def standings(releases: Iterable[Published], today: date) -> dict[UUID, Standing]:
    """By id. The newest published one whose day has come is in force; those before it are not."""
    found = sorted(releases, key=lambda release: release.released_at)
    current = max((n for n, release in enumerate(found) if begins(release) <= today), default=-1)
    taken_back = {release.withdraws_id: release for release in found if release.withdraws_id}
    made = {}
    for at, release in enumerate(found):
        after = taken_back.get(release.id) or next((r for r in found[at + 1 : current + 1]), None)
        state = flow.standing(
            "published", current=at == current, coming=begins(release) > today, withdrawn=release.id in taken_back
        )
        ended = after is not None and state in ("superseded", "withdrawn")
        made[release.id] = Standing(
            state, begins(release), begins(after) if ended and after else None, after.number if ended and after else ""
        )
    return made


def begins(release: Published) -> date:
    """The first day in force, in Finnish time: the day of publication where no other was given."""
    return release.in_force_from or local(release.released_at).date()
