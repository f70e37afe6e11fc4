"""What handbooks put on lower pages: a waiting update on the map and a step, reports in the national studio."""

from typing import Any

from ..core.access import Actor
from ..core.fields import CommandSchema
from ..core.forms import Form
from ..core.i18n import pick
from ..core.slots import fills
from ..reference import policies as reference_policies
from ..reference import queries as reference
from ..reference.models import Release, Step
from ..tenants import queries as tenants
from . import desk, impact_report, policies, slots_learning, talk  # noqa: F401  its slots
from .models import Instruction, NationalUpdate
from .queries import Book, Waiting, adoption, conversation, drafts, reading, reports, rounds
from .schemas_conversation import AskColleague


@fills("instructions.band")
def band(actor: Actor, waiting: list[Waiting], _book: Book) -> tuple[str, dict[str, Any]] | None:
    """The one next thing on the map: the update, with its questions and minutes."""
    if not waiting or not policies.can_decide_update(actor):
        return None
    first = [w for w in waiting if w.update_id == waiting[0].update_id]
    asked = sum(w.open for w in first)
    fits = sum(w.kind not in ("conflict", "meets") for w in first)
    return "updates/_band.html", {
        "update_id": first[0].update_id, "number": first[0].number, "steps": len(first), "asked": asked, "fits": fits,
        "minutes": desk.minutes(asked),
    }  # fmt: skip


@fills("instructions.step")
def step_note(actor: Actor, step_key: str, waits: Waiting | None) -> tuple[str, dict[str, Any]] | None:
    """Under the guidance: the update changes this step."""
    if waits is None or not policies.can_decide_update(actor):
        return None
    return "updates/_note.html", {"waits": waits}


@fills("instructions.draft")
def draft_at_step(actor: Actor, step: Step) -> tuple[str, dict[str, Any]] | None:
    """On a step: a draft waits there, for those who write or approve."""
    if not policies.can_see_rounds(actor):
        return None
    draft = drafts.draft_at(actor, step.key)
    if draft is None:
        return None
    taken = rounds.open_items(actor).get(step.key)
    return "versions/_at_step.html", {"draft": draft, "round": taken[1] if taken else None}


@fills("instructions.talk")
def talk_at_step(actor: Actor, step: Step, instruction: Instruction | None) -> tuple[str, dict[str, Any]] | None:
    """At the foot of a step: what is said about it."""
    return ("conversation/_talk.html", talk.at_step(actor, step, instruction)) if actor.signed_in else None


@fills("instructions.beside")
def shared_at_step(actor: Actor, step: Step, instruction: Instruction | None) -> tuple[str, dict[str, Any]] | None:
    """Beside a step: how others do it."""
    if not policies.can_share_words(actor):
        return None
    shared = conversation.templates_at(actor, step.key)
    return "conversation/_sharing.html", {
        "others": [one for one in shared if one.tenant_id != actor.organisation_id],
        "own": any(one.tenant_id == actor.organisation_id for one in shared), "names": {step.key: step},
        "said": lambda texts: pick(texts, actor.language),
    }  # fmt: skip


@fills("updates.step")
def questions_on_update(actor: Actor, update: NationalUpdate, step: Step) -> tuple[str, dict[str, Any]] | None:
    """On the update desk: questions to colleagues about this step."""
    if not update.pending:
        return None
    asked = [one for one in conversation.questions_on(actor, update.id) if one.step_key == step.key]
    people = tenants.members_of(actor, *conversation.STAFF)
    return "conversation/_on_update.html", {
        "cards": [talk.card(one) for one in asked], "update": update, "step": step, "OUTCOMES": talk.OUTCOMES,
        "SIDES": talk.SIDES, "form": Form.blank(AskColleague),
        "colleagues": [(m.id, m.name) for m in people if m.id != actor.membership_id],
    }  # fmt: skip


@fills("portal.workplace")
def partner_handbooks(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """On a workplace's first page: what happens and when, of each provider that it works with."""
    providers = reading.partners_of(actor)
    return ("manual/_partners.html", {"providers": providers, "reader": actor.language}) if providers else None


@fills("portal.student")
def own_plain_words(actor: Actor) -> tuple[str, dict[str, Any]] | None:
    """On a student's or a guardian's first page: the same of their own provider."""
    return "manual/_partners.html", {"providers": [], "reader": actor.language}


@fills("studio.places")
def impact_place(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """Beside a draft: the way to its impact report."""
    return ("impact/_place.html", {"release": release}) if actor.is_national() else None


@fills("studio.way")
def impact_panel(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """On a draft's way: whether its impact is known, and the button that asks for it."""
    if not actor.is_national() or release.released:
        return None
    sha, last = reference.content_print(release), adoption.last_weighed(release.id)
    rows = reports.impacts_of(actor, release.id, sha)
    return "impact/_panel.html", {
        "release": release, "done": len(rows), "providers": reports.providers_there_are(actor),
        "report": impact_report.report(rows), "stale": last is not None and last[0] != sha,
        "may_ask": reference_policies.can_draft_release(actor), "form": Form.blank(CommandSchema),
    }  # fmt: skip


@fills("site.release")
def adoption_totals(actor: Actor, release: Release) -> tuple[str, dict[str, Any]] | None:
    """On the public page of a release: how many follow it, nobody by name."""
    total = adoption.total_for(release.id)
    return ("adoption/_totals.html", {"total": total}) if total else None
