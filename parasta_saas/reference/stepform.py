"""One step as a form and back, its place among the others, and what is wrong with it. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..core.i18n import LANGUAGES, N_, _
from .content import CONFIDENCES, VIEWS
from .elements import Problem, Thing, Whole, known, text_problems

TEXTS = ("name", "minimum", "guidance", "value", "inputs", "outputs", "pulse")
FACTS = (
    "view", "responsible", "participants", "applies_to", "critical", "basis", "statute", "statute_confidence",
    "time_limit", "field_policy", "documents", "indicators", "links",
)  # fmt: skip
UNITS = {"working_day": N_("working days"), "day": N_("days"), "month": N_("months")}
VIEW_WORDS = {
    "service": N_("Service process: the customer sees it"), "operating": N_("Operating process: our own work"),
}  # fmt: skip
# What a provider may do with each field: mode → words. The minimum binds everyone, so it is never open.
POLICIES: dict[str, dict[str, str]] = {
    "name": {
        "locked": N_("Locked: the name is the same everywhere."),
        "open": N_("Open: a provider may use a name of its own beside this one."),
    },
    "minimum": {
        "locked": N_("Locked: the words stand exactly so. A provider may add its own beside them."),
        "floor": N_("Floor: a provider may add or tighten, and every sentence here stays."),
    },
    "guidance": {
        "open": N_("Open: a provider may rewrite it, sentence by sentence."),
        "floor": N_("Floor: a provider may add sentences, and every sentence here stays."),
        "locked": N_("Locked: a provider follows it word for word."),
    },
    "time_limit": {
        "locked": N_("Locked: the limit is the same everywhere."),
        "param": N_("Within a range: a provider may set a tighter limit inside the range."),
    },
    "responsible": {
        "locked": N_("Locked: this role is responsible everywhere."),
        "floor": N_("Floor: a provider may say which of its own roles does it, and add others."),
        "open": N_("Open: a provider decides who is responsible."),
    },
}  # fmt: skip
DEFAULT_POLICY = {
    "name": "locked", "minimum": "locked", "guidance": "open", "time_limit": "locked", "responsible": "floor",
}  # fmt: skip
SOURCES = {
    "responsible": "roles", "participants": "roles", "applies_to": "forms", "basis": "bases",
    "statute_confidence": "confidences", "limit_anchor": "anchors", "documents_in": "documents",
    "documents_out": "documents", "indicators": "indicators", "links": "links", "phase": "phases",
}  # fmt: skip
MAX_LIMIT = 999


def values_of(step: Thing) -> dict[str, Any]:
    """The step, as plain data, as the form's values."""
    limit, documents = step.get("time_limit") or {}, step.get("documents") or {}
    span = limit.get("range") or {}
    values = {f"{stem}_{code}": (step.get(stem) or {}).get(code, "") for stem in TEXTS for code in LANGUAGES}
    values |= {name: step.get(name) or "" for name in ("view", "responsible", "basis", "statute", "statute_confidence")}
    values |= {name: list(step.get(name) or ()) for name in ("participants", "applies_to", "indicators", "links")}
    values |= {f"documents_{side}": list(documents.get(side, ())) for side in ("in", "out")}
    values |= {f"policy_{name}": (step.get("field_policy") or {}).get(name, "open") for name in POLICIES}
    return values | {
        "phase": step["phase"], "after": "", "critical": "1" if step.get("critical") else "",
        "limit_value": limit.get("value", ""), "limit_unit": limit.get("unit", ""),
        "limit_anchor": limit.get("anchor", ""), "limit_min": span.get("min", ""), "limit_max": span.get("max", ""),
    }  # fmt: skip


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """FACTS of a loaded form."""
    documents = {side: listed(values.get(f"documents_{side}")) for side in ("in", "out")}
    facts: dict[str, Any] = {name: listed(values.get(name)) for name in ("participants", "applies_to")}
    facts |= {name: listed(values.get(name)) for name in ("indicators", "links")}
    facts |= {name: values.get(name, "") for name in ("view", "responsible", "basis")}
    statute = values.get("statute") or None
    return facts | {
        "critical": bool(values.get("critical")), "statute": statute,
        "statute_confidence": (values.get("statute_confidence") or None) if statute else None,
        "time_limit": _limit(values), "documents": documents if any(documents.values()) else {},
        "field_policy": {name: values.get(f"policy_{name}") or DEFAULT_POLICY[name] for name in POLICIES},
    }  # fmt: skip


def listed(value: Iterable[str] | None) -> list[str]:
    """Each once, in the order given."""
    return list(dict.fromkeys(value or ()))


def _limit(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """The time limit; None where nothing of it is filled in. A half one is kept, for `problems` to tell."""
    value, unit, anchor = (values.get(f"limit_{name}") for name in ("value", "unit", "anchor"))
    low, high = values.get("limit_min"), values.get("limit_max")
    if value is None and not anchor and low is None and high is None:
        return None
    span = None if low is None and high is None else {"min": low, "max": high}
    return {"value": value, "unit": unit, "anchor": anchor, "range": span}


def problems(step: Thing, whole: Whole) -> Iterator[Problem]:
    """What is wrong with a whole step among the parts of its release, by field of the form."""
    values = values_of(step)
    for name in TEXTS:
        needed = name != "pulse" or step["critical"]
        yield from text_problems(name, values, required=bool(needed))
    if step["view"] not in VIEWS:
        yield "view", _("Choose one of the options.")
    for name, source in SOURCES.items():
        used = values[name] if isinstance(values[name], list) else [values[name]]
        if set(filter(None, used)) - known(source, whole):
            yield name, _("Choose one of the options.")
    yield from (
        (name, _("Choose one of the options.")) for name in ("responsible", "basis", "phase") if not values[name]
    )
    if not step["applies_to"]:
        yield "applies_to", _("Choose at least one form of agreement.")
    if step["responsible"] in step["participants"]:
        yield "participants", _("The responsible role takes part anyway. Leave it out here.")
    if step["statute"] and step["statute_confidence"] not in CONFIDENCES:
        yield "statute_confidence", _("Say how certain the reference is.")
    for name, modes in POLICIES.items():
        if step["field_policy"].get(name, "open") not in modes:
            yield f"policy_{name}", _("Choose one of the options.")
    yield from limit_problems(step.get("time_limit"), step["field_policy"].get("time_limit", "open"))


def limit_problems(limit: Thing | None, mode: str) -> Iterator[Problem]:
    """A time limit is whole, its range runs from the smaller to the greater, and the limit lies in it."""
    if limit is None:
        if mode == "param":
            yield "policy_time_limit", _("A range needs a time limit. Fill in the limit, or lock it.")
        return
    value = limit["value"]
    if value is None:
        yield "limit_value", _("Give a number.")
    elif not 0 <= value <= MAX_LIMIT:
        yield "limit_value", _("Give a number from 0 to %(most)s.", most=MAX_LIMIT)
    if limit["unit"] not in UNITS:
        yield "limit_unit", _("Choose one of the options.")
    if not limit["anchor"]:
        yield "limit_anchor", _("Choose what the time is counted from.")
    yield from _range_problems(value, limit["range"] or {}, mode)


def _range_problems(value: int | None, span: Thing, mode: str) -> Iterator[Problem]:
    low, high = span.get("min"), span.get("max")
    if mode == "param" and low is None and high is None:
        yield "limit_min", _("Give the range inside which a provider may set its own limit.")
        return
    for name, end in (("limit_min", low), ("limit_max", high)):
        if span and end is None:
            yield name, _("Give both ends of the range.")
        elif end is not None and not 0 <= end <= MAX_LIMIT:
            yield name, _("Give a number from 0 to %(most)s.", most=MAX_LIMIT)
    if low is None or high is None:
        return
    if low > high:
        yield "limit_max", _("The range is the wrong way round: the greatest is smaller than the smallest.")
    elif value is not None and not low <= value <= high:
        yield "limit_value", _("The limit is outside its range %(low)s–%(high)s.", low=low, high=high)


def in_order(places: Iterable[tuple[str, str]], phases: Sequence[str]) -> list[str]:
    """Keys of steps in the order of their phases; inside a phase as they come. places: (key, phase)."""
    rank = {phase: number for number, phase in enumerate(phases)}
    return [key for key, phase in sorted(places, key=lambda place: rank.get(place[1], len(rank)))]


def placed(places: Sequence[tuple[str, str]], key: str, phase: str, after: str) -> list[tuple[str, str]]:
    """The places with one step put into a phase: `after` a step of it, "first", or "" as the last.

    Raises KeyError for a step that is not in the phase.
    """
    others = [place for place in places if place[0] != key]
    inside = [place[0] for place in others if place[1] == phase]
    if after and after != "first" and after not in inside:
        raise KeyError(after)
    if after == "first":
        spot = next((n for n, place in enumerate(others) if place[1] == phase), len(others))
    else:
        before = after or (inside[-1] if inside else "")
        spot = next((n + 1 for n, place in enumerate(others) if place[0] == before), len(others))
    return [*others[:spot], (key, phase), *others[spot:]]


def shifted(places: Sequence[tuple[str, str]], key: str, by: int, phases: Sequence[str]) -> list[tuple[str, str]]:
    """The places with one step moved by -1 or 1: past its neighbour, at the edge of a phase into the next phase,
    at an end of the process not at all."""
    phase = dict(places)[key]
    inside = [place[0] for place in places if place[1] == phase]
    to = inside.index(key) + by
    if 0 <= to < len(inside):
        after = inside[to] if by > 0 else (inside[to - 1] if to else "first")
        return placed(places, key, phase, after)
    beside = phases.index(phase) + by
    if not 0 <= beside < len(phases):
        return list(places)
    return placed(places, key, phases[beside], "" if by < 0 else "first")
