"""Which question is asked when, and which answer asks for a reply. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from ..core.i18n import N_, _

PATIENCE = timedelta(days=14)  # so long an open question keeps the next one away
ASKED_FOR = timedelta(days=30)  # so long a question is shown to the workplace
AFTER_SESSION, AFTER_SEAL = "goals-and-tasks", "agreement-sign"
REPLY_LIMIT = "own-feedback"  # the step whose time limit counts for the reply
LOW = 2
SCALE = {
    1: N_("I disagree completely"),
    2: N_("I disagree somewhat"),
    3: N_("Something in between"),
    4: N_("I agree somewhat"),
    5: N_("I agree completely"),
}


def may_ask(asked: Iterable[Any], step_key: str, now: datetime) -> bool:
    """One question at a time for a placement: never the same twice, none while a young one is still open.

    asked: what was asked before, each with `step_key`, `created_at` and `answered_at`.
    """
    return all(
        pulse.step_key != step_key and (pulse.answered_at is not None or now - pulse.created_at >= PATIENCE)
        for pulse in asked
    )


def wants_reply(score: int, words: str) -> bool:
    """A low score or any words get an answer from a named person (minimum of own-feedback)."""
    return score <= LOW or bool(words.strip())


def score_words(score: int | None) -> str:
    """2 → 2 / 5, Osittain eri mieltä; empty for none."""
    return f"{score} / {max(SCALE)} · {_(SCALE[score])}" if score else ""
