"""The diagrams of a release for readers: as a document, as a picture, as text; and the actor map. Pure.

`content` is a release as plain data (content.release_content), `diagram` one of its diagrams.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..core.i18n import pick
from . import bpmn, diagrams, modelling, pictures
from .layout import Laid
from .process_map import soft_name

Content = Mapping[str, Any]
UrlOf = Callable[[str], str]


def document_of(content: Content, diagram: Content, language: str = "fi") -> bpmn.Document:
    """The diagram as BPMN: as its modeller drew it, with the steps' names of today, or drawn from the steps."""
    if not diagram.get("xml"):
        return diagrams.document(content, diagram["key"], diagram["phase_key"], language)
    document = bpmn.read(str(diagram["xml"]).encode()).document
    names = {
        node: pick(step["name"], language).text for node, step in _steps_of(content, diagram).items() if step["name"]
    }
    return replace(
        document,
        processes=tuple(replace(p, nodes=tuple(_renamed(n, names) for n in p.nodes)) for p in document.processes),
    )


def laid_out(content: Content, diagram: Content, language: str, url_of: UrlOf) -> Laid:
    """The diagram with its places, words in the reader's language, each step leading to its page."""
    if not diagram.get("xml"):
        urls = {step["key"]: url_of(step["key"]) for step in content["steps"]}
        return diagrams.sketch(content, diagram["phase_key"], language, urls=urls).laid()
    document = bpmn.read(str(diagram["xml"]).encode()).document
    steps = {
        node: {"label": soft_name(diagrams.Named(step), language), "number": step["order"],
               "critical": step["critical"], "url": url_of(step["key"]), "rank": step["order"]}
        for node, step in _steps_of(content, diagram).items()
    }  # fmt: skip
    return pictures.picture(document, steps=steps)


def names_of(content: Content, phase_key: str | None) -> list[Mapping[str, str]]:
    """What a map or diagram writes of a phase (None: of all): its steps, roles, actors and hand-overs."""
    inside = [step for step in content["steps"] if phase_key in (None, step["phase"])]
    keys = {step["key"] for step in inside}
    parts = content.get("parts") or {}
    sent = [one for one in parts.get("handovers", ()) if keys & {one["from"], one.get("to")}]
    things = [*inside, *content["frame"]["roles"], *parts.get("actors", ()), *sent]
    return [thing["name"] for thing in things if thing.get("name")]


def actor_map(content: Content, language: str, url_of: UrlOf) -> list[dict[str, Any]]:
    """Groups in their order, each with its actors, their roles, and the steps that each role answers for.

    [{"key", "actors": [{"key", "name", "task", "roles": [{"key", "name", "steps": [{order, name, url, critical}],
    "takes_part": number of steps}]}]}]
    """
    steps, roles = content["steps"], content["frame"]["roles"]
    groups: dict[str, list[dict[str, Any]]] = {"customer": [], "producer": [], "stakeholder": []}
    for actor in (content.get("parts") or {}).get("actors", ()):
        made = [_role(role, steps, language, url_of) for role in roles if role.get("actor") == actor["key"]]
        groups.setdefault(actor["group"], []).append(
            {"key": actor["key"], "name": pick(actor["name"], language).text,
             "task": pick(actor["task"], language).text, "roles": made}
        )  # fmt: skip
    return [{"key": key, "actors": actors} for key, actors in groups.items() if actors]


def _role(role: Content, steps: list[Content], language: str, url_of: UrlOf) -> dict[str, Any]:
    own = [step for step in steps if step["responsible"] == role["key"]]
    return {
        "key": role["key"], "name": pick(role["name"], language).text,
        "takes_part": sum(role["key"] in step["participants"] for step in steps),
        "steps": [
            {"order": s["order"], "name": pick(s["name"], language).text, "url": url_of(s["key"]),
             "critical": s["critical"]}
            for s in own
        ],
    }  # fmt: skip


def _steps_of(content: Content, diagram: Content) -> dict[str, Content]:
    """BPMN id → the step it means."""
    steps = {step["key"]: step for step in content["steps"]}
    known = modelling.aliases_of(content, diagram.get("aliases") or {})
    return {node: steps[key] for node, key in known.items() if key in steps}


def _renamed(node: bpmn.Node, names: Mapping[str, str]) -> bpmn.Node:
    inside = tuple(_renamed(inner, names) for inner in node.nodes)
    return replace(node, name=names.get(node.id, node.name), nodes=inside)
