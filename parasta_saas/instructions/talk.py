"""Comments as a page shows them: a proposal with its words told apart, who said it, what came of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..core import wording
from ..core.access import Actor
from ..core.forms import Form
from ..core.i18n import N_, OWN_NAMES, _
from ..reference.models import Step
from ..tenants import queries as tenants
from . import policies
from .models import HandbookComment, Instruction
from .queries import conversation as queries
from .schemas_conversation import AskColleague

TALK = "conversation/step.html"
OUTCOMES = {
    "accepted": N_("Taken into the text"),
    "partly": N_("Partly taken into the text"),
    "rejected": N_("The text stays as it is"),
    "noted": N_("Noted"),
}
SIDES = {
    "staff": N_("colleague"),
    "learner": N_("student or guardian"),
    "workplace": N_("workplace"),
    "public": N_("reader of the public page"),
}


@dataclass(frozen=True)
class Card:
    """One comment; `segments` of a proposal: what goes, what comes, what stays."""

    comment: HandbookComment
    segments: list[tuple[str, str]]


def card(comment: HandbookComment) -> Card:
    """A comment with the words of its proposal told apart."""
    proposed = comment.proposed
    kinds = {"added": "own", "gone": "gone", "same": "same"}
    diff = wording.diff(proposed["was"], proposed["text"]) if proposed else []
    return Card(comment, [(kinds[s.kind], s.words.strip()) for s in diff if s.words.strip()])


def by_step(cards: Iterable[Card], names: Mapping[str, Step]) -> list[tuple[str, list[Card]]]:
    """Grouped by step in the order of the process; the handbook as a whole and steps that are gone stand last."""
    groups: dict[str, list[Card]] = {}
    for each in cards:
        groups.setdefault(each.comment.step_key, []).append(each)
    last = len(names) + 1
    return sorted(groups.items(), key=lambda pair: names[pair[0]].order if pair[0] in names else last)


def at_step(actor: Actor, step: Step, instruction: Instruction | None) -> dict[str, Any]:
    """What the conversation on a step shows. Two statements."""
    comments = [card(comment) for comment in queries.comments_at(actor, step.key)]
    staff = policies.is_staff(actor)
    people = tenants.members_of(actor, *queries.STAFF) if staff else []
    return {
        "key": step.key, "step_name": step.name, "cards": comments, "open_ones": sum(c.comment.open for c in comments),
        "staff": staff, "colleagues": [(m.id, m.name) for m in people if m.id != actor.membership_id],
        "form": Form.blank(AskColleague), "opened": "", "OUTCOMES": OUTCOMES, "SIDES": SIDES,
        "proposable": _proposable(actor, step, instruction) if staff else [],
    }  # fmt: skip


def standing(step: Step, instruction: Instruction | None, field: str, language: str) -> str:
    """The text that is in force in one field and language: the provider's own, else the national guidance."""
    own = (instruction.overlay().get(field) or {}).get(language, "") if instruction else ""
    return own or (step.guidance.get(language, "") if field == "guidance" else "")


def _proposable(actor: Actor, step: Step, instruction: Instruction | None) -> list[dict[str, str]]:
    """Every text that words may be proposed for, in the working languages."""
    labels = {"guidance": _("Guidance"), "note": _("How we do it")}
    return [
        {"field": field, "language": code, "label": f"{label}, {OWN_NAMES[code]}",
         "text": standing(step, instruction, field, code)}
        for field, label in labels.items()
        for code in actor.languages
    ]  # fmt: skip
