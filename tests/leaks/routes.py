"""Every route with what stands in its address, and bodies made from every schema there is."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from marshmallow import fields as ma

from parasta_saas.core import fields as ours
from parasta_saas.core.fields import CommandSchema
from tests.leaks.canary import moved

# What an id in an address points to. A route with an id that is not here fails the build.
TABLES = {
    "placement_id": "placement",
    "session_id": "planning_session",
    "goal_id": "session_goal",
    "participant_id": "session_participant",
    "partnership_id": "partnership",
    "contact_id": "workplace_contact",
    "enquiry_id": "enquiry",
    "update_id": "national_update",
    "agreement_id": "agreement",
    "pulse_id": "pulse",
    "entry_id": "timeline_entry",
    "release_id": "reference_release",
    "round_id": "reference_round",
    "comment_id": "reference_comment",
    "guide_id": "local_guide",
    "shelved_id": "shelved_text",
    "unit_id": "organisation_unit",
    "file_id": "stored_file",
    "import_id": "handbook_import",
    "piece_id": "imported_piece",
    "kept_id": "kept_text",
    "review_id": "handbook_round",
    "template_id": "shared_template",
    "request_id": "reading_request",
    "induction_id": "induction",
    "question_id": "induction_question",
    "mirror_id": "mirror",
    "workshop_id": "mirror_workshop",
    "action_id": "plan_action",
    "success_id": "plan_success",
    "responsibility_id": "responsibility",
    "change_id": "responsibility_change",
}
BY_ENDPOINT = {
    ("planning", "item_id"): "agenda_item",
    ("planning_guest", "item_id"): "agenda_item",
    ("updates", "item_id"): "update_item",
    ("comments", "comment_id"): "handbook_comment",
}
# What a Ref in a schema points to.
REFS = {
    "placement": "placement",
    "student": "student",
    "partnership": "partnership",
    "workplace": "partnership",  # chosen among partnerships
    "contact": "workplace_contact",
    "enquiry": "enquiry",
    "member": "membership",
    "membership": "membership",
    "session": "planning_session",
    "agreement": "agreement",
    "goal": "session_goal",
    "comment": "reference_comment",
    "shelved": "shelved_text",
    "unit": "organisation_unit",
    "piece": "imported_piece",
    "kept": "kept_text",
}
# Not ids of anybody's things.
PLAIN = {"key": "contact-response", "number": "1", "provider": "lumo", "code": "AAAA-BBBB-CCCC-DDDD", "name": "x",
         "kind": "documents", "phase": "partnership"}  # fmt: skip
PLAIN_BY_BLUEPRINT = {
    ("modelling", "key"): "co-planning",
    ("meetings", "key"): "matching",
    ("elements", "key"): "enquiry",
}
OPEN = {"static", "demo", "core"}


class NoFixture(AssertionError):
    """A route or a schema field that this test does not know."""


@dataclass(frozen=True)
class Address:
    """One concrete address: `foreign` says which of its ids belong to the other world."""

    endpoint: str
    method: str
    path: str
    foreign: tuple[str, ...]


def addresses(app, own: dict[str, str], slug: str) -> Iterator[Address]:
    """Every route × method × choice of own and foreign ids, for one organisation of the visitor."""
    for rule in app.url_map.iter_rules():
        blueprint = rule.endpoint.split(".")[0]
        if blueprint in OPEN:
            continue
        ids = [a for a in sorted(rule.arguments) if a not in PLAIN and a not in ("organisation", "token")]
        unknown = [a for a in ids if (blueprint, a) not in BY_ENDPOINT and a not in TABLES]
        if unknown:
            raise NoFixture(f"{rule}: say in tests/leaks/routes.py what {unknown} points to")
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
            for choice in product((False, True), repeat=len(ids)):
                foreign = tuple(name for name, theirs in zip(ids, choice, strict=True) if theirs)
                path = _filled(str(rule), blueprint, own, slug, foreign)
                yield Address(rule.endpoint, method, path, foreign)


def _filled(rule: str, blueprint: str, own: dict[str, str], slug: str, foreign: tuple[str, ...]) -> str:
    def fill(match: re.Match) -> str:
        name = match[1].split(":")[-1]
        if name == "organisation":
            return slug
        if name == "token":
            return "x" * 43
        if name in PLAIN:
            return PLAIN_BY_BLUEPRINT.get((blueprint, name)) or PLAIN[name]
        mine = own[BY_ENDPOINT.get((blueprint, name)) or TABLES[name]]
        return str(moved(mine)) if name in foreign else str(mine)

    return re.sub(r"<([^>]+)>", fill, rule)


def foreign_body(own: dict[str, str]) -> dict[str, object]:
    """One body for all commands: a fitting value for every field, and a foreign id for every Ref, also in lists."""
    body: dict[str, object] = {"version": "1"}
    for schema in sorted(_all(CommandSchema), key=lambda s: s.__name__):
        for name, field in schema().fields.items():
            body[name] = _fitting(name, field, own)
    return body


def foreign_query(own: dict[str, str]) -> str:
    """Every id that a page might read from its query, foreign."""
    names = {"enquiry": "enquiry", "placement": "placement", "student": "student", "workplace": "partnership",
             "partnership": "partnership", "session": "planning_session", "contact": "workplace_contact"}  # fmt: skip
    return "&".join(f"{name}={moved(own[table])}" for name, table in names.items())


def _all(schema: type) -> Iterator[type]:
    for child in schema.__subclasses__():
        yield child
        yield from _all(child)


def _fitting(name: str, field: ma.Field, own: dict[str, str]) -> object:
    if isinstance(field, ma.List):
        return [_fitting(name, field.inner, own)]
    if isinstance(field, ours.Ref):
        if field.kind not in REFS:
            raise NoFixture(f"{name}: say in tests/leaks/routes.py what Ref({field.kind!r}) points to")
        return str(moved(own[REFS[field.kind]]))
    if isinstance(field, ours.Choice):
        return field.choices[0]
    if isinstance(field, ours.Email):
        return "joku@muualla.example"
    if isinstance(field, ours.Day):
        return (dt.date.today() + dt.timedelta(days=40)).isoformat()
    if isinstance(field, ours.Moment):
        return (dt.datetime.now() + dt.timedelta(days=9)).strftime("%Y-%m-%dT14:30")
    if isinstance(field, ours.Number):
        return "3"
    return "Koe"
