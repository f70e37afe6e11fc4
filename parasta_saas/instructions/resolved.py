"""One step as it stands for one provider: the national step with the provider's overlay on it.

The national minimum, the name, the critical mark and every other field come from the national step, always.
An overlay may reword the guidance, add a text of its own, tighten the time limit and name a local role:
    {"guidance": {"fi", "sv", "en"}, "note": {…}, "local_role": {…}, "time_limit_value": int}
It may add lists of its own (ADDED), a deviation with reason, approver and expiry, and set named parameters.
An empty text is no text. What an overlay may not do is refused with a reason, never quietly dropped.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ..core.alignment import changes
from ..core.sentences import comparable, split
from .limits import Range, is_tighter, permitted, permitted_values, within
from .overlay_steps import in_order

LANGUAGES = ("fi", "sv", "en")
TEXTS = ("guidance", "note", "local_role")
# Lists of keyed things that only ever stand beside what is national.
ADDED = ("checklist", "forms", "own_links", "attachments", "own_roles")
DEVIATION = ("reason", "approver", "expires")
_KEPT_APART = ("base", "origins")  # where words came from: not for the page
# The national field whose policy governs an overlay field.
_GOVERNED_BY = {"guidance": "guidance", "time_limit_value": "time_limit"}
_LOOSENING = frozenset({"loosened", "sentence_dropped"})

Step = Mapping[str, Any]
Overlay = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing an overlay may not do.

    code: not_permitted | unknown_language | not_text | not_a_number | not_by_number | loosened | out_of_range
    | sentence_dropped. permitted: for a number, the range allowed (ends included, None is open).
    missing: national sentences left out.
    """

    code: str
    field: str
    permitted: Range | None = None
    missing: tuple[str, ...] = ()


class Refused(ValueError):
    """An overlay does what it may not; `code` is the first reason, `refusals` are all."""

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        self.code = self.refusals[0].code
        super().__init__(", ".join(f"{refusal.field}: {refusal.code}" for refusal in self.refusals))


class Loosened(Refused):
    """The overlay asks less than the national step."""


class NotPermitted(Refused):
    """The overlay touches what is not the provider's to change, or in a form that is not allowed."""


def check_overlay(step: Step, overlay: Overlay) -> list[Refusal]:
    """Everything the overlay may not do to this step; empty if it is in order."""
    refusals: list[Refusal] = []
    for field in sorted(overlay):
        if field in TEXTS:
            refusals += _text_refusals(step, field, overlay[field])
        elif field == "time_limit_value":
            refusals += _limit_refusals(step, overlay[field])
        elif field not in _KEPT_APART:
            refusals += _other_refusals(step, field, overlay[field])
    return refusals


def permitted_limit(step: Step) -> Range | None:
    """The numbers a provider may set as its time limit for this step; None if the national one stands."""
    return None if mode(step, "time_limit_value") == "locked" else permitted_values(step.get("time_limit"))


def resolve(step: Step, overlay: Overlay) -> dict[str, Any]:
    """The step in force for a provider. Raises Loosened or NotPermitted for an overlay that is not in order.

    The result has every national field; `guidance` and `time_limit` hold what is in force, `note` and
    `local_role` the provider's own, and `local` says what is the provider's: the fields, the languages of the
    guidance, and the national limit.
    """
    if not step.get("minimum") and not step.get("own"):  # a step of the provider's own has no national minimum
        raise NotPermitted([Refusal("not_permitted", "minimum")])
    if refusals := check_overlay(step, overlay):
        raise (Loosened if any(r.code in _LOOSENING for r in refusals) else NotPermitted)(refusals)
    texts = {field: _written(overlay.get(field)) for field in TEXTS}
    view = deepcopy(dict(step))
    national = deepcopy(step.get("time_limit"))
    own_limit = overlay.get("time_limit_value")
    if own_limit is not None:
        view["time_limit"] = {**(national or {}), "value": own_limit}
    view["guidance"] = {**(view.get("guidance") or {}), **texts["guidance"]}
    view["note"] = _both(step.get("note"), texts["note"])
    view["local_role"] = {**(step.get("local_role") or {}), **texts["local_role"]}
    added = {name: [*(step.get(name) or ()), *overlay[name]] for name in ADDED if overlay.get(name)}
    view |= deepcopy(added)
    view |= {"deviation": dict(overlay["deviation"])} if overlay.get("deviation") else {}
    if overlay.get("params"):
        view["params"] = {
            name: {**param, "value": overlay["params"].get(name, param.get("value"))}
            for name, param in step["params"].items()
        }
    view["local"] = {
        "fields": sorted([f for f in TEXTS if texts[f]] + ["time_limit"] * (own_limit is not None) + _more(overlay)),
        "guidance": sorted(texts["guidance"]),
        "national_time_limit": national,
    }
    return view


def local_sentences(national_text: str, local_text: str) -> list[tuple[str, bool]]:
    """The local text in pieces, each with whether it is the provider's own. Joined, they are the text."""
    national, local = split(national_text), split(local_text)
    hunks = changes([s.key for s in national.sentences], [s.key for s in local.sentences])
    own = {i for hunk in hunks for i in range(hunk.x0, hunk.x1)}
    pieces = [s.lead + s.text for s in local.sentences]
    if not pieces:
        return [(local_text, False)] if local_text else []
    pieces[0], pieces[-1] = local.head + pieces[0], pieces[-1] + local.tail
    if len(pieces) == 1:
        pieces = [local_text]
    return [(piece, i in own) for i, piece in enumerate(pieces)]


def resolve_release(content: Mapping[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    """A whole release as it stands for a provider: every national step in force, own steps at their places.

    The view has the release's own shape, so that a unit's overlay can be resolved on it in turn. Its canonical JSON
    (core.canonical.fingerprint) is the same on every machine. Raises Loosened or NotPermitted.
    """
    owned, added = overlay.get("steps") or {}, overlay.get("added") or ()
    known = {str(step["key"]): resolve(step, owned.get(step["key"], {})) for step in content["steps"]}
    mine = {str(step["key"]): {**deepcopy(dict(step)), "own": True} for step in added}
    known = mine | known
    steps = [known[key] for key in in_order(content["steps"], added) if key in known]
    beside = overlay.get("phases") or {}
    phases = [
        {**phase, "local": dict(beside[phase["key"]])} if phase["key"] in beside else phase
        for phase in content.get("phases") or ()
    ]
    return {**content, "phases": phases, "steps": steps}


def _both(before: Mapping[str, str] | None, own: Mapping[str, str]) -> dict[str, str]:
    """A unit's note stands after its provider's."""
    notes = dict(before or {})
    for code, text in own.items():
        notes[code] = f"{notes[code]}\n\n{text}" if notes.get(code, "").strip() else text
    return notes


def _more(overlay: Overlay) -> list[str]:
    return [name for name in (*ADDED, "deviation", "params") if overlay.get(name)]


def _other_refusals(step: Step, field: str, value: Any) -> Iterator[Refusal]:
    """Lists, a deviation, parameters; anything else is not the provider's."""
    if field in ADDED:
        if not isinstance(value, list) or not all(isinstance(item, Mapping) and item.get("key") for item in value):
            yield Refusal("not_permitted", field)
    elif field == "deviation":
        if not isinstance(value, Mapping) or not all(value.get(name) for name in DEVIATION):
            yield Refusal("not_permitted", field)
    elif field == "params" and isinstance(value, Mapping):
        known = step.get("params") or {}
        wrong = [name for name in sorted(value) if name not in known or not permitted(known[name], value[name])]
        yield from (Refusal("not_permitted", f"params.{name}") for name in wrong)
    else:
        yield Refusal("not_permitted", field)


def _text_refusals(step: Step, field: str, texts: object) -> Iterator[Refusal]:
    policy = mode(step, field)
    if not isinstance(texts, Mapping | None) or not all(isinstance(text, str) for text in (texts or {}).values()):
        yield Refusal("not_text", field)
        return
    if any(language not in LANGUAGES for language in texts or {}):
        yield Refusal("unknown_language", field)
    written = _written(texts)
    if written and policy == "locked":
        yield Refusal("not_permitted", field)
    elif policy == "floor":
        national = step.get(field) or {}
        missing = [s for language in written for s in dropped(national.get(language, ""), written[language])]
        if missing:
            yield Refusal("sentence_dropped", field, missing=tuple(missing))


def _limit_refusals(step: Step, value: object) -> Iterator[Refusal]:
    limit, field = step.get("time_limit"), "time_limit_value"
    room = permitted_limit(step)
    if value is None:
        return
    if isinstance(value, bool) or not isinstance(value, int):
        yield Refusal("not_a_number", field, room)
    elif limit is None or permitted_values(limit) is None:
        yield Refusal("not_by_number", field)
    elif room is None:
        yield Refusal("not_permitted", field)
    elif value != limit["value"] and not is_tighter(limit, value):
        yield Refusal("loosened", field, room)
    elif not within(room, value):
        yield Refusal("out_of_range", field, room)


def not_permitted(policy: str, national: str, text: str) -> bool:
    """Whether a provider's text can't stand under this policy: other words than locked ones, less than a floor's."""
    if policy == "locked":
        return comparable(text) != comparable(national)
    return policy == "floor" and bool(dropped(national, text))


def mode(step: Step, field: str) -> str:
    """The policy of a field, locked | floor | param | open; open where the step says nothing."""
    policy: Mapping[str, str] = step.get("field_policy") or {}
    return policy.get(field) or policy.get(_GOVERNED_BY.get(field, field)) or "open"


def _written(texts: Mapping[str, str] | None) -> dict[str, str]:
    return {language: text for language, text in (texts or {}).items() if text.strip()}


def dropped(national: str, local: str) -> list[str]:
    """National sentences that the local text no longer has."""
    present = Counter(s.key for s in split(local).sentences)
    missing = []
    for sentence in split(national).sentences:
        if present[sentence.key] > 0:
            present[sentence.key] -= 1
        elif sentence.key != comparable(""):
            missing.append(sentence.text)
    return missing
