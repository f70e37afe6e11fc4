"""Who does what in a handbook: the national roles and the provider's own names for them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..core.i18n import pick

Texts = Mapping[str, str]
OWN = "own:"
# Whose view the plain words are: the roles of the frame that stand for them.
AUDIENCES = {
    "workplace": frozenset(
        {"employer_rep", "workplace_instructor_responsible", "workplace_instructor", "workplace_assessor"}
    ),
    "student": frozenset({"student", "guardian"}),
}  # fmt: skip


class RoleOfStep(NamedTuple):
    """Who a step names: national keys, the provider's name for the one who does it, own roles beside."""

    responsible: str
    participants: Sequence[str]
    local: Texts
    added: Sequence[Texts]


def own_key(texts: Texts) -> str:
    """The key of a local role: `own:` and its name in its first language, in small letters; "" without words."""
    name = next((texts[code] for code in ("fi", "sv", "en") if (texts.get(code) or "").strip()), "")
    return OWN + " ".join(name.casefold().split()) if name else ""


def part_of(step: RoleOfStep, role: str) -> str:
    """responsible, participant or "" for a role: a key of the frame, or of `own_key`."""
    if role.startswith(OWN):
        if own_key(step.local) == role:
            return "responsible"
        return "participant" if role in map(own_key, step.added) else ""
    if role == step.responsible:
        return "responsible"
    return "participant" if role in step.participants else ""


def roles_in(steps: Iterable[RoleOfStep], frame: Mapping[str, Any], language: str) -> list[tuple[str, str]]:
    """(key, name) of every role that has something to do, the national ones in their order, then the local ones."""
    used, local = set[str](), dict[str, str]()
    for step in steps:
        used |= {step.responsible, *step.participants}
        for texts in (step.local, *step.added):
            if key := own_key(texts):
                local.setdefault(key, pick(texts, language).text)
    national = [(role["key"], pick(role["name"], language).text) for role in frame["roles"] if role["key"] in used]
    return national + sorted(local.items(), key=lambda item: item[1].casefold())


def concerns(step: RoleOfStep, view: str, audience: str) -> bool:
    """Whether a step is part of the plain view of the workplace or of the student: what they see and take part in."""
    mine = AUDIENCES[audience]
    return view == "service" and (step.responsible in mine or not mine.isdisjoint(step.participants))
