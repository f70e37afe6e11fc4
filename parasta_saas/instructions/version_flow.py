"""The way of a round of drafts, as one table that pages, services and tests read. Pure.

draft → review → approved → published; sent back it is a draft again, cancelled it is over and its drafts are free.
"""

from dataclasses import dataclass

from ..core.i18n import N_, _

STATES = ("draft", "review", "approved", "published", "cancelled")
OPEN = frozenset({"draft", "review", "approved"})
LOCKED = frozenset({"review", "approved"})  # what is being judged doesn't change under the reader's eyes
WRITERS = ("quality_manager", "provider_admin")
APPROVERS = ("quality_manager", "provider_admin", "provider_signatory")


@dataclass(frozen=True, slots=True)
class Move:
    """Where a command leads, who gives it (roles; "system" is the service itself), what it must find, what it does."""

    state: str
    who: tuple[str, ...]
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()


FLOW: dict[tuple[str, str], Move] = {
    ("draft", "submit"): Move("review", WRITERS, ("has_drafts", "no_questions", "day_not_past"), ("mail_approvers",)),
    ("review", "take_back"): Move("draft", WRITERS),
    ("review", "send_back"): Move("draft", APPROVERS, ("not_own", "says_why"), ("mail_writers",)),
    ("review", "approve"): Move("approved", APPROVERS, ("not_own", "fits"), ("publish_if_due", "mail_writers")),
    ("review", "return"): Move("draft", ("system", *APPROVERS), (), ("mail_writers",)),
    ("approved", "send_back"): Move("draft", APPROVERS, ("says_why",), ("mail_writers",)),
    ("approved", "publish"): Move("published", ("system", *APPROVERS), ("fits",), ("seal_version", "drop_drafts")),
    ("approved", "return"): Move("draft", ("system", *APPROVERS), (), ("mail_writers",)),
    ("draft", "cancel"): Move("cancelled", WRITERS, (), ("free_drafts",)),
    ("review", "cancel"): Move("cancelled", WRITERS, (), ("free_drafts",)),
    ("approved", "cancel"): Move("cancelled", WRITERS, (), ("free_drafts",)),
}

# Why a command leads nowhere from here.
ELSEWHERE = {
    "draft": N_("This is with its writers now. It can be judged when it has been sent for review."),
    "review": N_("This is being reviewed already."),
    "approved": N_("This has been approved already."),
    "published": N_("This has been published already. Write a new draft to change it."),
    "cancelled": N_("This was cancelled. Its drafts are among the drafts."),
}

# Why a guard refused, and the way out.
REFUSED = {
    "has_drafts": N_("Choose at least one draft."),
    "no_questions": N_("A text has changed under one of the drafts. Open its question first."),
    "day_not_past": N_("Choose today or a later day."),
    "not_own": N_("You have written in this yourself. Ask another person to approve it."),
    "says_why": N_("Say what should be changed."),
    "locked": N_("This draft is being reviewed. Ask for it back first, then change it."),
}


def commands(state: str) -> dict[str, Move]:
    """What can be done in a state: command → move."""
    return {command: move for (at, command), move in FLOW.items() if at == state}


def refusal(guard: str) -> str:
    """Why a guard refused, in the language spoken now."""
    return _(REFUSED[guard])
