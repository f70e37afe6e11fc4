"""Reading the handbook: what changed in my role, saying that it is read, asking colleagues, who has read."""

from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from ...core import formats
from ...core.access import require
from ...core.clock import now, today
from ...core.errors import Invalid, NotFound
from ...core.fields import CommandSchema
from ...core.forms import Form
from ...core.i18n import _, language, pick
from ...core.pages import changed, invalid, page, sent_on
from ...core.workdays import add_working_days
from ...reference.process_map import role_name
from ...tenants import queries as tenants
from ...tenants import queries_units as units
from ...tenants.entry import organisation_blueprint
from .. import learning_csv, policies, version_words
from ..learning_changes import steps_of_role
from ..learning_cover import Group, Standing, groups
from ..learning_roles import STAFF, own_roles, readable_roles
from ..manual_document import roles_of
from ..manual_roles import roles_in
from ..queries import learning as queries
from ..queries import versions as found
from ..queries.learning import LastRead
from ..queries.manual import Manual, manual_of
from ..schemas_learning import AskReading, ChooseHabit, SayRead
from ..services import learning as services

bp = organisation_blueprint("reading", __name__, "/reading")
SHOW, COVERAGE = "learning/reading.html", "learning/coverage.html"
STATES = ("read", "behind", "unread")


@bp.before_request
def staff() -> None:
    """Students and guardians are not asked to read, and see nobody's reading."""
    require(policies.can_follow_changes(g.actor))


@bp.get("")
def show() -> str:
    """What changed in a role of mine since I read it last; `role` names another one that I may read as."""
    roles = readable_roles(g.actor.roles)
    role = request.args.get("role", "") or _first_role()
    if role not in roles:
        raise NotFound()
    news = queries.news_for(g.actor, role, spoken())
    asked = [each for each in queries.asked_of(g.actor) if role in each.roles]
    frame, own = news.manual.release.frame, own_roles(g.actor.roles)
    g.release_number = news.manual.release.number
    return page(
        SHOW, "changes", news=news, role=role, role_name=role_name(frame, role, language()), asked=asked,
        form=Form.blank(CommandSchema), field_name=version_words.field_name,
        count=len(steps_of_role(news.manual.entries, role)),
        notes=[(v, pick(v.note).text) for v in news.between if pick(v.note).text],
        tabs=[_tab(frame, one, one == role) for one in roles if one in own],
        beside=[_tab(frame, one, one == role) for one in roles if one not in own],
    )  # fmt: skip


@bp.post("")
def acknowledge() -> Response:
    """I have read this version in this role."""
    form = Form(SayRead)
    if not form.valid:
        raise NotFound()
    services.acknowledge(g.actor, **form.data)
    to = url_for(".show", role=form.data["role"])
    return sent_on(to, _("Thank you. Noted that you have read version %(number)s.", number=form.data["number"]))


@bp.get("/coverage")
def coverage() -> str:
    """Who has read, by unit and role: names for editors, numbers for the others."""
    return page(COVERAGE, "coverage", **_coverage())


@bp.get("/coverage.csv")
def export() -> Response:
    """The same by name as a table for a spreadsheet; for editors."""
    require(policies.can_ask_reading(g.actor))
    shown = _coverage()
    header = [_("Campus or field"), _("Role"), _("Name"), _("Reading"), _("Version"), _("Date")]
    rows = [
        [shown["unit_name"](group), shown["role_named"](group.role), member.name, shown["states"][standing.state],
         standing.detail, formats.date(standing.at) if standing.at else ""]
        for group in shown["groups"] for member, standing in group.people
    ]  # fmt: skip
    return csv_of("reading", header, rows)


@bp.post("/requests")
def ask() -> Response:
    """Ask roles to read the version in force."""
    require(policies.can_ask_reading(g.actor))
    form = Form(AskReading)
    try:
        if form.valid:
            services.ask_reading(g.actor, **form.data)
            return _done(_("They are asked by mail, and a note stands on their map."))
    except Invalid as problem:
        form.refuse(problem)
    return invalid(COVERAGE, "coverage", **_coverage() | {"form": form})


@bp.post("/habit")
def choose_habit() -> Response:
    """Ask each time by itself, or not."""
    require(policies.can_ask_reading(g.actor))
    form = Form(ChooseHabit)
    if not form.valid:
        return invalid(COVERAGE, "coverage", **_coverage() | {"habit_form": form})
    services.choose_habit(g.actor, roles=form.data["always"], days=form.data["days"])
    return _done(_("Saved. From now on new versions are asked to be read by themselves.") if form.data["always"]
                 else _("Saved. Nobody is asked by itself."))  # fmt: skip


@bp.post("/requests/<uuid:request_id>/withdrawal")
def withdraw(request_id: UUID) -> Response:
    """Ask nobody any more."""
    require(policies.can_ask_reading(g.actor))
    services.withdraw_request(g.actor, queries.request_for(g.actor, request_id))
    return _done(_("Withdrawn. Nobody is asked or reminded any more. Who has read is kept."))


@bp.post("/requests/<uuid:request_id>/renewal")
def renew(request_id: UUID) -> Response:
    """Take a withdrawal back."""
    require(policies.can_ask_reading(g.actor))
    services.renew_request(g.actor, queries.request_for(g.actor, request_id))
    return _done(_("They are asked again."))


def spoken() -> tuple[str, ...]:
    """In which languages changes are shown: the reader's own, where the provider works in it; else all of its."""
    return (language(),) if language() in g.actor.languages else g.actor.languages


def csv_of(name: str, header: list[str], rows: list[list[str]]) -> Response:
    """A table to download."""
    answer = Response(learning_csv.table(header, rows), mimetype="text/csv")
    file = f"{g.actor.organisation_slug}-{name}-{today().isoformat()}.csv"
    answer.headers.add("Content-Disposition", "attachment", filename=file)
    return answer


def placed(groups_: list[Group]) -> list[tuple[Any, list[Group]]]:
    """Groups under their units, in order."""
    found: list[tuple[Any, list[Group]]] = []
    for group in groups_:
        if not found or found[-1][0] is not group.unit:
            found.append((group.unit, []))
        found[-1][1].append(group)
    return found


def named_roles(manual: Manual) -> dict[str, str]:
    """What every role is called, national and local."""
    frame = manual.release.frame
    named = {role["key"]: pick(role["name"]).text for role in frame["roles"]}
    return named | dict(roles_in((roles_of(entry) for entry in manual.entries), frame, language()))


def _coverage() -> dict[str, Any]:
    manual = manual_of(g.actor)
    members, places = tenants.members_of(g.actor, *STAFF), units.units_of(g.actor)
    people, readings = units.people_at(g.actor), queries.all_readings(g.actor)
    changed_in, names = found.changed_since(g.actor, 0), named_roles(manual)
    needed = {
        role: max((changed_in.get(e.key, 0) for e in steps_of_role(manual.entries, role)), default=0) for role in STAFF
    }
    here = [(unit, {member.id for member in people.get(unit.id, ())}) for unit in places]
    found_groups = groups(members, here, lambda m, role: _standing(readings.get((m.id, role)), needed[role]))
    habit = queries.habit_of(g.actor)
    g.release_number = manual.release.number
    return {
        "groups": found_groups, "placed": placed(found_groups), "number": manual.number, "habit": habit,
        "requests": queries.requests_of(g.actor), "form": Form.blank(AskReading),
        "habit_form": Form.blank(ChooseHabit), "habit_on": bool(habit and habit.roles),
        "names": policies.can_ask_reading(g.actor), "any_units": bool(places),
        "role_named": lambda role: (names.get(role) or role).capitalize(),
        "unit_name": lambda group: pick(group.unit.name).text if group.unit else "",
        "states": {"read": _("Up to date"), "behind": _("Not read since the change"), "unread": _("Not read yet")},
        "kinds": {"read": "ok", "behind": "waits", "unread": "line"},
        "roles": [(role, (names.get(role) or role).capitalize()) for role in STAFF if _anybody(members, role)],
        "first_due": add_working_days(now(), 10).date(), "progress": _progress(members, readings),
    }  # fmt: skip


def _progress(members: list[Any], readings: dict[tuple[UUID, str], LastRead]) -> Any:
    """(read, asked) of a request, counted in people and roles."""

    def of(request_: Any) -> tuple[int, int]:
        asked = [(m.id, role) for m in members for role in request_.roles if role in m.roles]
        return sum(key in readings and readings[key].number >= request_.number for key in asked), len(asked)

    return of


def _standing(read: LastRead | None, needed: int) -> Standing:
    """Up to date: nothing in the role's steps has changed since the version that was read."""
    if read is None:
        return Standing("unread")
    return Standing("read" if read.number >= needed else "behind", str(read.number), read.at)


def _anybody(members: list[Any], role: str) -> bool:
    return any(role in member.roles for member in members)


def _tab(frame: Any, role: str, current: bool) -> dict[str, Any]:
    return {
        "label": role_name(frame, role, language()).capitalize(), "current": current,
        "url": url_for(".show", role=role),
    }  # fmt: skip


def _first_role() -> str:
    return next(iter(own_roles(g.actor.roles)), "")


def _done(message: str) -> Response:
    to = url_for(".coverage")
    return changed(COVERAGE, "coverage", to=to, message=message, **_coverage())
