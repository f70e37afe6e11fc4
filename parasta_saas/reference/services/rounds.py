"""Open, extend and finish comment rounds. What is said in them stands in comments.py."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from ...core.access import Actor, require
from ...core.clock import now, today
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import LANGUAGES, _, ngettext
from .. import policies, queries
from ..events.rounds import RoundExtended, RoundFinished, RoundOpened
from ..models import Release, Round
from ..queries import rounds as found
from .flow import move_release

Texts = Mapping[str, str]
USUAL_DAYS = 30  # an open round that is shorter needs a confirmation
LONGEST_DAYS = 366
COMMANDS = {"internal": "ask_inside", "open": "open_round"}


def open_round(
    actor: Actor,
    release: Release,
    *,
    kind: str,
    opens_on: date,
    closes_on: date,
    title: Texts,
    background: Texts | None = None,
    questions: Iterable[Texts] = (),
    invited: Iterable[Any] = (),
    public: bool = True,
    short: bool = False,
) -> Round:
    """Move a draft to its comment round and keep its text as it stands: what is commented stays in place.

    `invited` are ids of organisations; `short` confirms an open round of less than 30 days.
    """
    require(policies.can_open_round(actor))
    _check_dates(kind, opens_on, closes_on, short)
    asked = _asked(questions)
    move_release(actor, release, command=COMMANDS[kind])
    ids = [str(i) for i in invited] if kind == "open" else [str(actor.organisation_id)]
    round_ = Round(
        release_id=release.id, base_id=release.based_on_id, number=release.number, kind=kind, title=dict(title),
        background=dict(background or {}), opens_on=opens_on, closes_on=closes_on, questions=asked,
        invited=sorted(set(ids)), public=public and kind == "open", content=queries.content_of(release),
        opened_by=actor.name, released_at=now() if kind == "open" else None,
    )  # fmt: skip
    db.session.add(round_)
    db.session.flush()  # the event carries its id
    emit(actor, RoundOpened(round_id=round_.id, release_id=release.id, invited=tuple(round_.invited)))
    return round_


def extend_round(actor: Actor, round_: Round, *, closes_on: date) -> None:
    """Give a round more time: a later last day."""
    require(policies.can_open_round(actor))
    if round_.finished:
        raise Conflict(_("This round is finished. Its decisions can be read, not changed."))
    if closes_on <= round_.closes_on or closes_on < today():
        raise Invalid({"closes_on": [_("Set the last day later than it is now.")]})
    if (closes_on - round_.opens_on).days > LONGEST_DAYS:
        raise Invalid({"closes_on": [_("Set the last day within a year from the first.")]})
    round_.closes_on = closes_on
    emit(actor, RoundExtended(round_id=round_.id))


def finish_round(actor: Actor, round_: Round, *, summary: Texts | None = None, early: bool = False) -> None:
    """End a round: every comment has its answer, and all answers are shown at once.

    `early` confirms that nothing more can be said although the last day is not over.
    """
    require(policies.can_open_round(actor))
    if round_.finished:
        raise Conflict(_("This round is finished. Its decisions can be read, not changed."))
    open_ones, waiting = _left(actor, round_)
    if waiting:
        raise Conflict(ngettext("%(num)s comment has not been looked at yet. Show it or hide it first.",
                                "%(num)s comments have not been looked at yet. Show or hide them first.",
                                waiting))  # fmt: skip
    if open_ones:
        raise Conflict(ngettext("%(num)s comment has no decision yet. Decide it first.",
                                "%(num)s comments have no decision yet. Decide them first.", open_ones))  # fmt: skip
    if round_.closes_on >= today() and not early:
        raise Invalid({"early": [_("Comments may still be given. Confirm that you close the round before its last"
                                   " day.")]})  # fmt: skip

    round_.finish(by=actor.name, summary=dict(summary or {}))
    if not round_.internal:
        for decision in found.decisions_of(actor, round_).values():
            decision.released_at = round_.finished_at
    spoke = tuple(str(i) for i in found.commenters_of(round_))
    emit(actor, RoundFinished(round_id=round_.id, invited=spoke))


def _left(actor: Actor, round_: Round) -> tuple[int, int]:
    """How many comments have no answer, and how many nobody has looked at."""
    threads = found.threads_of(actor, round_)
    return sum(thread.open for thread in threads), sum(thread.waits for thread in threads)


def _check_dates(kind: str, opens_on: date, closes_on: date, short: bool) -> None:
    problems: dict[str, list[str]] = {}
    if opens_on < today():
        problems["opens_on"] = [_("Set the first day to today or later.")]
    if closes_on < opens_on:
        problems["closes_on"] = [_("Set the last day to the first day or later.")]
    elif closes_on - opens_on > timedelta(days=LONGEST_DAYS):
        problems["closes_on"] = [_("Set the last day within a year from the first.")]
    elif kind == "open" and (closes_on - opens_on).days + 1 < USUAL_DAYS and not short:
        problems["short"] = [_("An open round usually lasts at least 30 days. Set a later last day or confirm that this"
                               " is enough.")]  # fmt: skip
    if problems:
        raise Invalid(problems)


def _asked(questions: Iterable[Texts]) -> list[dict[str, Any]]:
    """The questions with their keys; each in Finnish and in Swedish."""
    asked = []
    for number, texts in enumerate(questions, 1):
        said = {code: texts[code].strip() for code in LANGUAGES if (texts.get(code) or "").strip()}
        if missing := [code for code in ("fi", "sv") if code not in said]:
            raise Invalid({
                f"question_{number}_{code}": [_("Write the question in Finnish and in Swedish.")] for code in missing
            })  # fmt: skip
        asked.append({"key": f"q{number}", "text": said})
    return asked
