"""A handbook as a reader gets it: one language, narrowed to a phase, a role or a form of agreement. Pure.

The same document is the page, the print and the public view, so that what must always be seen is decided in one
place: every step that is shown has its name, its minimum, who answers for it and its time limit as they are in force.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from ..core.canonical import fingerprint
from ..core.i18n import Picked, pick
from ..reference.process_map import basis_of, form_names, limit_words, name_of, role_name
from .manual_roles import RoleOfStep, concerns, part_of
from .own_steps import Ordinal

Texts = Mapping[str, str]


class EntryOf(Protocol):
    """What is asked of queries.manual.Entry."""

    @property
    def key(self) -> str: ...
    @property
    def phase_key(self) -> str: ...
    @property
    def national(self) -> Any: ...
    @property
    def content(self) -> Mapping[str, Any]: ...
    @property
    def overlay(self) -> Mapping[str, Any]: ...
    @property
    def stacked(self) -> Any: ...
    @property
    def own(self) -> bool: ...
    @property
    def view(self) -> dict[str, Any]: ...


class Asked(NamedTuple):
    """What part of the handbook is read; empty means all.

    role: a key of the frame, or `own:` and a local name. audience: workplace or student, what these see and take part
    in.
    """

    phase: str = ""
    role: str = ""
    form: str = ""
    audience: str = ""


WHOLE = Asked()


class Reader(NamedTuple):
    """In which language, at a provider that works in which; `outside`: not of the provider's own people."""

    language: str
    working: Sequence[str]
    outside: bool = False
    tidy: Callable[[str], str] = str  # what an outsider may not read taken out of the provider's words


@dataclass(frozen=True, slots=True)
class StepPart:
    """One step as it is read. Texts in Markdown are `notes`, `guidance` and `national_guidance`."""

    key: str
    label: str
    mark: str  # own (a step of the provider's), ours, adapted or national
    critical: bool
    view: str
    name: Picked
    minimum: Picked
    basis: str
    statute: str
    value: Picked
    notes: list[tuple[str, Picked]]  # whose: provider or unit
    guidance: Picked
    national_guidance: str
    limit: str
    national_limit: str  # only where the one in force is the provider's stricter one
    responsible: str
    participants: list[str]
    local_role: Picked
    forms: list[str]
    form_keys: list[str]
    inputs: Picked
    outputs: Picked
    part: str  # responsible or participant, of the role that was asked for
    checklist: list[Picked] = field(default_factory=list)
    links: list[tuple[Picked, str]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    own_roles: list[tuple[Picked, Picked]] = field(default_factory=list)
    params: list[tuple[str, str]] = field(default_factory=list)
    deviation: Mapping[str, str] | None = None

    @property
    def adapted(self) -> bool:
        return self.guidance.text != self.national_guidance

    @property
    def has_own(self) -> bool:
        """Whether there is something to show under *How we do it*."""
        extras = (self.checklist, self.links, self.attachments, self.own_roles, self.params)
        return bool(self.notes or self.national_limit or self.local_role.text or self.deviation or any(extras))


@dataclass(frozen=True, slots=True)
class PhasePart:
    """One phase with those of its steps that were asked for."""

    key: str
    order: int
    name: Picked
    steps: list[StepPart]


def document(
    phases: Iterable[Any], entries: Sequence[EntryOf], frame: Mapping[str, Any], reader: Reader, asked: Asked = WHOLE
) -> list[PhasePart]:  # fmt: skip
    """The phases that have steps to show, in order."""
    labels, parts = labels_of(entries), []
    for phase in sorted(phases, key=lambda phase: phase.order):
        if asked.phase not in ("", phase.key):
            continue
        mine = [entry for entry in entries if entry.phase_key == phase.key and takes(entry, asked)]
        steps = [_step(entry, labels[entry.key], frame, reader, asked) for entry in mine]
        if steps:
            parts.append(PhasePart(phase.key, phase.order, _said(phase.name, reader), steps))
    return parts


def takes(entry: EntryOf, asked: Asked) -> bool:
    """Whether a step is inside what was asked for."""
    if asked.form and asked.form not in (entry.content.get("applies_to") or ()):
        return False
    seen = str(entry.content.get("view") or "")
    if asked.audience and not (concerns(roles_of(entry), seen, asked.audience) or (entry.own and seen == "service")):
        return False
    return not asked.role or bool(part_of(roles_of(entry), asked.role))


def labels_of(entries: Iterable[EntryOf]) -> dict[str, str]:
    """12 for a national step; 12a, 12b … for the provider's own ones behind it."""
    labels, last, behind = dict[str, str](), 0, 0
    for entry in entries:
        if entry.own:
            behind += 1
            labels[entry.key] = str(Ordinal(last, behind))
        else:
            last, behind = int(entry.content["order"]), 0
            labels[entry.key] = str(last)
    return labels


def mark_of(entry: EntryOf) -> str:
    """own | ours | adapted | national: adapted where only the guidance is the provider's."""
    if entry.own:
        return "own"
    fields = {*entry.overlay, *entry.stacked.overlay}
    return "national" if not fields else "adapted" if fields == {"guidance"} else "ours"


def export_of(
    *, provider: Mapping[str, Any], number: int, release: Any, phases: Iterable[Any], entries: Iterable[EntryOf],
    unit: Mapping[str, Any] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The whole handbook in force as plain data: every field of every step, national and own. `seal_of` hashes it."""
    return {
        "schema": "parasta.handbook/1",
        "provider": dict(provider),
        "handbook": number,
        "unit": dict(unit) if unit else None,
        "release": {"number": release.number, "sha256": release.sha256},
        "frame": release.frame,
        "phases": [phase.content() for phase in phases],
        "steps": [entry.view for entry in entries],
    }


def seal_of(export: Mapping[str, Any]) -> str:
    """SHA-256 (FIPS 180-4) of the canonical JSON of an export, 64 hexadecimal digits."""
    return fingerprint(export)


def roles_of(entry: EntryOf) -> RoleOfStep:
    view = entry.view
    return RoleOfStep(
        responsible=str(view.get("responsible") or ""), participants=list(view.get("participants") or ()),
        local=view.get("local_role") or {}, added=[role.get("name") or {} for role in view.get("own_roles") or ()],
    )  # fmt: skip


def _said(texts: Texts | None, reader: Reader) -> Picked:
    return pick(texts, reader.language, main=reader.working[0])


def _ours(texts: Texts | None, reader: Reader) -> Picked:
    """The provider's own words; who reads in a language it doesn't work in gets its first one."""
    found = _said(texts, reader)
    return found._replace(text=reader.tidy(found.text))


def _step(
    entry: EntryOf, label: str, frame: Mapping[str, Any], reader: Reader, asked: Asked
) -> StepPart:  # fmt: skip
    view, content, language = entry.view, entry.content, reader.language
    guidance, national = _guidance(entry, reader)
    name = _ours(content["name"], reader) if entry.own else _said(content["name"], reader)
    keys = list(content.get("applies_to") or ())
    return StepPart(
        key=entry.key, label=label, mark=mark_of(entry), critical=bool(content.get("critical")),
        view=str(content.get("view") or "operating"), name=name, minimum=_said(content.get("minimum"), reader),
        basis=basis_of(frame, content["basis"], language).label if content.get("basis") else "",
        statute=str(content.get("statute") or ""), value=_said(content.get("value"), reader),
        notes=_notes(entry, reader), guidance=guidance, national_guidance=national,
        limit=limit_words(view.get("time_limit"), frame, language),
        national_limit=_national_limit(entry, frame, language),
        responsible=role_name(frame, content["responsible"], language) if content.get("responsible") else "",
        participants=[role_name(frame, key, language) for key in content.get("participants") or ()],
        local_role=_ours(view.get("local_role"), reader), forms=form_names(frame, keys, language), form_keys=keys,
        inputs=_said(content.get("inputs"), reader), outputs=_said(content.get("outputs"), reader),
        part=part_of(roles_of(entry), asked.role) if asked.role else "", **_extras(view, frame, reader),
    )  # fmt: skip


def _guidance(entry: EntryOf, reader: Reader) -> tuple[Picked, str]:
    """What is in force, and the national text it stands on, in the same language."""
    language = reader.language if reader.language in reader.working else reader.working[0]
    national = pick(entry.content.get("guidance"), language, main=reader.working[0])
    own = {**(entry.overlay.get("guidance") or {}), **(entry.stacked.overlay.get("guidance") or {})}.get(language, "")
    if not own.strip():
        return national._replace(fell_back=national.language != reader.language), national.text
    return Picked(reader.tidy(own), language, language != reader.language), national.text


def _notes(entry: EntryOf, reader: Reader) -> list[tuple[str, Picked]]:
    layers = (("provider", entry.overlay), ("unit", entry.stacked.overlay))
    found = [(whose, _ours(overlay.get("note"), reader)) for whose, overlay in layers]
    return [(whose, note) for whose, note in found if note.text]


def _national_limit(entry: EntryOf, frame: Mapping[str, Any], language: str) -> str:
    national = entry.content.get("time_limit")
    return limit_words(national, frame, language) if national and national != entry.view.get("time_limit") else ""


def _extras(view: Mapping[str, Any], frame: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    def said(item: Mapping[str, Any], name: str) -> Picked:
        return _ours(item.get(name), reader)

    links = [*(view.get("forms") or ()), *(view.get("own_links") or ())]
    inside = {} if reader.outside else {
        "attachments": [
            {"title": said(item, "title"), "name": item.get("name") or "", "size": item.get("size"),
             "file_id": item.get("file_id")} for item in view.get("attachments") or ()
        ],
        "deviation": view.get("deviation"),
    }  # fmt: skip
    return {
        "checklist": [said(item, "text") for item in view.get("checklist") or ()],
        "links": [(said(item, "title"), _address(item.get("url"))) for item in links],
        "own_roles": [(said(item, "name"), said(item, "duty")) for item in view.get("own_roles") or ()],
        "params": [_param(name, param, frame, reader) for name, param in sorted((view.get("params") or {}).items())],
        **inside,
    }


def _address(url: Any) -> str:
    """An address that may be followed; "" for any other, whose title alone is shown."""
    text = str(url or "")
    return text if text.startswith(("https://", "http://", "mailto:", "tel:")) else ""


def _param(name: str, param: Any, frame: Mapping[str, Any], reader: Reader) -> tuple[str, str]:
    """(what it is called, its value); a national parameter may bear a label of its own."""
    if not isinstance(param, Mapping):
        return name, str(param)
    label = pick(param.get("label"), reader.language).text or name_of(frame.get("params") or (), name, reader.language)
    return label, str(param.get("value", ""))
