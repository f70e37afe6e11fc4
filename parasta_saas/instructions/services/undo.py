"""Go back from a national release within its transition: what stood before, with the work done since."""

from typing import Any

from ...core.access import Actor, require
from ...core.clock import today
from ...core.errors import Conflict
from ...core.events import emit
from ...core.i18n import _
from ...reference import queries as reference
from ...reference.models import Release, Step
from .. import leftovers, policies, undoing
from ..events_update import UpdateUndone
from ..leftovers import Piece
from ..models import Handbook, Instruction, NationalUpdate
from ..queries import shelf as shelves
from ..queries import update as queries
from ..succession import Kept
from .carrying import restore_layers
from .instruction import open_handbook, put_in_force
from .offering import lay_on_shelf, origin_of, put_items, supersede_update
from .reports import report_adoption
from .taking import unit_of
from .versions import seal_version

Steps = dict[str, Step]


def may_go_back(update: NationalUpdate, followed: Any, release: Release) -> bool:
    """Whether the handbook can go back to the release before. Asks no policy: the page asks it to show the button."""
    in_time = release.transition_until is None or today() <= release.transition_until
    return bool(update.finished_at and update.kept and followed == update.release_id and in_time)


def go_back(actor: Actor, update: NationalUpdate) -> None:
    """Follow the release before again. Work done since is merged back or lies on the shelf; the update waits again."""
    require(policies.can_decide_update(actor))
    queries.pending_update(actor, lock=True)  # rows of updates before the handbook, as whoever finishes one does
    handbook = open_handbook(actor)
    waiting = queries.pending_update(actor)
    release, former = reference.release_with(update.release_id), reference.release_with(update.from_release_id)
    if not may_go_back(update, handbook.release_id, release):
        raise Conflict(_("You can go back only from the release in use, until its transition ends."))

    handbook.release_id, edition = former.id, handbook.edition + 1
    back = _bring_back(actor, handbook, update, release, former)
    restore_layers(actor, update, release, former)
    handbook.edition = edition
    for shelved in shelves.shelved_by_update(actor, update):
        if shelved.state == "lying":
            shelved.settle("returned", by=actor.name)
    update.go_back(by=actor.name)
    seal_version(actor, handbook, reason="undone", changed=back)
    _offer_again(actor, update, waiting, former)
    report_adoption(actor, former)
    emit(actor, UpdateUndone(update_id=update.id, release_id=former.id, from_number=release.number))


def _offer_again(actor: Actor, update: NationalUpdate, waiting: NationalUpdate | None, former: Release) -> None:
    """The update waits again, or the newer one that waits already takes its changes in."""
    if waiting:
        waiting.offer_again(from_release_id=former.id, from_number=former.number)
        put_items(actor, waiting)
        update.offer_again(from_release_id=former.id, from_number=former.number)
        supersede_update(actor, update, waiting)
    else:
        update.offer_again(from_release_id=former.id, from_number=former.number)
        put_items(actor, update)


def _bring_back(
    actor: Actor, handbook: Handbook, update: NationalUpdate, release: Release, former: Release
) -> list[str]:  # fmt: skip
    """What stands where again; the keys of those steps."""
    kept = Kept.of(update.kept)
    new = {step.key: step for step in reference.steps_of(release.id)}
    old = {step.key: step for step in reference.steps_of(former.id)}
    own = {i.step_key: i for i in queries.instructions_of(actor)}
    now = {key: instruction.overlay() for key, instruction in own.items()}
    used: set[str] = set()
    wanted: dict[str, leftovers.Overlay] = {}
    left: list[tuple[str, Piece]] = []
    for key in [*(k for k in kept.before if k in old), *(k for k in now if k in old and k not in kept.before)]:
        heir = kept.heir(key)
        used.add(heir)
        wanted[key], rest = _merged(kept, key, heir, now, old, new)
        left += [(heir, piece) for piece in rest]
    for key, overlay in now.items():
        if key not in old and key not in used and overlay:
            left += [(key, piece) for piece in leftovers.pieces(overlay, own[key].base_guidance)]
    for key, piece in left:
        _shelve(actor, own[key], update, piece, new.get(key), release)
    _publish(actor, handbook, own, wanted, old)
    return list(wanted)


def _merged(
    kept: Kept, key: str, heir: str, now: dict[str, leftovers.Overlay], old: Steps, new: Steps
) -> tuple[leftovers.Overlay, list[Piece]]:
    """What stands on a step again, and what of the work since finds no place."""
    before = kept.before.get(key, {}).get("overlay", {})
    if heir not in new:
        return dict(before), []
    came_here = kept.came.get(key)
    if heir == key and came_here not in (None, key):  # its words were those of another step, and go home there
        return dict(before), []
    overlay, rest = undoing.brought_back(
        before, kept.after.get(heir, {}), now.get(heir, {}), old=old[key].guidance, new=new[heir].guidance
    )
    fits, refused = leftovers.fitting(overlay, new[heir].content(), old[key].content(), overlay)
    return fits, [*rest, *(piece for piece, _why in refused)]


def _shelve(
    actor: Actor, instruction: Instruction, update: NationalUpdate, piece: Piece, step: Step | None, release: Release
) -> None:
    unit = unit_of(step) if piece.field == "time_limit" else ""
    words = Piece(piece.field, piece.language, piece.text, piece.unit or unit)
    lay_on_shelf(
        actor, instruction, [(words, "undone")], reason=f"undo:{update.id}", origin=origin_of(step, release.number),
        homes=[instruction.step_key],
    )  # fmt: skip


def _publish(
    actor: Actor,
    handbook: Handbook,
    own: dict[str, Instruction],
    wanted: dict[str, leftovers.Overlay],
    old: Steps,
) -> None:
    for key, instruction in own.items():
        if key not in old:
            instruction.clear()
        elif wanted.get(key, {}) == instruction.overlay():
            instruction.base_release_id, instruction.base_guidance = old[key].release_id, dict(old[key].guidance)
    for key, overlay in wanted.items():
        there = own.get(key)
        if there is None or overlay != there.overlay():
            put_in_force(actor, handbook, there, old[key], overlay, reason="undone")
