"""From a workshop's sketch to a release in force: one table that pages, services and tests read. Pure.

    workshop → modelling → internal comment → iteration → open comment → review → approved → published

A published release is later in force, superseded by a newer one, or withdrawn: that follows from the releases
after it. Steps of the way may be left out where nothing is at stake: a draft whose minimum and steps are as
before needs no comment round.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ..core.i18n import N_, _, ngettext

STATES = (
    "workshop", "modelling", "internal_comment", "iteration", "open_comment", "review", "approved", "published",
)  # fmt: skip
LABELS = {
    "workshop": N_("Workshop"),
    "modelling": N_("Modelling"),
    "internal_comment": N_("Internal comments"),
    "iteration": N_("Working on the comments"),
    "open_comment": N_("Open comment round"),
    "review": N_("Review"),
    "approved": N_("Approved"),
    "published": N_("Published"),
    "in_force": N_("In force"),
    "coming": N_("Coming into force"),
    "superseded": N_("Superseded"),
    "withdrawn": N_("Withdrawn"),
}
OPEN = ("workshop", "modelling", "internal_comment", "iteration", "open_comment")  # the text may be changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the guards look at. Counts are of this draft against the release it was copied from."""

    changes: int = 0
    major: bool = False  # a step or the minimum changes
    round_running: bool = False
    round_finished: bool = False  # an open round on this draft, every comment decided
    missing: int = 0  # required texts without words, in Finnish or Swedish
    stale: int = 0  # Swedish older than the Finnish, or the other way round
    unreasoned: int = 0  # removed steps without a declared reason
    noted: bool = False  # notes for provider, learner and partner, in Finnish and Swedish
    reviewed: bool = False  # a review of exactly this content is on record
    impact_known: bool = False  # the impact report is of exactly this content
    author: bool = False  # the person who asks has changed the content
    base_in_force: bool = True


Guard = Callable[[Facts], str | None]


class Move(NamedTuple):
    """One command: from which states, to which, who, what must be so, what follows."""

    command: str
    label: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    guards: tuple[Guard, ...] = ()
    effects: tuple[str, ...] = ()


def _changed(facts: Facts) -> str | None:
    return None if facts.changes else _("Change at least one step before publishing.")


def _commented(facts: Facts) -> str | None:
    if facts.major and not facts.round_finished:
        return _("A step or the national minimum changes: hold an open comment round and decide every comment first.")
    return None


def _round_over(facts: Facts) -> str | None:
    return _("A comment round is still running. Finish it first.") if facts.round_running else None


def _whole(facts: Facts) -> str | None:
    if not facts.missing:
        return None
    return ngettext(
        "%(num)s text lacks its Finnish or Swedish. Write it on the translation desk.",
        "%(num)s texts lack their Finnish or Swedish. Write them on the translation desk.",
        facts.missing,
    )


def _fresh(facts: Facts) -> str | None:
    if not facts.stale:
        return None
    return ngettext(
        "%(num)s text changed in one language only. Look at it on the translation desk.",
        "%(num)s texts changed in one language only. Look at them on the translation desk.",
        facts.stale,
    )


def _reasoned(facts: Facts) -> str | None:
    if not facts.unreasoned:
        return None
    return ngettext(
        "%(num)s step is removed without a reason. Say why, and where its content went.",
        "%(num)s steps are removed without a reason. Say why, and where their content went.",
        facts.unreasoned,
    )


def _reviewed(facts: Facts) -> str | None:
    return None if facts.reviewed else _("Record the review of this text first: who took part and what they remarked.")


def _weighed(facts: Facts) -> str | None:
    return None if facts.impact_known else _("Work out the impact report of this text first.")


def _second_person(facts: Facts) -> str | None:
    return _("You have changed this draft yourself. Somebody else approves it.") if facts.author else None


def _noted(facts: Facts) -> str | None:
    if facts.noted:
        return None
    return _("Write in Finnish and in Swedish what changes for the provider, the learner and the partner.")


def _on_top(facts: Facts) -> str | None:
    if facts.base_in_force:
        return None
    return _("Another release came into force after this draft was begun. Begin a new draft and add your changes.")


EDITORS, ADMINS = ("national_editor", "national_admin", "system"), ("national_admin", "system")
MOVES = (
    Move("begin_modelling", N_("Begin modelling"), ("workshop",), "modelling", EDITORS),
    Move("ask_inside", N_("Ask for comments inside"), ("modelling", "iteration"), "internal_comment", EDITORS,
         (_round_over,), ("a round of the national body's own opens",)),
    Move("open_round", N_("Open a comment round"), ("modelling", "internal_comment", "iteration"), "open_comment",
         EDITORS, (_changed, _round_over), ("the text is kept as it stands, the invited are told",)),
    Move("work_on", N_("Work on the comments"), ("internal_comment", "open_comment"), "iteration", EDITORS),
    Move("send_to_review", N_("Send to review"), OPEN, "review", EDITORS,
         (_changed, _round_over, _commented, _reasoned, _whole, _noted, _on_top), ("the text is closed",)),
    Move("send_back", N_("Send back for changes"), ("review", "approved"), "iteration", EDITORS, (),
         ("the text is open again, an approval lapses",)),
    Move("approve", N_("Approve"), ("review",), "approved", ADMINS,
         (_second_person, _reviewed, _whole, _fresh, _weighed)),
    Move("publish", N_("Publish"), ("approved",), "published", ADMINS, (_on_top,),
         ("the text is fixed and hashed, every provider is offered it",)),
)  # fmt: skip

# Commands whose own page asks for more: a round's days and questions, a release's transition.
WITH_MORE = ("open_round", "ask_inside", "publish")


def move(command: str) -> Move:
    """The row of a command. KeyError for another word."""
    return {m.command: m for m in MOVES}[command]


def moves_from(state: str) -> list[Move]:
    """What may come next."""
    return [m for m in MOVES if state in m.sources]


def refusals(row: Move, state: str, facts: Facts) -> Iterator[str]:
    """Why a command can't be given now, as instructions; nothing if it can."""
    if state not in row.sources:
        yield _("This can't be done in the state “%(state)s”.", state=_(LABELS[state]))
        return
    yield from (reason for guard in row.guards if (reason := guard(facts)))


def standing(state: str, *, current: bool, coming: bool, withdrawn: bool) -> str:
    """The state as readers see it: a published release is in force, coming, superseded or withdrawn."""
    if state != "published":
        return state
    if withdrawn:
        return "withdrawn"
    if coming:
        return "coming"
    return "in_force" if current else "superseded"
