"""The mirror alone: its rounds, one step after the other, the gap list."""

from typing import Any
from uuid import UUID

from flask import g, url_for

from ...core.access import require
from ...core.clock import now
from ...core.errors import Invalid
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, ngettext
from ...core.pages import changed, invalid, page, sent_on
from ...tenants import queries as tenants
from ...tenants.entry import organisation_blueprint
from .. import gaps, policies, schemas, wording
from ..queries import mirror as queries
from ..queries import plan as plans
from ..services import mirror as services

bp = organisation_blueprint("mirrors", __name__, "/mirrors")
INDEX, SHOW = "improvement/mirrors.html", "improvement/mirror.html"
STEP, GAPS = "improvement/mirror_step.html", "improvement/gaps.html"


@bp.get("/")
def index():
    require(policies.can_read_mirror(g.actor))
    mirrors = queries.mirrors_of(g.actor)
    return page(INDEX, mirrors=mirrors, open=any(m.open for m in mirrors), form=Form.blank(CommandSchema))


@bp.post("/")
def begin():
    mirror = services.begin_mirror(g.actor)
    return sent_on(url_for(".show", mirror_id=mirror.id))


@bp.get("/<uuid:mirror_id>")
def show(mirror_id: UUID):
    mirror = queries.mirror_for(g.actor, mirror_id)
    around = queries.round_of(g.actor, mirror)
    by_phase = [(p, [s for s in around.steps if s.phase_key == p.key]) for p in around.phases]
    return page(
        SHOW, mirror=mirror, round=around, by_phase=by_phase, counts=gaps.counts(around.steps, around.said),
        next=around.next_open(), workshop=queries.going_workshop(g.actor, mirror), now=now(),
        outcome_name=wording.outcome_name, form=Form.blank(CommandSchema),
    )  # fmt: skip


@bp.get("/<uuid:mirror_id>/steps/<key>")
def step(mirror_id: UUID, key: str):
    around = queries.round_of(g.actor, queries.mirror_for(g.actor, mirror_id))
    return page(STEP, "step", **_step(around, key))


@bp.post("/<uuid:mirror_id>/steps/<key>")
def answer(mirror_id: UUID, key: str):
    mirror = queries.mirror_for(g.actor, mirror_id, lock=True)
    around = queries.round_of(g.actor, mirror)
    here, form = around.step(key), Form(schemas.AnswerStep)
    require(policies.can_lead_mirror(g.actor))
    try:
        if form.valid:
            services.answer_step(g.actor, mirror, here, **form.data)
            return _gone_on(mirror_id, key)
    except Invalid as problem:
        form.refuse(problem)
    return invalid(STEP, "step", **{**_step(around, key), "form": form})


@bp.post("/<uuid:mirror_id>/finish")
def finish(mirror_id: UUID):
    services.finish_mirror(g.actor, queries.mirror_for(g.actor, mirror_id, lock=True))
    return sent_on(url_for(".gaps_of", mirror_id=mirror_id), _("The mirror is finished. Here is what it shows."))


@bp.post("/<uuid:mirror_id>/reopening")
def reopen(mirror_id: UUID):
    services.reopen_mirror(g.actor, queries.mirror_for(g.actor, mirror_id, lock=True))
    return sent_on(url_for(".show", mirror_id=mirror_id), _("The mirror is open again."))


@bp.get("/<uuid:mirror_id>/gaps")
def gaps_of(mirror_id: UUID):
    return page(GAPS, "gaps", **shown_gaps(mirror_id))


def shown_gaps(mirror_id: UUID) -> dict[str, Any]:
    """The gap list with votes, notes, what became of it since the round before, and actions born from it."""
    mirror = queries.mirror_for(g.actor, mirror_id)
    around, before = queries.round_of(g.actor, mirror), queries.before(g.actor, mirror)
    said = {k: a.said for k, a in queries.answers_of(g.actor, before).items()} if before else {}
    found = gaps.gap_list(around.phases, around.steps, around.said, queries.votes_in(g.actor, mirror), said)
    leads = policies.can_lead_plan(g.actor)
    return {
        "mirror": mirror, "phases": found, "count": sum(len(p.gaps) for p in found), "before": before,
        "counts": gaps.counts(around.steps, around.said), "steps": {s.key: s for s in around.steps},
        "compared": gaps.compare(around.steps, said, around.said), "actions": plans.actions_from(g.actor, mirror.id),
        "people": _people() if leads else [], "form": Form.blank(schemas.ActionFromGap), "form_at": "",
        "outcome_name": wording.outcome_name, "changes": wording.CHANGE_NAMES, "states": wording.STATE_NAMES,
    }  # fmt: skip


def _people() -> list[tuple[UUID, str]]:
    return [(m.id, m.name) for m in tenants.members_of(g.actor, *policies.STAFF)]


def _gone_on(mirror_id: UUID, key: str):
    """To the next step without an answer; to the round where all have one."""
    around = queries.round_of(g.actor, queries.mirror_for(g.actor, mirror_id))
    after = around.next_open(key)
    if after is None:
        return sent_on(url_for(".show", mirror_id=mirror_id), _("Every step has its answer."))
    left = sum(s.key not in around.answers for s in around.steps)
    said = ngettext("Saved. One step is left.", "Saved. %(num)s steps are left.", left)
    to = url_for(".step", mirror_id=mirror_id, key=after.key)
    return changed(STEP, "step", to=to, message=said, **_step(around, after.key))


def _step(around: queries.Round, key: str) -> dict[str, Any]:
    here, own = around.step(key), around.answers.get(key)
    at = around.steps.index(here)
    values = {"outcome": own.outcome, "note": own.note, "news": own.news} if own else {}
    return {
        "mirror": around.mirror, "step": here, "phase": next(p for p in around.phases if p.key == here.phase_key),
        "answer": own, "form": Form.blank(schemas.AnswerStep, **values), "version": own.version if own else 0,
        "outcomes": wording.outcomes(), "outcome_name": wording.outcome_name, "done": len(around.answers),
        "total": len(around.steps), "before": around.steps[at - 1] if at else None,
        "after": around.steps[at + 1] if at + 1 < len(around.steps) else None,
    }  # fmt: skip
