"""Take an update into use: every instruction goes to its step of the new release, to its heir, or to the shelf."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...core.access import Actor, require
from ...core.i18n import _, pick, using
from ...reference.models import Step
from .. import leftovers, policies, queries
from ..models import Handbook, Instruction, NationalUpdate
from ..queries import shelf as shelves
from ..queries.update import ItemState
from .instruction import put_in_force
from .offering import Road, lay_on_shelf, origin_of

Overlay = dict[str, Any]


@dataclass
class Work:
    """What an update makes of the handbook, before anything is published."""

    actor: Actor
    update: NationalUpdate
    road: Road
    drafts: dict[str, Overlay] = field(default_factory=dict)  # step of the new release → what will stand there
    came: dict[str, str] = field(default_factory=dict)
    emptied: list[str] = field(default_factory=list)

    def shelve(self, state: ItemState, found: Iterable[tuple[leftovers.Piece, str]], homes: Iterable[str]) -> None:
        """Own words of an item's step go to the shelf, with where they stood."""
        if state.instruction:
            origin = origin_of(self.road.before.get(state.item.source_key), self.update.from_number)
            lay_on_shelf(
                self.actor, state.instruction, found, reason=f"update:{state.item.id}", origin=origin, homes=homes
            )


def take(
    actor: Actor, handbook: Handbook, update: NationalUpdate, road: Road, states: list[ItemState]
) -> dict[str, Any]:
    """Publish, empty and shelve; returns what stood before and after (succession.Kept as plain data)."""
    require(policies.can_decide_update(actor))
    work = Work(actor, update, road)
    before = {
        key: {"overlay": own.overlay(), "base": dict(own.base_guidance)}
        for key, own in road.own.items()
        if own.is_local
    }
    for state in states:
        _move(work, state)
    for state in states:
        _settle(work, state)
    _return_from_shelf(work, states)
    _publish(work, handbook)
    after = {key: own.overlay() for key, own in road.own.items() if own.is_local}
    return {"before": before, "after": after, "came": work.came}


def unit_of(step: Step | None) -> str:
    """The unit in which a step's limit counts. Asks no policy: it only says."""
    return ((step.time_limit or {}) if step else {}).get("unit", "")


def _move(work: Work, state: ItemState) -> None:
    """Steps that go on: with their own words, with those of the step before, or with what stood here once."""
    item, own = state.item, state.instruction
    if item.fate in ("meets", "gone"):
        return
    if item.fate == "returns":
        work.drafts[item.step_key] = dict(item.overlay)
    elif own and own.is_local:
        new = work.road.after[item.step_key]
        was = (work.road.before.get(item.source_key) or new).content()
        overlay, left = leftovers.taken_along(own.overlay(), was, new.content(), state.result)
        work.drafts[item.step_key] = overlay
        work.shelve(state, left, [item.step_key])
        _lay_out(work, state)
    if item.source_key != item.step_key and own and own.is_local:
        work.came[item.step_key] = item.source_key
        if item.source_key not in work.road.after:
            work.emptied.append(item.source_key)


def _lay_out(work: Work, state: ItemState) -> None:
    """What the answer left out lies on the shelf from now on."""
    for shelved in shelves.shelved_by(work.actor, state.item) if state.kind == "conflict" else ():
        if shelved.state == "expected":
            shelved.state = "lying"


def _settle(work: Work, state: ItemState) -> None:
    """Steps that are gone: beside the heir's words or on the shelf."""
    item, own = state.item, state.instruction
    if item.fate not in ("meets", "gone") or own is None or not own.is_local:
        return
    old = work.road.before.get(item.step_key)
    found = leftovers.pieces(own.overlay(), own.base_guidance, unit=unit_of(old))
    if item.fate == "meets" and item.decision == "beside":
        home = item.homes[0]
        found = _beside(work, state, home, found)
    why = "beside" if item.fate == "meets" else "gone"
    work.shelve(state, [(piece, why) for piece in found], item.homes)
    work.emptied.append(item.step_key)


def _beside(work: Work, state: ItemState, home: str, found: list[leftovers.Piece]) -> list[leftovers.Piece]:
    """Texts go into the heir's own note with their origin; what is no text is returned."""
    road, old = work.road, work.road.before.get(state.item.step_key)
    there = road.own.get(home)
    overlay = work.drafts.setdefault(home, there.overlay() if there else {})
    texts = [piece for piece in found if piece.field != "time_limit"]
    main = work.actor.languages[0]  # for what has no language of its own, as a deviation
    for code in dict.fromkeys(piece.language or main for piece in texts):
        words = "\n\n".join(piece.text for piece in texts if (piece.language or main) == code)
        overlay["note"] = leftovers.appended(
            overlay.get("note") or {}, code,
            leftovers.with_origin(words, came_from(old.name if old else {}, work.update.from_number, code)),
        )  # fmt: skip
    return [piece for piece in found if piece.field == "time_limit"]


def came_from(name: Mapping[str, str] | None, number: str, language: str) -> str:
    """Where words stood, said in their language. Asks no policy: it only says."""
    with using(language):
        known = pick(name, language).text if name else ""
        if not known:
            return _("From the shelf")
        return _("From the step %(name)s, reference model %(number)s", name=known, number=number)


def _return_from_shelf(work: Work, states: list[ItemState]) -> None:
    """With a withdrawal, words that the withdrawn release put on the shelf stand on their steps again."""
    taken = work.road.returns_from
    back = {state.item.step_key for state in states if state.item.fate == "returns"}
    for shelved in shelves.shelved_by_update(work.actor, taken) if taken and back else ():
        if shelved.state == "lying" and shelved.step_key in back:
            shelved.settle("returned", by=work.actor.name)


def _publish(work: Work, handbook: Handbook) -> None:
    """New editions where words or their step changed; all others go along unchanged."""
    road = work.road
    for key in work.emptied:
        if (own := road.own.get(key)) and key not in work.drafts:
            own.clear()
    for key, overlay in work.drafts.items():
        there = road.own.get(key)
        if overlay or (there and there.is_local):
            put_in_force(work.actor, handbook, there, road.after[key], overlay, reason="update")
            road.own.update(_made(work.actor, key) if there is None else {})
    for key, own in road.own.items():
        if key in road.after and key not in work.drafts:
            own.base_release_id, own.base_guidance = road.after[key].release_id, dict(road.after[key].guidance)


def _made(actor: Actor, key: str) -> dict[str, Instruction]:
    made = queries.instruction_on(actor, key)
    return {key: made} if made else {}
