"""Offer a newer national release to a provider: what it does to every step, with answers given before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert

from ...core.access import Actor, require
from ...core.clock import now
from ...core.db import db
from ...core.events import emit
from ...core.failpoints import Point, reached
from ...core.ids import uuid7
from ...reference import queries as reference
from ...reference.models import Release, Step
from .. import memory, policies, succession
from ..events_update import UpdateOffered, UpdateSuperseded
from ..leftovers import Piece
from ..models import Instruction, NationalUpdate, ShelvedText, UpdateItem
from ..offers import Proposal, proposal
from ..queries import published
from ..queries import shelf as shelves
from ..queries import update as queries
from ..resolved import mode
from .instruction import open_handbook

Steps = dict[str, Step]


@dataclass(frozen=True)
class Road:
    """Two releases, what the provider has of its own, and what becomes of each step between them."""

    before: Steps
    after: Steps
    own: dict[str, Instruction]
    places: list[succession.Place]
    returns_from: NationalUpdate | None  # the update that a withdrawal takes back


def offer_update(actor: Actor, release: Release) -> NationalUpdate | None:
    """Offer a release once; an older one that still waits gives way. None where it is in use, offered, or older."""
    require(policies.can_offer_update(actor))
    queries.pending_update(actor, lock=True)  # rows of updates before the handbook, as whoever finishes one does
    handbook = open_handbook(actor)
    known = queries.updates_pending_or_to(actor, release.id)
    waiting = next((update for update in known if update.pending), None)
    now_followed = reference.release_with(handbook.release_id)
    if not _is_newer(release, now_followed) or any(update.release_id == release.id for update in known):
        return None
    if waiting and not _is_newer(release, reference.release_with(waiting.release_id)):
        return None
    row = insert(NationalUpdate).values(
        tenant_id=actor.organisation_id, id=uuid7(), created_at=now(), version=1, release_id=release.id,
        from_release_id=now_followed.id, number=release.number, from_number=now_followed.number, finished_by="",
        superseded_by="", undone_by="", assigned_to="", assigned_by="", kept={},
    )  # fmt: skip
    # The unique key (tenant, release) fences a second worker that was not told of the first.
    update = db.session.execute(row.on_conflict_do_nothing().returning(NationalUpdate)).scalar_one_or_none()
    if update is None:
        return None
    if waiting:
        supersede_update(actor, waiting, update)
    road = _road(actor, now_followed, release)
    _add(actor, update, road, road.places)
    emit(actor, UpdateOffered(update_id=update.id, release_id=release.id))
    db.session.flush()  # a test may end the process here, with all of it written
    reached(Point.OFFERED)
    return update


def supersede_update(actor: Actor, waiting: NationalUpdate, newer: NationalUpdate) -> None:
    """One offer at a time: the newer one. What was answered already is remembered, who sees to it stays."""
    require(policies.can_open_handbook(actor))
    for state in queries.items_of(actor, waiting):
        forget_expected(actor, state.item)
    waiting.supersede(newer.number)
    if waiting.assigned_to_id:
        newer.assign(waiting.assigned_to_id, waiting.assigned_to, by=waiting.assigned_by)
    emit(actor, UpdateSuperseded(update_id=waiting.id, number=newer.number))


def put_items(actor: Actor, update: NationalUpdate) -> None:
    """The items of an update, new or made anew; questions with the same three texts are answered as before."""
    require(policies.can_open_handbook(actor))
    for state in queries.items_of(actor, update):
        forget_expected(actor, state.item)
        db.session.delete(state.item)
    db.session.flush()  # an item of the same step comes in their place
    road = road_of(actor, update)
    _add(actor, update, road, road.places)


def refresh_update(actor: Actor, update: NationalUpdate) -> bool:
    """Bring the items in line with the provider's own words of this moment; True if anything else is asked now."""
    require(policies.can_open_handbook(actor))
    if not update.pending:
        return False
    road = road_of(actor, update)
    stored = {_sign(state.item): state.item for state in queries.items_of(actor, update)}
    wanted = {place.sign: place for place in road.places}
    if stored.keys() == wanted.keys():
        return False
    for sign in stored.keys() - wanted.keys():
        forget_expected(actor, stored[sign])
        db.session.delete(stored[sign])
    db.session.flush()  # an item of the same step comes in their place
    _add(actor, update, road, [place for sign, place in wanted.items() if sign not in stored])
    return True


def agrees(road: Road, states: Iterable[queries.ItemState]) -> bool:
    """Whether the items are still those that the provider's own words ask for. Asks no policy: it only compares."""
    return {_sign(state.item) for state in states} == {place.sign for place in road.places}


def road_of(actor: Actor, update: NationalUpdate) -> Road:
    """The way from the release followed to the one offered, with the provider's own words on it."""
    require(policies.can_open_handbook(actor))
    return _road(actor, reference.release_with(update.from_release_id), reference.release_with(update.release_id))


def _road(actor: Actor, old: Release, new: Release) -> Road:
    before, after = published.steps_by_key(old), published.steps_by_key(new)
    own = {i.step_key: i for i in queries.instructions_of(actor)}
    local = {key for key, instruction in own.items() if instruction.is_local}
    contents = _contents(before), _contents(after)
    ways = [release.lineage for release in queries.releases_between(actor, old, new)]
    taken = _taken_back(actor, old, new)
    if taken:
        kept = succession.Kept.of(taken.kept)
        places = succession.plan(*contents, local, [kept.backwards(), *ways])
        current = {key: instruction.overlay() for key, instruction in own.items()}
        places = succession.returning(places, kept, current, contents[1])
    else:
        places = succession.plan(*contents, local, ways)
    return Road(before, after, own, places, taken)


def forget_expected(actor: Actor, item: UpdateItem) -> None:
    """What an answer would have put on the shelf: its words are in the text, as long as the update waits."""
    require(policies.can_open_handbook(actor))
    for shelved in shelves.shelved_by(actor, item):
        if shelved.state in shelves.LYING:
            db.session.delete(shelved)


def lay_on_shelf(
    actor: Actor,
    instruction: Instruction,
    found: Iterable[tuple[Piece, str]],
    *,
    reason: str,
    origin: Mapping[str, Any],
    homes: Iterable[str] = (),
    state: str = "lying",
) -> int:
    """Put own words on the shelf with where they stood and why they left; returns how many."""
    require(policies.can_open_handbook(actor))
    rows = [
        ShelvedText(
            tenant_id=actor.organisation_id, instruction_id=instruction.id, step_key=instruction.step_key,
            field=piece.field, language=piece.language, text=piece.text, reason=reason, shelved_by=actor.name,
            origin={**origin, "why": why, "unit": piece.unit}, homes=list(homes), state=state,
        )
        for piece, why in found
    ]  # fmt: skip
    db.session.add_all(rows)
    return len(rows)


def origin_of(step: Step | None, number: str) -> dict[str, Any]:
    """Where words stood, to be read when the step is long gone. Asks no policy: it only says."""
    return {"name": dict(step.name) if step else {}, "release": number}


def _add(actor: Actor, update: NationalUpdate, road: Road, places: Iterable[succession.Place]) -> None:
    made = [(_item(actor, update.id, road, place), place) for place in places]
    db.session.add_all(item for item, _place in made)
    _replay(actor, update, road, [item for item, _place in made])


def _item(actor: Actor, update_id: UUID, road: Road, place: succession.Place) -> UpdateItem:
    old = road.before.get(place.source) or road.before.get(place.key)
    new, own = road.after.get(place.key), road.own.get(place.source)
    base = dict(old.guidance) if old else {}
    national = dict(new.guidance) if new else {}
    local = dict(own.guidance) if own else {}
    policy = mode(new.content(), "guidance") if new else "open"
    offered = proposal(own.base_guidance if own else base, national, local, policy)
    overlay = dict(place.overlay) or ({"policy": policy} if policy in ("floor", "locked") else {})
    if place.fate == "meets":
        overlay = {"key": _meeting(road, place)}
    kind = {"meets": "meets", "gone": "gone", "returns": "clean"}.get(place.fate, offered.kind)
    return UpdateItem(
        tenant_id=actor.organisation_id, id=uuid7(), update_id=update_id, step_key=place.key, source_key=place.source,
        fate=place.fate, homes=list(place.homes), order=place.order, kind=kind, base=base, national=national,
        local=local, merged=offered.texts, overlay=overlay, decision=None,
    )  # fmt: skip


def _meeting(road: Road, place: succession.Place) -> str:
    mine, theirs = road.own.get(place.source), road.own.get(place.homes[0])
    return memory.meeting_key(mine.overlay() if mine else {}, theirs.overlay() if theirs else {})


def _replay(actor: Actor, update: NationalUpdate, road: Road, items: list[UpdateItem]) -> None:
    """Answer what was answered before, for the very same texts."""
    asked = {item.id: _asked(item, road) for item in items if item.kind == "conflict"}
    keys = {memory.question_key(q) for offered in asked.values() for q in offered.questions}
    keys |= {item.overlay["key"] for item in items if item.kind == "meets"}
    known = queries.answers_to(actor, keys)
    for item in items:
        if item.kind == "meets" and (answer := known.get(item.overlay["key"])):
            item.decide(answer.way, {}, by_id=answer.decided_by_id, by=answer.decided_by, at=answer.decided_at)
        elif item.id in asked:
            _replay_choices(actor, update, road, item, asked[item.id], known)


def _replay_choices(
    actor: Actor, update: NationalUpdate, road: Road, item: UpdateItem, offered: Proposal, known: Mapping[str, Any]
) -> None:
    answers = [known.get(memory.question_key(question)) for question in offered.questions]
    if not all(answers):
        return
    texts, shelf = offered.decide([memory.choice_of(a.way, a.words) for a in answers if a])
    last = max((a for a in answers if a), key=lambda answer: answer.decided_at)
    ways = {answer.way for answer in answers if answer}
    decision = ways.pop() if len(ways) == 1 else "mixed"
    item.decide(decision, texts, by_id=last.decided_by_id, by=last.decided_by, at=last.decided_at)
    lay_on_shelf(
        actor, road.own[item.source_key], [(Piece("guidance", *pair), "answer") for pair in shelf],
        reason=f"update:{item.id}", origin=origin_of(road.before.get(item.source_key), update.from_number),
        homes=[item.step_key], state="expected",
    )  # fmt: skip


def _asked(item: UpdateItem, road: Road) -> Proposal:
    own = road.own[item.source_key]
    return proposal(own.base_guidance, item.national, own.guidance, item.policy)


def _taken_back(actor: Actor, old: Release, new: Release) -> NationalUpdate | None:
    """The update that brought the release which `new` withdraws, where it came from the very content that returns."""
    if new.withdraws_id != old.id:
        return None
    found = queries.update_before(actor, old.id)
    return found if found and found.kept and found.from_release_id == old.based_on_id else None


def _contents(steps: Steps) -> dict[str, dict[str, Any]]:
    return {key: step.content() for key, step in steps.items()}


def _sign(item: UpdateItem) -> tuple[str, str, str, tuple[str, ...]]:
    return item.step_key, item.fate, item.source_key, tuple(item.homes)


def _is_newer(release: Release, other: Release) -> bool:
    assert release.released_at and other.released_at
    return release.released_at > other.released_at
