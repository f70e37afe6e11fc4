"""Diagrams of a draft: kept as a modeller drew them, drawn from the steps again, brought in from a file."""

from collections.abc import Iterable, Mapping

from ...core.access import Actor, require
from ...core.db import db
from ...core.errors import Conflict, Invalid
from ...core.events import emit
from ...core.i18n import _
from .. import bpmn, elements, modelling, policies, queries, stepform
from ..events import DiagramChanged
from ..models import Diagram, Release
from . import parts, steps

Texts = Mapping[str, str]


def keep_drawing(actor: Actor, diagram: Diagram, *, data: bytes, version: int | None = None) -> bpmn.Report:
    """Keep a modeller's BPMN for a diagram; Invalid with the reason where it can't be read.

    What it says about steps is not taken over by itself: take_over does that, for what a person has confirmed.
    """
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, diagram.release_id)
    release.require_open()
    if version not in (None, diagram.version):
        raise Conflict(_("Somebody changed this diagram while you were drawing. Download yours, then open it again."))
    try:
        reading = bpmn.read(data)
    except bpmn.Refused as refusal:
        raise Invalid({"file": [refusal.reason]}) from refusal
    diagram.keep(bpmn.write(reading.document).decode(), diagram.aliases)
    release.written_by(actor.membership_id)
    emit(actor, DiagramChanged(release_id=release.id, diagram_key=diagram.key))
    return reading.report


def add_diagram(actor: Actor, release: Release, *, name: Texts, data: bytes) -> tuple[Diagram, bpmn.Report]:
    """Bring a BPMN file in as a diagram of its own."""
    require(policies.can_draft_release(actor))
    release.require_open()
    known = queries.diagrams_of(release.id)
    key = elements.suggested_key(name, {d.key for d in known} | set(release.used_keys) | {"actors", "process"})
    diagram = Diagram(
        release_id=release.id, key=key, order=max((d.order for d in known), default=0) + 1, name=dict(name),
        phase_key=None, aliases={},
    )  # fmt: skip
    db.session.add(diagram)
    db.session.flush()  # its version is looked at below
    return diagram, keep_drawing(actor, diagram, data=data)


def draw_from_steps(actor: Actor, diagram: Diagram) -> None:
    """Let a kept drawing go: the diagram follows the steps again. Its file was downloadable until now."""
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, diagram.release_id)
    release.require_open()
    if diagram.phase_key is None:
        raise Conflict(_("This diagram belongs to no phase, so it can't be drawn from steps."))
    diagram.let_go()
    release.written_by(actor.membership_id)
    emit(actor, DiagramChanged(release_id=release.id, diagram_key=diagram.key))


def take_over(
    actor: Actor,
    diagram: Diagram,
    *,
    tokens: Iterable[str],
    meant: Mapping[str, str],
    names: Mapping[str, Texts],
    language: str = "fi",
) -> int:
    """Take what a person has confirmed from a drawing into the steps; returns how many things.

    tokens: Proposal.token of each. meant: BPMN id → step key, "" for a new step, for what the drawing left unsure.
    names: token → {fi, sv} of what is new. A line whose end is not taken over waits in the drawing.
    """
    require(policies.can_draft_release(actor))
    release = queries.draft_with(actor, diagram.release_id)
    release.require_open()
    content = queries.content_of(release)
    document = bpmn.read((diagram.xml or "").encode()).document
    known = {step["key"] for step in content["steps"]}
    aliases = {**diagram.aliases, **{node: key for node, key in meant.items() if key in known}}
    done = len(aliases) - len(diagram.aliases)
    found = modelling.proposals(document, content, diagram.phase_key, aliases, language)
    wanted = [p for p in found if p.token in set(tokens) or (p.kind == "unsure" and meant.get(p.node) == "")]
    _require_names(wanted, names)
    phase = diagram.phase_key or content["phases"][0]["key"]
    for proposal in wanted:
        if proposal.kind in ("new_step", "unsure"):
            role = proposal.values["role"] or content["frame"]["roles"][0]["key"]
            aliases[proposal.node] = _new_step(actor, release, names[proposal.token], phase, role)
        else:
            _CHANGES[proposal.kind](actor, release, proposal, language)
        done += 1
    for proposal in wanted:
        if proposal.kind == "new_handover":
            done -= not _hand_over(actor, release, proposal, aliases, names.get(proposal.token, {}))
    diagram.aliases = aliases
    return done


def _new_step(actor: Actor, release: Release, name: Texts, phase: str, role: str) -> str:
    return steps.add_step(
        actor, release, name=name, phase=phase, view="service", basis="proposal", responsible=role
    ).key


def _require_names(wanted: Iterable[modelling.Proposal], names: Mapping[str, Texts]) -> None:
    nameless = [
        p.values.get("name") or p.node
        for p in wanted
        if p.needs_name and not all(names.get(p.token, {}).get(code, "").strip() for code in ("fi", "sv"))
    ]
    if nameless:
        raise Invalid(
            {"_schema": [_("Write the name in Finnish and in Swedish: %(names)s.", names=", ".join(nameless))]}
        )


def _rename(actor: Actor, release: Release, proposal: modelling.Proposal, language: str) -> None:
    steps.change_step(actor, queries.step_of(release.id, proposal.key), name={language: proposal.values["name"]})


def _give(actor: Actor, release: Release, proposal: modelling.Proposal, language: str) -> None:
    step = queries.step_of(release.id, proposal.key)
    facts = {name: getattr(step, name) for name in stepform.FACTS} | {"responsible": proposal.values["role"]}
    steps.rewrite_step(actor, step, texts={}, facts=facts)


def _end(actor: Actor, release: Release, proposal: modelling.Proposal, language: str) -> None:
    parts.remove_part(actor, release, "handovers", proposal.key)


def _later(actor: Actor, release: Release, proposal: modelling.Proposal, language: str) -> None:
    """A new line is laid when the steps at its ends are there."""


_CHANGES = {"rename": _rename, "role": _give, "gone_handover": _end, "new_handover": _later}


def _hand_over(
    actor: Actor, release: Release, proposal: modelling.Proposal, aliases: Mapping[str, str], name: Texts
) -> bool:
    """A line of the drawing becomes a hand-over; False where one of its ends is no step."""
    ends = [aliases.get(end.removeprefix("new:"), "") if end.startswith("new:") else end
            for end in (proposal.values["from"], proposal.values["to"])]  # fmt: skip
    if not all(ends):
        return False
    values = {"giver": ends[0], "taker": f"step:{ends[1]}", "kind": proposal.values["kind"], "document": None,
              **{f"name_{code}": text for code, text in name.items()}}  # fmt: skip
    parts.add_part(actor, release, "handovers", values=values)
    return True
