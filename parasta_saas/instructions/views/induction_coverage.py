"""How far inductions have come, by unit and role: names for editors, numbers for the others."""

from typing import Any
from uuid import UUID

from flask import Response, g

from ...core import formats
from ...core.access import require
from ...core.i18n import _, pick
from ...core.pages import page
from ...tenants import queries as tenants
from ...tenants import queries_units as units
from ...tenants.models import OrganisationUnit
from .. import policies
from ..learning_course import course_of
from ..learning_cover import Standing, groups
from ..learning_roles import STAFF, own_roles
from ..models import Induction, InductionStep
from ..queries import learning as queries
from ..queries import manual as manuals
from ..queries.manual import Entry, Manual
from .induction import bp
from .learning import csv_of, named_roles, placed

COVERAGE = "learning/induction_coverage.html"


@bp.get("/coverage")
def coverage() -> str:
    """How far inductions have come by unit and role: names for editors, numbers for the others."""
    return page(COVERAGE, **_coverage())


@bp.get("/coverage.csv")
def export() -> Response:
    """The same by name, for editors."""
    require(policies.can_ask_reading(g.actor))
    shown = _coverage()
    header = [_("Campus or field"), _("Role"), _("Name"), _("Induction"), _("Steps"), _("Date")]
    rows = [
        [shown["unit_name"](group), shown["role_named"](group.role), member.name, shown["states"][standing.state],
         standing.detail, formats.date(standing.at) if standing.at else ""]
        for group in shown["groups"] for member, standing in group.people
    ]  # fmt: skip
    return csv_of("induction", header, rows)


def _coverage() -> dict[str, Any]:
    manual, people, places = manuals.manual_of(g.actor), units.people_at(g.actor), units.units_of(g.actor)
    inductions = queries.all_inductions(g.actor)
    marks, names = queries.marks_of(g.actor, inductions), named_roles(manual)
    begun = {(induction.member_id, induction.role): induction for induction in inductions}
    held = manuals.contents_of(g.actor, manual.release) if places else None
    standing = _Standings(begun, marks, {unit.id: unit for unit in places}, manual, held)
    members = tenants.members_of(g.actor, *STAFF)
    here = [(unit, {member.id for member in people.get(unit.id, ())}) for unit in places]
    found = groups(
        members, here, standing,
        lambda m: [*own_roles(m.roles), *(i.role for i in inductions if i.member_id == m.id and i.role not in m.roles)],
    )  # fmt: skip
    g.release_number = manual.release.number
    return {
        "groups": found, "placed": placed(found), "names": policies.can_ask_reading(g.actor),
        "any_units": bool(places), "role_named": lambda role: (names.get(role) or role).capitalize(),
        "unit_name": lambda group: pick(group.unit.name).text if group.unit else "",
        "states": {"finished": _("Gone through"), "changed": _("Finished, steps have changed since"),
                   "begun": _("In the middle"), "none": _("Not begun")},
        "kinds": {"finished": "ok", "changed": "waits", "begun": "waits", "none": "line"},
    }  # fmt: skip


class _Standings:
    """How far somebody has come in a role; every unit's handbook is put together once."""

    def __init__(
        self, begun: dict[tuple[UUID, str], Induction], marks: dict[UUID, list[InductionStep]],
        places: dict[UUID, OrganisationUnit], manual: Manual, held: dict[str, Any] | None,
    ) -> None:  # fmt: skip
        self.begun, self.marks, self.places, self.held = begun, marks, places, held
        self.national = [entry.national for entry in manual.entries if entry.national]
        self.entries: dict[UUID | None, list[Entry]] = {None: manual.entries}

    def __call__(self, member: Any, role: str) -> Standing:
        induction = self.begun.get((member.id, role))
        if induction is None:
            return Standing("none")
        course = course_of(self._entries(induction.unit_id), role, self.marks.get(induction.id, []), g.actor.languages)
        detail = f"{course.done}/{course.total}"
        if induction.finished_at:
            return Standing("finished" if course.complete else "changed", detail, induction.finished_at)
        return Standing("begun", detail, induction.created_at)

    def _entries(self, unit_id: UUID | None) -> list[Entry]:
        """As the unit reads it; a closed one as the whole provider does."""
        known = unit_id if unit_id in self.places and self.held else None
        if known not in self.entries:
            assert known is not None and self.held is not None
            self.entries[known] = manuals.entries_of(self.national, self.held, self.places[known])
        return self.entries[known]
