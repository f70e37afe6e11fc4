"""One placement as its pages show it, from the queries and the pure flow. Statements don't grow with rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from ..core.access import Actor
from ..core.clock import local, today
from ..core.i18n import _, pick
from ..placements.models import Placement
from ..placements.policies import STAFF
from ..reference.models import Step
from ..reference.process_map import role_name
from . import flow, queries, wording
from .models import CompletedStep
from .queries import Rules, Talk
from .wording import Who

STAFF_ROLES = frozenset({"wl_coordinator", "agreement_coordinator", "provider_signatory", "quality_manager"})


@dataclass(frozen=True)
class Line:
    """One step in words: what, who, by when; `mine` where it is the reader's turn."""

    key: str
    name: str
    who: str
    role: str
    due: str
    late: bool
    mine: bool

    @property
    def whose(self) -> str:
        """The name with the role; the role alone where nobody is named."""
        return ", ".join(filter(None, (self.who, self.role)))

    @property
    def deadline(self) -> str:
        """By when, as a sentence of its own."""
        return wording.begun(self.due).rstrip(".") + "."

    @property
    def detail(self) -> str:
        """Who and by when: Sinä, viimeistään to 31.12."""
        who = _("you") if self.mine else self.who or self.role
        return wording.begun(", ".join(filter(None, (who, self.due))))


@dataclass(frozen=True)
class Overview:
    """Now, next and who of one placement, for one reader."""

    placement: Placement
    rules: Rules
    steps: list[Step]
    flow: flow.Flow
    completed: list[CompletedStep]
    talk: Talk | None
    now: Line | None
    upcoming: list[Line]
    people: list[Who]
    today: date

    @property
    def state(self) -> str:
        return self.placement.state_on(self.today)

    @property
    def critical(self) -> tuple[int, int]:
        """How many critical points of this placement are looked after, of how many."""
        mine = [s for s in self.steps if s.critical and self.flow.states[s.key] not in ("na", "ifneeded")]
        return sum(self.flow.states[s.key] == "done" for s in mine), len(mine)


def overview(actor: Actor, placement: Placement) -> Overview:
    """One placement that the actor has been shown, with everybody around it."""
    seen = overviews(actor, [placement])[0]
    guardians = queries.guardians_of(actor, placement)
    return replace(seen, people=[*seen.people, *_guardians(actor, placement, guardians, seen.rules.release.frame)])


def overviews(actor: Actor, found: Sequence[Placement]) -> list[Overview]:
    """Placements of one provider that the actor has been shown; five statements, however many they are."""
    if not found:
        return []
    rules = queries.rules_of(actor, found[0].tenant_id)
    steps = flow.shown_steps(queries.steps_of(rules))
    completed, talks = queries.completed_of(found), queries.talks_of(found)
    flows = {p.id: flow.read(steps, _standing(p, rules, completed[p.id], talks.get(p.id))) for p in found}
    staff = queries.staff_in(actor, _roles_named(flows))
    return [_seen_by(actor, p, rules, steps, flows[p.id], completed[p.id], talks.get(p.id), staff) for p in found]


def is_staff(actor: Actor) -> bool:
    return actor.is_provider(*STAFF)


def roles_held(actor: Actor, placement: Placement) -> frozenset[str]:
    """Roles of the process that the reader holds in this placement."""
    if actor.kind == "workplace":
        held = set(wording.OF_WORKPLACE) if actor.has("owner", "signatory") else set()
        if actor.email.lower() == placement.instructor_email.lower():
            held |= {"workplace_instructor_responsible", "workplace_instructor"}
        return frozenset(held)
    held = {role for role in (*STAFF_ROLES, "student", "guardian", "provider_admin") if role in actor.roles}
    if actor.has("teacher") and actor.membership_id == placement.teacher_id:
        held.add("teacher")
    return frozenset(held)


def _standing(placement: Placement, rules: Rules, completed: list[CompletedStep], talk: Talk | None) -> flow.Standing:
    return flow.Standing(
        form=placement.form, starts_on=placement.starts_on, ends_on=placement.ends_on, today=today(),
        done={row.step_key: local(row.done_at).date() for row in completed}, agreed=placement.state != "planned",
        session_on=local(talk.session.starts_at).date() if talk else None, limits=rules.limits,
    )  # fmt: skip


def _roles_named(flows: dict[UUID, flow.Flow]) -> frozenset[str]:
    """Roles of staff whose names the pages need."""
    stops = [stop for f in flows.values() for stop in (f.now, *f.upcoming) if stop]
    return frozenset({stop.step.responsible for stop in stops} & STAFF_ROLES)


def _seen_by(
    actor: Actor, placement: Placement, rules: Rules, steps: list[Step], run: flow.Flow,
    completed: list[CompletedStep], talk: Talk | None, staff: dict[str, str],
) -> Overview:  # fmt: skip
    held, frame = roles_held(actor, placement), rules.release.frame

    signs = talk.paper.waits_for if talk and talk.paper else []

    def line(stop: flow.Stop) -> Line:
        name, role = wording.responsible(stop.step.responsible, placement, staff, frame)
        mine = wording.is_mine(stop.step.responsible, held)
        if stop.step.key == flow.SIGNED and signs:
            name, role, mine = _names(signs), "", any(_signs_for(actor, s["side"]) for s in signs)
        return Line(
            stop.step.key, wording.name_of_step(stop), name, role, wording.due_words(stop, frame, today()), stop.late,
            mine,
        )  # fmt: skip

    now = line(run.now) if run.now else None
    upcoming = [line(stop) for stop in run.upcoming]
    people = _people(actor, placement, run, staff, frame)
    return Overview(placement, rules, steps, run, completed, talk, now, upcoming, people, today())


def _names(signs: list[dict[str, Any]]) -> str:
    return _(" and ").join(s["name"] for s in signs)


def _signs_for(actor: Actor, side: str) -> bool:
    """Whether an agreement that waits for this side waits for the reader."""
    if side == "workplace":
        return actor.is_workplace("owner", "signatory")
    return actor.is_provider("provider_signatory" if side == "provider" else side)


def _people(
    actor: Actor, placement: Placement, run: flow.Flow, staff: dict[str, str], frame: dict[str, Any]
) -> list[Who]:
    """Instructor, teacher, student, then staff whose turn comes; each with what is theirs."""
    stops = [stop for stop in (run.now, *run.upcoming) if stop]

    def duty(*roles: str) -> str:
        mine = next((stop for stop in stops if stop.step.responsible in roles), None)
        if mine is None:
            return ""
        name = wording.in_sentence(pick(mine.step.name).text)
        return _("now: %(step)s", step=name) if mine is run.now else name

    def words(role: str, task: str) -> str:
        return " · ".join(filter(None, (role_name(frame, role).capitalize(), task)))

    held = roles_held(actor, placement)
    instructor = actor.kind == "workplace" and actor.email.lower() == placement.instructor_email.lower()
    shown = [
        Who(placement.instructor_name, "instructor", words("workplace_instructor", duty(*wording.OF_WORKPLACE)),
            "workplace", instructor, placement.instructor_phone),
        Who(placement.teacher_name, "teacher", words("teacher", duty("teacher")), "provider", "teacher" in held,
            placement.teacher_phone),
        Who(placement.student_name, "student", words("student", duty("student")), None, "student" in held),
    ]  # fmt: skip
    return shown + [
        Who(name, "staff", words(role, duty(role)), "provider", name == actor.name and role in held)
        for role, name in staff.items()
        if duty(role)
    ]


def _guardians(actor: Actor, placement: Placement, names: list[str], frame: dict[str, Any]) -> list[Who]:
    """Those of a minor, who are told of the agreement."""
    mine = "guardian" in roles_held(actor, placement)
    words = role_name(frame, "guardian").capitalize()
    return [Who(name, "guardian", words, you=mine and name == actor.name) for name in names]
