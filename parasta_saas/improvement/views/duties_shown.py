"""Who answers for what as pages show it: rows in words, findings with a way to mend each, choices of holders."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g, request, url_for

from ...core import formats
from ...core.clock import today
from ...core.errors import Invalid, NotFound
from ...core.fields import by_language
from ...core.i18n import _, pick
from ...instructions.manual_document import labels_of
from ...reference.process_map import options
from ...tenants import queries as tenants
from ...tenants.models import OrganisationUnit
from .. import policies, raci, wording_duties
from ..models import Responsibility
from ..queries import responsibility as queries
from ..services.duties import Duty


@dataclass(frozen=True)
class CellShown:
    """One duty of one step in words."""

    duty: str
    name: str
    holders: list[str]
    source: str  # in words
    inherited: bool


@dataclass(frozen=True)
class OwnShown:
    """One entry of the layer that is looked at; `now` whether its days are running."""

    id: UUID
    duty: str
    who: str
    days: str
    now: bool


@dataclass(frozen=True)
class RowShown:
    """One step."""

    key: str
    label: str
    name: str
    critical: bool
    cells: list[CellShown]
    amiss: list[str]
    own: list[OwnShown]


@dataclass(frozen=True)
class FindingShown:
    """What is amiss, where, and the page on which it is mended."""

    kind: str
    where: str
    words: str
    url: str


class Shown:
    """A board with the words for it."""

    def __init__(self, board: queries.Board) -> None:
        self.board, self.frame = board, board.manual.release.frame
        self.labels = labels_of(board.manual.entries)
        self.duties = raci.table(board.steps, board.entries, unit=board.unit_id, on=today())
        self.findings = raci.findings(self.duties, board.people)
        self.counts = raci.counts(self.duties, self.findings)

    def name_of(self, key: str) -> str:
        return pick(self.board.manual.entry(key).content["name"], main=g.actor.languages[0]).text

    def phase(self, key: str) -> Any:
        """One phase; NotFound where the release has none of that key."""
        found = next((phase for phase in self.board.manual.phases if phase.key == key), None)
        if found is None:
            raise NotFound()
        return found

    def who(self, holder: raci.Holder) -> str:
        return wording_duties.holder_name(holder, self.frame, self.board.names, g.actor.languages[0])

    def rows(self, phase_key: str) -> list[RowShown]:
        return [self._row(each) for each in self.duties if each.step.phase_key == phase_key]

    def row(self, key: str) -> RowShown:
        """One step; NotFound where the handbook has none here."""
        found = next((each for each in self.duties if each.step.key == key), None)
        if found is None:
            raise NotFound()
        return self._row(found)

    def amiss(self) -> list[FindingShown]:
        """Every finding with the way to mend it, the worst first."""
        return [self._amiss(finding) for finding in self.findings]

    def _row(self, each: raci.StepDuties) -> RowShown:
        key, entry = each.step.key, self.board.manual.entry(each.step.key)
        cells = [self._cell(duty, cell) for duty, cell in each.cells.items()]
        amiss = [self._words(f) for f in self.findings if key in f.steps and f.kind != "vacant"]
        own = [self._own(row) for row in self.board.own_at(key)]
        return RowShown(
            key, self.labels[key], self.name_of(key), bool(entry.content.get("critical")), cells, amiss, own
        )  # fmt: skip

    def _cell(self, duty: str, cell: raci.Cell) -> CellShown:
        source = _(wording_duties.SOURCES[cell.source]) if cell.source else ""
        inherited = cell.inherited(self.board.unit is not None)
        return CellShown(duty, wording_duties.duty_name(duty), [self.who(h) for h in cell.holders], source, inherited)

    def _own(self, row: Responsibility) -> OwnShown:
        return OwnShown(
            row.id, wording_duties.duty_name(row.duty), self.who(row.held), days_of(row), raci.in_force(row, today())
        )

    def _words(self, finding: raci.Finding) -> str:
        who = self.who(finding.holder) if finding.holder else ""
        return wording_duties.finding_words(finding, who, wording_duties.duty_name(finding.duty or "answers"))

    def _amiss(self, finding: raci.Finding) -> FindingShown:
        if finding.kind == "vacant":
            unit = self.board.unit
            url = url_for("units.show", unit_id=unit.id) if unit else step_url(finding.steps[0], None)
            return FindingShown(finding.kind, "", self._words(finding), url)
        key = finding.steps[0]
        where = f"{self.labels[key]} {self.name_of(key)}"
        return FindingShown(finding.kind, where, self._words(finding), step_url(key, self.board.unit))


def shown() -> Shown:
    """The board at the unit of the address."""
    return Shown(queries.board_of(g.actor, asked("unit", strict=True)))


def asked(name: str, *, strict: bool = False) -> UUID | None:
    """An id of the address; where it is none, NotFound if `strict`, else as if it were not there."""
    try:
        return UUID(request.args[name]) if request.args.get(name) else None
    except ValueError:
        if strict:
            raise NotFound() from None
        return None


def step_url(key: str, unit: OrganisationUnit | None, **more: Any) -> str:
    return url_for("responsibilities.step", key=key, unit=unit.id if unit else None, **more)


def days_of(row: Responsibility) -> str:
    """1.7.2027–31.7.2027, with one day alone an open end; empty without days."""
    if row.starts_on:
        return formats.date_range(row.starts_on, row.ends_on)
    return f"–{formats.date(row.ends_on)}" if row.ends_on else ""


def holders(view: Shown) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of choices: people, roles of the model, roles of our own."""
    people = [(f"member:{m.id}", m.name) for m in tenants.members_of(g.actor, *policies.STAFF)]
    roles = [(f"role:{key}", name[:1].upper() + name[1:]) for key, name in options(view.frame["roles"])]
    own = [(key, view.who(holder)) for key, holder in sorted(_own_roles(view).items())]
    return [(_("Roles"), roles), (_("People"), people), (_("Roles of our own"), own)]


def duty_typed(view: Shown, data: dict[str, Any]) -> Duty:
    """What was typed as the service takes it. Invalid for a role that is none; NotFound for anybody else's person."""
    holder, member_id = _holder(view, data)
    return Duty(data["duty"], holder, data["starts_on"], data["ends_on"], member_id)


def _own_roles(view: Shown) -> dict[str, raci.Holder]:
    used = [entry.held for entry in view.board.entries]
    used += [holder for each in view.duties for cell in each.cells.values() for holder in cell.holders]
    return {holder.key: holder for holder in used if holder.kind == "own"}


def _holder(view: Shown, data: dict[str, Any]) -> tuple[raci.Holder, UUID | None]:
    kind, _sign, value = data["holder"].partition(":")
    if data["holder"] == "own":
        texts = by_language(data, "own")
        if not texts:
            raise Invalid({f"own_{g.actor.languages[0]}": [_("Write the name of the role.")]})
        return raci.own_role(texts), None
    if kind == "own" and (known := _own_roles(view).get(data["holder"])):
        return known, None
    if kind == "role" and any(role["key"] == value for role in view.frame["roles"]):
        return raci.Holder(data["holder"]), None
    if kind == "member":
        return _member(value)
    if data["holder"] == raci.NOBODY:
        return raci.Holder(raci.NOBODY), None
    raise Invalid({"holder": [_("Choose who.")]})


def _member(value: str) -> tuple[raci.Holder, UUID]:
    try:
        member = tenants.member_for(g.actor, UUID(value), *policies.STAFF)
    except ValueError:
        raise Invalid({"holder": [_("Choose who.")]}) from None
    return raci.Holder(f"member:{member.id}"), member.id
