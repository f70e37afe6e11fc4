"""The process map as templates/_map.html and ui.wayfinder take it, and the words of a step. Pure.

A release's `frame` holds its own names: roles, anchors of time limits, forms of agreement, bases.
`language` None means the one spoken now.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, Protocol

from ..core import i18n
from ..core.i18n import ngettext, pick

Frame = Mapping[str, Any]
Limit = Mapping[str, Any]


class Named(Protocol):
    """Anything with a name."""

    name: Any
    name_soft: Any


class PhaseText(Protocol):
    """What the map needs to know of a phase."""

    key: Any
    order: Any
    name: Any
    name_soft: Any
    short: Any


class StepText(Protocol):
    """What the map needs to know of a step."""

    key: Any
    order: Any
    phase_key: Any
    view: Any
    name: Any
    name_soft: Any
    critical: Any
    responsible: Any
    applies_to: Any
    participants: Any
    basis: Any
    time_limit: Any


class Basis(NamedTuple):
    """What a minimum rests on: law, proposal or guidance, in words."""

    key: str
    label: str
    explanation: str


class StepWords(NamedTuple):
    """One step in words: who, by when, for which forms, on what it rests."""

    responsible: str
    participants: list[str]
    forms: list[str]
    limit: str
    basis: Basis


class Narrowing(NamedTuple):
    """Which steps a reader wants to see; empty means all."""

    view: str = ""
    critical: bool = False
    form: str = ""
    role: str = ""

    def takes(self, step: StepText) -> bool:
        """Whether a step is inside; a role counts as responsible and as taking part."""
        return (
            self.view in ("", step.view)
            and (step.critical or not self.critical)
            and (not self.form or self.form in step.applies_to)
            and (not self.role or self.role == step.responsible or self.role in step.participants)
        )


def build_map(
    phases: Iterable[PhaseText],
    steps: Iterable[StepText],
    *,
    language: str | None = None,
    mark_of: Callable[[Any], str | None] | None = None,
    run_of: Callable[[Any], str | None] | None = None,
    url_of: Callable[[Any], str],
    phase_url: str = "",
    off: Callable[[Any], bool] | None = None,
) -> list[dict[str, Any]]:
    """Phases in order, each with its steps above and below the line of visibility.

    mark_of(step): ours, waits, national or None. run_of(step): done, now, next, todo, ifneeded, na or None.
    off(step): outside a filter. `phase_url`: the page with the whole map, for ui.wayfinder.
    """
    lanes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for step in sorted(steps, key=lambda s: s.order):
        lanes.setdefault((step.phase_key, step.view), []).append(
            {
                "key": step.key,
                "order": step.order,
                "name": soft_name(step, language),
                "url": url_of(step),
                "critical": step.critical,
                "mark": mark_of(step) if mark_of else None,
                "run": run_of(step) if run_of else None,
                "off": off(step) if off else False,
            }
        )
    return [_phase(phase, lanes, language, phase_url) for phase in sorted(phases, key=lambda p: p.order)]


def _phase(
    phase: PhaseText, lanes: Mapping[tuple[str, str], list[dict[str, Any]]], language: str | None, phase_url: str
) -> dict[str, Any]:
    return {
        "key": phase.key,
        "order": phase.order,
        "name": soft_name(phase, language),
        "short": pick(phase.short, language).text,
        "url": f"{phase_url}#vaihe-{phase.order}",
        "steps_service": lanes.get((phase.key, "service"), []),
        "steps_operating": lanes.get((phase.key, "operating"), []),
    }


def soft_name(thing: Named, language: str | None = None) -> str:
    """The name with soft hyphens at the seams of compounds where they are known, for narrow boxes."""
    return (thing.name_soft or {}).get(language or i18n.language()) or pick(thing.name, language).text


def name_of(things: Iterable[Mapping[str, Any]], key: str, language: str | None = None) -> str:
    """The name of the thing with this key in a list of the frame; the key itself where it is unknown."""
    return next((pick(thing["name"], language).text for thing in things if thing["key"] == key), key)


def fallen(names: Iterable[Mapping[str, str] | None], language: str | None = None) -> list[str]:
    """The languages of those names that have no words in the reader's: [] where all have them."""
    found = {picked.language for picked in (pick(name, language) for name in names) if picked.fell_back}
    return sorted(found)


def options(things: Iterable[Mapping[str, Any]], language: str | None = None) -> list[tuple[str, str]]:
    """(key, name) of each thing in a list of the frame, for a choice."""
    return [(thing["key"], pick(thing["name"], language).text) for thing in things]


def role_name(frame: Frame, key: str, language: str | None = None) -> str:
    """teacher → opettaja."""
    return name_of(frame["roles"], key, language)


def form_names(frame: Frame, keys: Iterable[str], language: str | None = None) -> list[str]:
    """training_agreement, apprenticeship → koulutussopimus, oppisopimus."""
    return [name_of(frame["forms"], key, language) for key in keys]


def basis_of(frame: Frame, key: str, language: str | None = None) -> Basis:
    """What law, proposal or guidance means, in words."""
    found = next(basis for basis in frame["bases"] if basis["key"] == key)
    return Basis(key, pick(found["label"], language).text, pick(found["explanation"], language).text)


def step_words(step: StepText, frame: Frame, language: str | None = None) -> StepWords:
    """Who, by when, for which forms and on what basis, in the names of the frame."""
    return StepWords(
        responsible=role_name(frame, step.responsible, language),
        participants=[role_name(frame, key, language) for key in step.participants],
        forms=form_names(frame, step.applies_to, language),
        limit=limit_words(step.time_limit, frame, language),
        basis=basis_of(frame, step.basis, language),
    )


def limit_words(limit: Limit | None, frame: Frame, language: str | None = None) -> str:
    """2 arkipäivää yhteydenotosta · ennen allekirjoittamista · 12 kuukauden välein; empty without a limit.

    limit: {"value", "unit", "anchor"}; the anchor begins with before, after, at or is every.
    """
    if not limit:
        return ""
    language = language or i18n.language()
    anchor, value = str(limit["anchor"]), int(limit["value"])
    with i18n.using(language):
        if anchor == "every":
            return _every(value, str(limit["unit"]))
        name = name_of(frame["anchors"], anchor, language)
        return f"{amount(value, str(limit['unit']))} {name}" if value else name


def amount(number: int, unit: str) -> str:
    """2 arkipäivää. unit: working_day, day or month; ValueError for another."""
    if unit == "working_day":
        return ngettext("%(num)s working day", "%(num)s working days", number)
    if unit == "day":
        return ngettext("%(num)s day", "%(num)s days", number)
    if unit == "month":
        return ngettext("%(num)s month", "%(num)s months", number)
    raise ValueError(f"{unit!r} is no unit of a time limit")


def _every(number: int, unit: str) -> str:
    if unit == "working_day":
        return ngettext("every working day", "every %(num)s working days", number)
    if unit == "day":
        return ngettext("every day", "every %(num)s days", number)
    if unit == "month":
        return ngettext("every month", "every %(num)s months", number)
    raise ValueError(f"{unit!r} is no unit of a time limit")
