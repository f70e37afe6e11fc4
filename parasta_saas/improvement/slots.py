"""What the change work puts on lower pages: on the map my actions and a workshop, beside a step who answers for it."""

from typing import Any
from uuid import UUID

from flask import request

from ..core.access import Actor
from ..core.clock import today
from ..core.slots import fills
from ..instructions.models import Instruction
from ..reference.models import Step
from . import policies, raci, wording_duties
from .queries import plan as queries
from .queries import responsibility as duties


@fills("instructions.band")
def band(actor: Actor, _waiting: Any, _book: Any) -> tuple[str, dict[str, Any]] | None:
    """Among the next things on the map: what of the plan is mine to do."""
    if not policies.can_read_plan(actor):
        return None
    mine, late, going = queries.mine_and_going(actor, today())
    if not mine and going is None:
        return None
    return "improvement/_band.html", {"mine": mine, "late": late, "workshop_id": going}


@fills("instructions.beside")
def duties_at_step(actor: Actor, step: Step, _instruction: Instruction | None) -> tuple[str, dict[str, Any]] | None:
    """Beside a step: who has which duty, once something has been set for it. One statement."""
    if not policies.can_read_duties(actor):
        return None
    unit_id = _unit()
    found = duties.at_step(actor, step, unit_id)
    if not found:
        return None
    roles = raci.StepRoles(step.key, step.phase_key, step.responsible, step.participants)
    cells = raci.table([roles], [row for row, _name, _roles in found], unit=unit_id, on=today())[0].cells
    names = {str(row.member_id): name for row, name, _roles in found if row.member_id}

    def who(holder: raci.Holder) -> str:
        return wording_duties.holder_name(holder, {"roles": found[0][2]}, names, actor.languages[0])

    return "improvement/_duties.html", {
        "key": step.key, "unit_id": unit_id, "cells": [
            (wording_duties.duty_name(duty), ", ".join(map(who, cell.holders)))
            for duty, cell in cells.items() if cell.holders and cell.source != "national"
        ],
    }  # fmt: skip


def _unit() -> UUID | None:
    """The unit at which the step is looked at; the page itself has let it through."""
    asked = request.args.get("unit")
    return UUID(asked) if asked else None
