"""The end of an update: where each of the provider's own words is, and the way back."""

from typing import Any

from flask import g

from ...core.fields import CommandSchema
from ...core.forms import Form
from ...reference import queries as reference
from .. import desk, leftovers, queries
from ..leftovers import Account, Piece
from ..models import NationalUpdate, ShelvedText
from ..queries import shelf as shelves
from ..queries import update as updates
from ..queries.update import ItemState
from ..services import undo

DONE = "updates/done.html"


def of(update: NationalUpdate) -> dict[str, Any]:
    """The account of an update: each own sentence is in force or on the shelf."""
    book, release = queries.book_of(g.actor), reference.release_with(update.release_id)
    before = {step.key: step for step in reference.steps_of(update.from_release_id)}
    after = {step.key: step for step in reference.steps_of(update.release_id)}
    shelf = shelves.shelved_by_update(g.actor, update)
    states = updates.items_of(g.actor, update) if update.finished_at else []
    rows = [row for state in states for row in _rows(update, state, before, after, shelf)]
    g.release_number = update.number
    return {
        "update": update,
        "rows": rows,
        "in_force": sum(len(r["kept"].in_force) for r in rows),
        "on_shelf": sum(len(r["kept"].on_shelf) for r in rows),
        "missing": sum(len(r["kept"].missing) for r in rows),
        "names": before | after,
        "look": [state for state in states if state.item.fate == "split" and state.item.step_key in after],
        "may_go_back": undo.may_go_back(update, book.release.id, release),
        "until": release.transition_until,
        "form": Form.blank(CommandSchema),
        **_effort(update, states),
    }


def _effort(update: NationalUpdate, states: list[ItemState]) -> dict[str, Any]:
    """How many questions people answered for this update, and in how many minutes."""
    answered = [state.item for state in states if state.item.decision and not state.item.replayed]
    moments = [item.decided_at for item in answered if item.decided_at]
    minutes = desk.spent(moments, update.finished_at) if update.finished_at else None
    return {"questions": len(answered), "minutes": minutes}


def _rows(
    update: NationalUpdate, state: ItemState, before: dict[str, Any], after: dict[str, Any], shelf: list[ShelvedText]
) -> list[dict[str, Any]]:
    """One row for each language in which an item had own words; a limit stands in a row of its own."""
    item, old = state.item, before.get(state.item.source_key)
    unit = ((old.time_limit or {}) if old else {}).get("unit", "")
    own = leftovers.pieces(*_own(update, state), unit=unit)
    lies = [Piece(s.field, s.language, s.text) for s in shelf if s.reason == f"update:{item.id}"]
    rows = []
    for language in dict.fromkeys(piece.language for piece in own):
        mine = [piece for piece in own if piece.language == language]
        kept: Account = leftovers.account(mine, _standing(update, state, after, language), lies)
        rows.append({"state": state, "language": language, "kept": kept})
    return rows


def _own(update: NationalUpdate, state: ItemState) -> tuple[dict[str, Any], dict[str, str]]:
    """(overlay, national guidance) as they were when the update was taken into use."""
    known = update.kept.get("before", {}).get(state.item.source_key)
    if known:
        return known["overlay"], known["base"]
    # Before updates kept this: the guidance alone is known.
    return {"guidance": {} if update.kept else state.item.local}, state.item.base


def _standing(
    update: NationalUpdate, state: ItemState, after: dict[str, Any], language: str
) -> list[dict[str, Any]]:  # fmt: skip
    """The overlays in which the words of an item may stand, and the national step where it speaks."""
    keys = {state.item.step_key, *state.item.homes[:1]}
    kept = update.kept.get("after", {})
    overlays = [kept.get(key, {}) for key in keys] if update.kept else [state.own]
    if state.item.fate == "returns":  # what had been put beside other words is at home again
        overlays += kept.values()
    for key in keys & after.keys():
        step = after[key]
        if language not in (overlays[0].get("guidance") or {}):
            overlays.append({"national": dict(step.guidance)})
        overlays.append({"time_limit_value": (step.time_limit or {}).get("value")})
    return overlays
