"""A random world (worlds.py) in the real database: national releases, a provider's own words, the update desk.

Everything happens in one transaction that is never committed, so that the next world begins as this one did.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any

from parasta_saas.accounts import identity
from parasta_saas.cli.demo.people import BY_SLUG
from parasta_saas.core import events, scope
from parasta_saas.core.access import Actor
from parasta_saas.core.canonical import fingerprint
from parasta_saas.core.clock import now
from parasta_saas.core.db import db
from parasta_saas.core.ids import uuid7
from parasta_saas.instructions import extras
from parasta_saas.instructions.memory import question_key
from parasta_saas.instructions.merge import KEEP_LOCAL, TAKE_NATIONAL, Choice
from parasta_saas.instructions.models import Handbook, Instruction, NationalUpdate, OwnStep, ShelvedText
from parasta_saas.instructions.queries import layers, manual, shelf
from parasta_saas.instructions.queries import update as queries
from parasta_saas.instructions.services import instruction, offering, own_steps, undo, update
from parasta_saas.reference import queries as reference
from parasta_saas.reference.models import Phase, Release, Step
from parasta_saas.tenants import queries as tenants
from tests.instructions.worlds import Maker

# What a world's step does not say and a row must.
STEP = {
    "view": "operating", "name_soft": {}, "participants": [], "applies_to": [], "critical": False, "basis": "practice",
    "statute": None, "statute_confidence": None, "value": {}, "inputs": {}, "outputs": {}, "pulse": None,
}  # fmt: skip
KINDS = ("rename", "split", "merge", "remove", "move", "new")


@dataclass
class Nation:
    """A row of releases with the lineage of each after the first, and one overlay written on the first."""

    contents: list[dict[str, Any]]
    lineages: list[list[dict[str, Any]]]
    overlay: dict[str, Any]
    random: Random
    maker: Maker

    @property
    def base(self) -> dict[str, Any]:
        return self.contents[0]

    @property
    def theirs(self) -> dict[str, Any]:
        return self.contents[-1]

    @property
    def elsewhere(self) -> dict[str, Any]:
        """The overlay of another provider, which works in Finnish alone, on the same release."""
        overlay = storable(self.maker, self.maker.overlay(self.base))
        for own in overlay["steps"].values():
            own.get("guidance", {}).pop("sv", None)
        overlay["steps"] = {k: {n: v for n, v in own.items() if v} for k, own in overlay["steps"].items()}
        return {**overlay, "steps": {key: own for key, own in overlay["steps"].items() if own}}


def nation(seed: int, releases: int = 1) -> Nation:
    """The world of a number as the product can store it: a split has no rule, a step may have a local role."""
    maker = Maker(seed)
    contents, lineages = [maker.release()], []
    overlay = storable(maker, maker.overlay(contents[0]))
    for mark in "abc"[:releases]:
        content, lineage = maker.next_release(contents[-1], mark, KINDS)
        _reranged(maker.random, content)
        _also(maker.random, contents[-1], content, lineage, mark)
        _clash(maker, contents[0], content, overlay)
        contents.append(content)
        lineages.append([{name: value for name, value in entry.items() if name != "rule"} for entry in lineage])
    return Nation(contents, lineages, overlay, maker.random, maker)


def storable(maker: Maker, overlay: dict[str, Any]) -> dict[str, Any]:
    """An overlay with the shapes of extras.py, and a local role here and there."""
    for own in overlay["steps"].values():
        if "checklist" in own:
            own["checklist"] = [{"key": item["key"], "text": item["name"]} for item in own["checklist"]]
        if maker.random.random() < 0.25:
            own["local_role"] = {"fi": f"Tiimi n{maker.random.randrange(10**6)}"}
    return overlay


def _clash(maker: Maker, base: dict[str, Any], content: dict[str, Any], overlay: dict[str, Any]) -> None:
    """Let the release change sentences that the provider has changed: by itself that seldom happens."""
    steps = {step["key"]: step for step in base["steps"]}
    for key, own in overlay["steps"].items():
        for code, text in own.get("guidance", {}).items():
            changed = [s for s in steps[key]["guidance"][code].rstrip(".").split(". ") if f"{s}." not in text]
            for step in content["steps"] if changed and maker.random.random() < 0.5 else ():
                maker.number += 1
                words = maker.random.choice(changed)
                said = step["guidance"][code].replace(f"{words}.", f"{words} m{maker.number}.")
                step["guidance"][code] = said


def _also(random: Random, before: dict[str, Any], content: dict[str, Any], lineage: list[Any], mark: str) -> None:
    """What people declare by hand: a step joins one that stays, splits and stays itself, is to be given up."""
    told = {key for entry in lineage for key in (*entry["from"], *entry["to"])}
    old = {step["key"] for step in before["steps"]}
    free = [step for step in content["steps"] if step["key"] in old - told]
    if len(free) < 2 or random.random() < 0.6:
        return
    one, other = random.sample(free, 2)
    match random.choice(["join", "split", "deprecate", "silent"]):
        case "join":
            content["steps"].remove(one)
            lineage.append({"kind": "merge", "from": [one["key"]], "to": [other["key"]], "reason": "r"})
        case "split":
            part = {**one, "key": f"w{mark}"}
            content["steps"].insert(content["steps"].index(one) + 1, part)
            lineage.append({"kind": "split", "from": [one["key"]], "to": [one["key"], part["key"]], "reason": "r"})
        case "deprecate":
            lineage.append({"kind": "deprecate", "from": [one["key"]], "to": [one["key"]], "reason": "r"})
        case "silent":
            content["steps"].remove(one)


def _reranged(random: Random, content: dict[str, Any]) -> None:
    """A release may also say anew which numbers are permitted, or take a limit away."""
    for step in content["steps"]:
        limit = step["time_limit"]
        if limit and random.random() < 0.15:
            limit["range"] = random.choice([{"min": 2, "max": 15}, {"min": 1, "max": None}, None])
        elif limit and random.random() < 0.05:
            limit["unit"] = "day"
        elif limit and random.random() < 0.05:
            step["time_limit"] = None


def person(slug: str) -> Actor:
    """One of the cast, as who acts."""
    who = BY_SLUG[slug]
    with events.apart(Actor.system()):
        account = identity.open_account(who.email, who.name, who.language)
    with events.apart(Actor(kind="person", person_id=account)):
        organisation, member = tenants.membership_at(account, who.at)
        return Actor(
            kind=organisation.kind, organisation_id=organisation.id, organisation_name=organisation.name,
            organisation_slug=organisation.slug, person_id=account, membership_id=member.id, name=member.name,
            email=member.email, roles=frozenset(member.roles), language=who.language,
            languages=tuple(organisation.languages),
        )  # fmt: skip


def service(actor: Actor) -> Actor:
    """The service itself for the same provider."""
    return Actor(
        kind="provider", organisation_id=actor.organisation_id, organisation_slug=actor.organisation_slug,
        name="Parasta", roles=frozenset({"system"}), languages=actor.languages,
    )  # fmt: skip


@contextmanager
def realm(national: Actor, made: Nation) -> Iterator[list[Release]]:
    """The releases of a world, each based on the one before; gone afterwards."""
    with scope.acting(national):
        rows: list[Release] = []
        for number, content in enumerate(made.contents):
            lineage = made.lineages[number - 1] if number else []
            rows.append(_release(f"9.{number}", content, lineage, rows[-1] if rows else None))
        yield rows


def _release(number: str, content: Mapping[str, Any], lineage: Any, base: Release | None) -> Release:
    frame = reference.current_release().frame
    made = Release(
        id=uuid7(), number=number, title={"fi": number}, frame=frame, lineage=lineage, drafted_by="Nelli",
        based_on_id=base.id if base else None,
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    parts: list[Phase | Step] = [
        Phase(release_id=made.id, key=phase["key"], order=order, name=phase["name"], name_soft={}, short=phase["name"])
        for order, phase in enumerate(content["phases"], 1)
    ]
    for order, step in enumerate(content["steps"], 1):
        own = {name: value for name, value in step.items() if name != "phase"}
        parts.append(Step(release_id=made.id, phase_key=step["phase"], order=order, **STEP, **own))
    db.session.add_all(parts)
    db.session.flush()
    made.publish(by="Tapio", sha256="0" * 64, transition_until=None, in_force_from=None)
    for part in parts:
        part.released_at = made.released_at
    db.session.flush()
    return made


@dataclass
class Desk:
    """One provider before one update: what was asked, what it answered, what stands."""

    actor: Actor
    releases: Sequence[Release]
    random: Random
    update: NationalUpdate | None = None
    asked: dict[str, Choice] = field(default_factory=dict)  # key of a sentence's question → the answer
    ways: dict[str, str] = field(default_factory=dict)  # step whose words met others → beside or shelf
    added: list[dict[str, Any]] = field(default_factory=list)

    def enter(self) -> None:
        """Act for this provider from here on, in the same transaction."""
        scope.enter(self.actor)

    def write(self, overlay: Mapping[str, Any]) -> None:
        """Nothing but this overlay on the first release, through the services."""
        self._empty()
        steps = {step.key: step for step in reference.steps_of(self.releases[0].id)}
        for key, own in overlay["steps"].items():
            instruction.publish_instruction(
                self.actor, steps[key], version=self._version(key),
                **{name: own.get(name, {}) for name in ("guidance", "note", "local_role")},
                time_limit_value=own.get("time_limit_value"), extras=extras.extras_in(own),
            )  # fmt: skip
        for own in overlay.get("added", ()):
            content = {"name": own["name"], "note": {}, "local_role": {}, "view": "operating", "applies_to": []}
            row = own_steps.write_own_step(self.actor, place=f"after:{own['after']}", content=content)
            self.added.append(row.placed())

    def offer(self) -> None:
        self.update = self.offer_again()
        assert self.update is not None

    def offer_again(self) -> NationalUpdate | None:
        return offering.offer_update(service(self.actor), self.releases[-1])

    @property
    def states(self) -> list[queries.ItemState]:
        assert self.update is not None
        return queries.items_of(self.actor, self.update)

    def answer(self) -> None:
        """Every question, each at random."""
        assert self.update is not None
        for state in self.states:
            if state.kind == "meets":
                way = self.ways[state.item.step_key] = self.random.choice(["beside", "shelf"])
                update.settle_meeting(self.actor, self.update, state, way=way)
            elif state.kind == "conflict":
                asked = {question_key(q): self._choice(q.chunk) for q in state.proposal.questions}
                update.answer_question(
                    self.actor, self.update, state, decision="mixed",
                    choices=[asked[question_key(q)] for q in state.proposal.questions],
                )  # fmt: skip
                self.asked |= asked

    def take(self) -> None:
        assert self.update is not None
        update.finish_update(self.actor, self.update)
        db.session.flush()

    def go_back(self) -> None:
        assert self.update is not None
        undo.go_back(self.actor, self.update)
        db.session.flush()

    @property
    def own(self) -> dict[str, dict[str, Any]]:
        """Own words in force, by step."""
        return {i.step_key: i.overlay() for i in self._rows(Instruction) if i.is_local}

    @property
    def own_steps(self) -> dict[str, tuple[str, str | None]]:
        """Where own steps stand."""
        return {
            row.key: (row.phase_key, row.after_key) for row in layers.own_steps_of(self.actor) if not row.removed_at
        }

    @property
    def shelf(self) -> list[ShelvedText]:
        return [row for row in shelf.shelf_of(self.actor) if row.state == "lying"]

    @property
    def manual(self) -> manual.Manual:
        return manual.manual_of(self.actor)

    def print(self) -> str:
        """A fingerprint of all rows of this provider that a merge may touch."""
        kinds = (Handbook, Instruction, NationalUpdate, OwnStep, ShelvedText)
        db.session.flush()
        db.session.expire_all()  # as the database has them
        rows = {kind.__tablename__: [_columns(row) for row in self._rows(kind)] for kind in kinds}
        return fingerprint(rows)

    def _choice(self, chunk: Any) -> Choice:
        words = f"{chunk.national_text} {chunk.local_text}".strip()
        return self.random.choice([KEEP_LOCAL, TAKE_NATIONAL, words, "Sovimme tämän aivan toisin."])

    def _version(self, key: str) -> int:
        return next((row.version for row in self._rows(Instruction) if row.step_key == key), 0)

    def _rows(self, kind: Any) -> list[Any]:
        found = db.select(kind).where(kind.tenant_id == self.actor.organisation_id).order_by(kind.id)
        return list(db.session.scalars(found))

    def _empty(self) -> None:
        for row in self._rows(Instruction):
            row.clear()
        for row in self._rows(OwnStep):
            row.removed_at = row.removed_at or now()
        for row in layers.all_words_of(self.actor):
            row.overlay = {}
        for row in self._rows(ShelvedText):
            if row.state == "lying":
                row.state = "returned"
        for row in self._rows(NationalUpdate):
            row.superseded_by = row.superseded_by or ("" if row.finished_at else "9")
        handbook = instruction.open_handbook(self.actor)
        handbook.release_id, handbook.reviewed = self.releases[0].id, False
        db.session.flush()


def _columns(row: Any) -> dict[str, str]:
    return {column.key: str(getattr(row, column.key)) for column in row.__mapper__.column_attrs}
