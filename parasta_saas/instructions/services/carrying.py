"""Take own steps and the words of units along with a national update, and home again. Nothing of them is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Release, Step
from ...tenants import queries_units as units
from .. import carrying, leftovers, policies
from ..layers import own_content
from ..models import NationalUpdate, OwnStep, ShelvedText, UnitInstruction
from ..queries import layers as found
from ..queries import published
from ..queries import update as queries
from ..succession import Kept


@dataclass(frozen=True)
class Outlook:
    """What an update does to own steps and to units, before anything is done."""

    rows: dict[str, OwnStep]
    carried: carrying.Carried
    words: dict[UUID, list[UnitInstruction]]
    moved: dict[UUID, carrying.Moved]

    @property
    def own_moved(self) -> list[OwnStep]:
        places = self.carried.places
        return [row for key, row in self.rows.items() if key in places and places[key] != _place(row)]

    @property
    def own_gone(self) -> list[OwnStep]:
        return [self.rows[key] for key in self.carried.gone]

    @property
    def unit_moved(self) -> int:
        return sum(len(moved.came) for moved in self.moved.values())

    @property
    def unit_lost(self) -> int:
        return sum(len(moved.lost) for moved in self.moved.values())

    def __bool__(self) -> bool:
        return bool(self.own_moved or self.own_gone or self.unit_moved or self.unit_lost)


def foreseen(actor: Actor, old: Release, new: Release) -> Outlook:
    """What the way from one release to another does. Two statements where there is nothing of either kind."""
    require(policies.can_decide_update(actor))
    return _outlook(actor, old, new, lock=False)


def carry_layers(actor: Actor, update: NationalUpdate, returns_from: NationalUpdate | None = None) -> dict[str, Any]:
    """Along with an update; returns what stood before and after. With a withdrawal they go home (`restore_layers`)."""
    require(policies.can_decide_update(actor))
    old, new = reference.release_with(update.from_release_id), reference.release_with(update.release_id)
    before = _snapshot(actor)
    came: dict[str, Any] = {}
    if returns_from and returns_from.kept.get("layers"):
        restore_layers(actor, returns_from, old, new)
    else:
        outlook = _outlook(actor, old, new, lock=True)
        _settle_own(actor, update, outlook.rows, outlook.carried, old, new)
        for unit_id, moved in outlook.moved.items():
            _settle_unit(actor, update, unit_id, outlook.words[unit_id], moved, old)
            came[str(unit_id)] = dict(moved.came)
    db.session.flush()  # what stands now is read back
    return {"layers": {"before": before, "after": _snapshot(actor), "came": came}}


def restore_layers(actor: Actor, update: NationalUpdate, left: Release, former: Release) -> None:
    """Own steps and words of units stand where they stood before an update, with what was written since."""
    require(policies.can_decide_update(actor))
    kept = update.kept.get("layers") or {"before": {}, "after": {}, "came": {}}
    rows = {row.key: row for row in found.own_steps_of(actor, lock=True)}
    was, then = (kept[side].get("own_steps", {}) for side in ("before", "after"))
    for key in was.keys() - then.keys():
        if key in rows and rows[key].removed_at:
            rows[key].bring_back()
    for key, row in rows.items():
        if key in was and (key not in then or list(_place(row)) == then[key]):
            row.phase_key, row.after_key = was[key]
    here = {key: row for key, row in rows.items() if row.removed_at is None}
    there = {step.key for step in reference.steps_of(former.id)}
    back = [entry for entry in Kept.of(update.kept).backwards() if there.isdisjoint(entry["from"])]
    placed = [row.placed() for row in here.values()]
    carried = carrying.carried(_content(left), [(_content(former), back)], placed)
    _settle_own(actor, update, here, carried, left, former, why="undone")
    _restore_units(actor, update, kept, left, former)
    for shelved in found.shelved_with(actor, update):
        if shelved.state == "lying" and shelved.origin.get("why") != "undone":
            shelved.settle("returned", by=actor.name)


def _restore_units(
    actor: Actor, update: NationalUpdate, kept: Mapping[str, Any], left: Release, former: Release
) -> None:  # fmt: skip
    old = {step.key for step in published.steps_by_key(former).values()} | {
        row.key for row in found.own_steps_of(actor)
    }
    for unit_id, rows in _by_unit(found.all_words_of(actor, lock=True)).items():
        here = str(unit_id)
        was, then = (kept[side].get("units", {}).get(here, {}) for side in ("before", "after"))
        now_there = {row.step_key: row.layer() for row in rows if row.overlay}
        back = carrying.home(was, then, kept["came"].get(here, {}), now_there)
        fits = {key: layer for key, layer in back.items() if key in old}
        lost = dict.fromkeys(back.keys() - fits.keys(), ("undone", ()))
        _settle_unit(actor, update, unit_id, rows, carrying.Moved(fits, {}, lost), left)


def _outlook(actor: Actor, old: Release, new: Release, *, lock: bool) -> Outlook:
    rows = {row.key: row for row in found.own_steps_of(actor, lock=lock) if row.removed_at is None}
    words = _by_unit([row for row in found.all_words_of(actor, lock=lock) if row.overlay])
    between = queries.releases_between(actor, old, new) if rows or words else []
    carried = carrying.Carried({})
    if rows:
        way = [(_content(release), release.lineage) for release in between]
        carried = carrying.carried(_content(old), way, [row.placed() for row in rows.values()])
    moved = {}
    if words:
        before, after = (
            {key: step.content() for key, step in published.steps_by_key(each).items()} for each in (old, new)
        )
        ways = [release.lineage for release in between]
        for unit_id, mine in words.items():
            moved[unit_id] = carrying.moved(before, after, ways, {row.step_key: row.layer() for row in mine})
    return Outlook(rows, carried, words, moved)


def _settle_own(
    actor: Actor,
    update: NationalUpdate,
    rows: Mapping[str, OwnStep],
    carried: carrying.Carried,
    old: Release,
    new: Release,
    why: str = "phase_gone",
) -> None:
    """Each at its place; one whose phase is gone lies whole on the shelf, and can be had back from the removed ones."""
    for key, (phase, after) in carried.places.items():
        if (phase, after) != _place(rows[key]):
            rows[key].phase_key, rows[key].after_key = phase, after
    if not carried.gone:
        return
    first: dict[str, str] = {}
    for step in published.steps_by_key(new).values():
        first.setdefault(step.phase_key, step.key)
    for key, phases in carried.gone.items():
        row, homes = rows[key], [first[phase] for phase in phases if phase in first]
        row.removed_at = now()
        _, overlay = own_content(row.placed())
        pieces = leftovers.pieces(overlay, {})
        said = {piece.language for piece in pieces if piece.field == "note"}
        pieces += [
            leftovers.Piece("note", code, name) for code, name in row.content["name"].items() if code not in said
        ]
        _shelve(actor, update, key, pieces, {"name": row.content["name"], "release": old.number}, why, homes)


def _settle_unit(
    actor: Actor,
    update: NationalUpdate,
    unit_id: UUID,
    rows: Iterable[UnitInstruction],
    moved: carrying.Moved,
    old: Release,
) -> None:
    """Words of a unit on their steps; what lost its step lies on the shelf with whose it was."""
    known = {row.step_key: row for row in rows}
    before = {key: row.layer() for key, row in known.items()}
    if moved.lost:
        steps: dict[str, Step] = {step.key: step for step in published.steps_by_key(old).values()}
        unit = units.unit_for(actor, unit_id)
        for key, (why, homes) in moved.lost.items():
            step = steps.get(key)
            limit = ((step.time_limit or {}) if step else {}).get("unit", "")
            pieces = leftovers.pieces(before[key]["overlay"], before[key]["above"], unit=limit)
            origin = {
                "name": dict(step.name) if step else {}, "release": old.number, "campus": unit.name,
                "unit_id": str(unit_id),
            }  # fmt: skip
            _shelve(actor, update, key, pieces, origin, why, homes)
    for key, layer in moved.words.items():
        if key not in known:
            known[key] = UnitInstruction(
                tenant_id=actor.organisation_id, id=uuid7(), unit_id=unit_id, step_key=key, overlay={}, above={}
            )
            db.session.add(known[key])
        if known[key].layer() != layer:
            known[key].overlay, known[key].above = dict(layer["overlay"]), dict(layer["above"])
    for key, row in known.items():
        if key not in moved.words and row.overlay:
            row.overlay, row.above = {}, {}


def _shelve(
    actor: Actor,
    update: NationalUpdate,
    key: str,
    pieces: Iterable[leftovers.Piece],
    origin: Mapping[str, Any],
    why: str,
    homes: Iterable[str],
) -> None:
    db.session.add_all(
        ShelvedText(
            tenant_id=actor.organisation_id, instruction_id=None, step_key=key, field=piece.field,
            language=piece.language, text=piece.text, reason=f"layers:{update.id}", shelved_by=actor.name,
            origin={**origin, "why": why, "unit": piece.unit}, homes=list(homes), state="lying",
        )
        for piece in pieces
    )  # fmt: skip


def _snapshot(actor: Actor) -> dict[str, Any]:
    own = {row.key: list(_place(row)) for row in found.own_steps_of(actor) if row.removed_at is None}
    words: dict[str, dict[str, Any]] = {}
    for row in found.all_words_of(actor):
        if row.overlay:
            words.setdefault(str(row.unit_id), {})[row.step_key] = row.layer()
    return {"own_steps": own, "units": words}


def _content(release: Release) -> dict[str, Any]:
    phases = [{"key": phase.key} for phase in reference.phases_of(release.id)]
    steps = [{"key": step.key, "phase": step.phase_key} for step in published.steps_by_key(release).values()]
    return {"phases": phases, "steps": steps}


def _by_unit(rows: Iterable[UnitInstruction]) -> dict[UUID, list[UnitInstruction]]:
    words: dict[UUID, list[UnitInstruction]] = {}
    for row in rows:
        words.setdefault(row.unit_id, []).append(row)
    return words


def _place(row: OwnStep) -> carrying.Place:
    return row.phase_key, row.after_key
