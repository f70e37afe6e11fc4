"""Who answers, does, decides, signs, takes part and is told at every step: the layers, and what is amiss. Pure.

Layers, the upper one wins duty by duty: what the unit says, what the provider says, what the national model says.
Inside a layer an entry with a last day stands in for the others until that day, except among those who take part or
are told: there it comes beside them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol
from uuid import UUID

DUTIES = ("answers", "does", "decides", "signs", "consulted", "informed")
BESIDE = ("consulted", "informed")  # may have many holders
SIGNER = "provider_signatory"
NOBODY = "nobody"
GAPS = ("no_answer", "no_doer", "no_signer")
KINDS = (*GAPS, "two_answer", "left", "may_not_sign", "vacant")


@dataclass(frozen=True)
class Holder:
    """role:<key of the frame>, member:<id>, own:<name in small letters> or nobody. `texts`: words of an own role."""

    key: str
    texts: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def kind(self) -> str:
        return self.key.partition(":")[0]

    @property
    def value(self) -> str:
        return self.key.partition(":")[2]


class Entry(Protocol):
    """What is asked of models.Responsibility."""

    @property
    def step_key(self) -> str: ...
    @property
    def unit_id(self) -> UUID | None: ...
    @property
    def duty(self) -> str: ...
    @property
    def held(self) -> Holder: ...
    @property
    def starts_on(self) -> date | None: ...
    @property
    def ends_on(self) -> date | None: ...


@dataclass(frozen=True)
class StepRoles:
    """What the national model and the instructions say of a step; `local`: (layer, own name of who does it)."""

    key: str
    phase_key: str
    responsible: str = ""
    participants: Sequence[str] = ()
    local: tuple[str, Mapping[str, str]] | None = None
    added: Sequence[Mapping[str, str]] = ()

    @property
    def signed(self) -> bool:
        """The model names the one who signs for the provider."""
        return SIGNER in (self.responsible, *self.participants)


@dataclass(frozen=True)
class Cell:
    """Who has a duty at a step, and which layer says so: national, provider, unit; "" where nothing does."""

    holders: tuple[Holder, ...] = ()
    source: str = ""

    def inherited(self, at_unit: bool) -> bool:
        """Said by a layer under the one that is looked at."""
        return self.source in ("national", "provider") if at_unit else self.source == "national"


@dataclass(frozen=True)
class StepDuties:
    """The duties of one step as they are in force."""

    step: StepRoles
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class People:
    """Staff of the provider with their roles (by id as text), and which of the roles somebody holds here."""

    roles: Mapping[str, frozenset[str]]
    held_here: frozenset[str]
    checked: frozenset[str]  # roles that a member can hold; others, as the employer's, are not ours to fill


@dataclass(frozen=True)
class Finding:
    """Something amiss: at one step; `vacant` names a role and all steps it is missed at."""

    kind: str
    duty: str
    steps: tuple[str, ...]
    holder: Holder | None = None


@dataclass(frozen=True)
class PhaseCount:
    """Steps of a phase, those with a gap, with two who answer, with other trouble, and with something of our own."""

    steps: int = 0
    gaps: int = 0
    doubles: int = 0
    others: int = 0
    own: int = 0


def in_force(entry: Entry, on: date) -> bool:
    """Both days are in it; without a day it is open on that side."""
    return (entry.starts_on is None or entry.starts_on <= on) and (entry.ends_on is None or on <= entry.ends_on)


def national(step: StepRoles) -> dict[str, Cell]:
    """Read out of the model: who is responsible does and answers, participants take part, the signatory signs."""
    does = (Holder(f"role:{step.responsible}"),) if step.responsible else ()
    part = tuple(Holder(f"role:{key}") for key in step.participants)
    signs = (Holder(f"role:{SIGNER}"),) if step.signed else ()
    found = {"answers": does, "does": does, "signs": signs, "consulted": part}
    return {duty: Cell(found.get(duty, ()), "national" if found.get(duty) else "") for duty in DUTIES}


def table(steps: Iterable[StepRoles], entries: Iterable[Entry], *, unit: UUID | None, on: date) -> list[StepDuties]:
    """The duties in force on a day, at a unit or (None) at the provider as a whole, in the order of the steps."""
    said: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        if entry.unit_id in (None, unit) and in_force(entry, on):
            layer = "unit" if entry.unit_id else "provider"
            said.setdefault((entry.step_key, entry.duty, layer), []).append(entry)
    return [StepDuties(step, _cells(step, said)) for step in steps]


def _cells(step: StepRoles, said: Mapping[tuple[str, str, str], list[Entry]]) -> dict[str, Cell]:
    below = national(step)
    if step.local:
        layer, texts = step.local
        below["does"] = Cell((own_role(texts),), layer)
    if step.added:
        beside = tuple(own_role(texts) for texts in step.added)
        below["consulted"] = Cell(below["consulted"].holders + beside, below["consulted"].source or "provider")
    found = {}
    for duty in DUTIES:
        layer = next((layer for layer in ("unit", "provider") if (step.key, duty, layer) in said), "")
        found[duty] = _said(duty, layer, said[step.key, duty, layer]) if layer else below[duty]
    return found


def _said(duty: str, layer: str, entries: list[Entry]) -> Cell:
    for_a_time = [entry for entry in entries if entry.ends_on is not None]
    chosen = for_a_time if for_a_time and duty not in BESIDE else entries
    holders = dict.fromkeys(entry.held for entry in chosen if entry.held.key != NOBODY)
    return Cell(tuple(holders), layer)


def own_role(texts: Mapping[str, str]) -> Holder:
    """An own role by its name in its first language, so that capitals and spaces make no second one."""
    name = next((texts[code] for code in ("fi", "sv", "en") if (texts.get(code) or "").strip()), "")
    return Holder(f"own:{' '.join(name.casefold().split())}", dict(texts))


def findings(duties: Sequence[StepDuties], people: People) -> list[Finding]:
    """What is amiss, the gaps first, then double responsibility, then holders that are gone; steps in their order."""
    found: list[Finding] = []
    vacant: dict[Holder, list[str]] = {}
    for each in duties:
        key, cells = each.step.key, each.cells
        needed = zip(GAPS, ("answers", "does", "signs")[: 3 if each.step.signed else 2], strict=False)
        found += [Finding(kind, duty, (key,)) for kind, duty in needed if not cells[duty].holders]
        if len(cells["answers"].holders) > 1:
            found.append(Finding("two_answer", "answers", (key,)))
        for duty, cell in cells.items():
            for holder in cell.holders:
                if kind := _trouble(holder, duty, people):
                    found.append(Finding(kind, duty, (key,), holder))
                elif _is_vacant(holder, people) and key not in vacant.setdefault(holder, []):
                    vacant[holder].append(key)
    found += [Finding("vacant", "", tuple(keys), holder) for holder, keys in vacant.items()]
    return sorted(found, key=lambda finding: KINDS.index(finding.kind))


def _trouble(holder: Holder, duty: str, people: People) -> str:
    if holder.kind != "member":
        return ""
    roles = people.roles.get(holder.value)
    if roles is None:
        return "left"
    return "may_not_sign" if duty == "signs" and SIGNER not in roles else ""


def _is_vacant(holder: Holder, people: People) -> bool:
    return holder.kind == "role" and holder.value in people.checked and holder.value not in people.held_here


def counts(duties: Iterable[StepDuties], found: Iterable[Finding]) -> dict[str, PhaseCount]:
    """By phase. A step counts once for each sort of trouble; a vacant role is nobody's step."""
    phase, total, own = dict[str, str](), Counter[str](), Counter[str]()
    for each in duties:
        phase[each.step.key] = each.step.phase_key
        total[each.step.phase_key] += 1
        own[each.step.phase_key] += any(cell.source in ("provider", "unit") for cell in each.cells.values())
    marked: dict[str, set[str]] = {"gaps": set(), "doubles": set(), "others": set()}
    for finding in found:
        sort = "gaps" if finding.kind in GAPS else "doubles" if finding.kind == "two_answer" else "others"
        if finding.kind != "vacant":
            marked[sort] |= {key for key in finding.steps if key in phase}
    by_phase = {sort: Counter(phase[key] for key in keys) for sort, keys in marked.items()}
    return {
        key: PhaseCount(number, own=own[key], **{sort: by_phase[sort][key] for sort in by_phase})
        for key, number in total.items()
    }


def safe_cell(text: Any) -> str:
    """As a table program may read it: words that it would take for a formula get an apostrophe before them."""
    words = str(text).replace("\r", " ").replace("\n", " ")
    return f"'{words}" if words.lstrip()[:1] in tuple("=+-@\t|%") else words
