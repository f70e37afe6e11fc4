"""Who may do what: every policy is asked for every role, and docs/roles.md holds the answers.

Generate the page anew with `python -m tests.house.test_roles`. A policy that needs a thing is asked twice: about
a thing as near to the person as it can be (their own student, a table at which they sit) and about a colleague's.
"""

import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from parasta_saas.core.access import Actor
from parasta_saas.core.ids import uuid7
from parasta_saas.rooms import ROOMS
from parasta_saas.tenants.roles import ROLE_NAMES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "roles.md"
TENANT, WORKPLACE, NATIONAL, ME, OTHER, THING = (uuid7() for _ in range(6))
HOME = {"provider": TENANT, "workplace": WORKPLACE, "national": NATIONAL}
KIND_OF = {
    **dict.fromkeys(("owner", "signatory", "instructor", "contact", "viewer"), "workplace"),
    **dict.fromkeys(("national_editor", "national_admin"), "national"),
}
LINKS = ("invitation", "notice", "pulse", "session", "sign")  # kinds of mailed links
NOBODY = {
    "system": "the service itself", "guest": "whoever holds the mailed link",
    "enquirer": "anyone, on the provider's public contact page", "anonymous": "anyone",
}  # fmt: skip
NAMES = {**ROLE_NAMES, **NOBODY}
EMAIL = "me@example"


def actors(role: str) -> Iterator[Actor]:
    """The actor, or the actors, that a role may be."""
    if role == "anonymous":
        yield Actor.anonymous()
        return
    kinds = tuple(HOME) if role in ("system", "guest") else (KIND_OF.get(role, "provider"),)
    for kind in kinds:
        base = dict(kind=kind, organisation_id=HOME[kind], roles=frozenset({role}), email=EMAIL)
        if role == "guest":
            for link in LINKS:
                yield Actor(**base, link=SimpleNamespace(kind=link, subject_id=THING))
        else:
            yield Actor(**base, membership_id=ME if role not in NOBODY else None)


def placement(role: str, mine: Any) -> SimpleNamespace:
    return SimpleNamespace(
        id=THING, tenant_id=TENANT, workplace_id=WORKPLACE, teacher_id=mine if role == "teacher" else OTHER,
        student_id=mine if role == "student" else OTHER, instructor_email=EMAIL if mine is ME else "other@example",
    )  # fmt: skip


def session(role: str, mine: Any) -> SimpleNamespace:
    """A planning session, with the person at the table or with somebody else."""
    parts = {"teacher": "teacher", "student": "student", "instructor": "instructor", "owner": "instructor"}
    at_table = [participant(role, mine)] if role in parts else []
    return SimpleNamespace(
        id=THING if mine is ME else OTHER, tenant_id=TENANT, workplace_id=WORKPLACE, participants=at_table,
        placement=placement(role, mine),
    )  # fmt: skip


def participant(role: str, mine: Any) -> SimpleNamespace:
    part = role if role in ("teacher", "student") else "instructor"
    return SimpleNamespace(part=part, person_id=mine, email=EMAIL if mine is ME else "other@example")


def agreement(role: str, mine: Any) -> SimpleNamespace:
    """An apprenticeship, because there the student signs, too."""
    return SimpleNamespace(
        id=THING if mine is ME else OTHER, tenant_id=TENANT, workplace_id=WORKPLACE, form="apprenticeship",
        sides=("workplace", "provider", "student"), placement=placement(role, mine),
    )  # fmt: skip


STAND_INS: dict[str, Callable[[str, Any], Any]] = {
    "partnership": lambda role, mine: SimpleNamespace(tenant_id=TENANT),
    "enquiry": lambda role, mine: SimpleNamespace(tenant_id=TENANT),
    "student": lambda role, mine: SimpleNamespace(tenant_id=TENANT, teacher_id=mine if role == "teacher" else OTHER),
    "teacher_id": lambda role, mine: mine,
    "placement": placement,
    "session": session,
    "participant": participant,
    "agreement": agreement,
    "pulse": agreement,  # the same ids hang on it
    "works_there": lambda role, mine: mine is ME,
    "comment": lambda role, mine: SimpleNamespace(asked_id=mine),
    "notice": lambda role, mine: SimpleNamespace(id=THING if mine is ME else OTHER, member_id=mine),
}


def policies() -> dict[str, dict[str, Callable[..., bool]]]:
    """Room → its policies, as `rooms.register` finds them."""
    found: dict[str, dict[str, Callable[..., bool]]] = {}
    for room in ROOMS:
        name = f"parasta_saas.{room}.policies"
        if room != "demo" and find_spec(name):
            functions = inspect.getmembers(import_module(name), inspect.isfunction)
            found[room] = {n: f for n, f in functions if n.startswith("can_") and f.__module__ == name}
    return found


def needed(policy: Callable[..., bool]) -> list[str]:
    """The things a policy must be given beside the actor."""
    return [
        n for n, p in list(inspect.signature(policy).parameters.items())[1:] if p.default is inspect.Parameter.empty
    ]


def callable_here(policy: Callable[..., bool]) -> bool:
    return all(name in STAND_INS for name in needed(policy))


def answer(policy: Callable[..., bool], role: str, mine: Any) -> bool:
    things = [STAND_INS[name](role, mine) for name in needed(policy)]
    return any(policy(actor, *things) for actor in actors(role))


def who(policy: Callable[..., bool]) -> tuple[list[str], list[str]]:
    """Roles that may with everything of their organisation, and roles that may with their own only."""
    near = [role for role in NAMES if answer(policy, role, ME)]
    far = [role for role in near if not needed(policy) or answer(policy, role, OTHER)]
    return far, [role for role in near if role not in far]


def row(name: str, policy: Callable[..., bool]) -> str:
    words = (inspect.getdoc(policy) or "").replace("\n", " ").replace("|", "/")
    verb = name.removeprefix("can_").replace("_", " ")
    if not callable_here(policy):
        return f"| {verb} | (asked of the thing itself) | | {words} |"
    all_of_them, own = ((", ".join(NAMES[role] for role in part)) for part in who(policy))
    return f"| {verb} | {all_of_them} | {own} | {words} |"


HEAD = """\
# Who may do what

*Made by `python -m tests.house.test_roles` from the policies of every room; do not edit. The test
`test_the_page_of_roles_is_up_to_date` fails when this page is older than the policies.*

A policy is asked after the person has been let to the thing: somebody else's organisation, somebody else's student
and what is not there are all the same 404, decided by `queries` and by row-level security
([security](security.md)). So "all" means: all of this organisation that the person can see. "Own" means: the teacher's
own student, a table at which the person sits, the thing that the mailed link names. A person may hold several roles;
then any of them is enough. Somebody else's refusal is a 403, written to the log.

"""


def rendered() -> str:
    parts = [HEAD]
    for room, found in policies().items():
        rows = "\n".join(row(name, policy) for name, policy in found.items())
        parts.append(f"## {room}\n\n| may | all | own only | in words |\n|---|---|---|---|\n{rows}\n\n")
    asked = {f"{room}.{n}": who(p) for room, fs in policies().items() for n, p in fs.items() if callable_here(p)}
    parts.append("## By role\n\n| role | key | may |\n|---|---|---|\n")
    for role, name in NAMES.items():
        may = [
            n.split(".can_")[1].replace("_", " ") + ("" if role in everything else " (own)")
            for n, (everything, own) in asked.items()
            if role in everything or role in own
        ]
        parts.append(f"| {name} | `{role}` | {', '.join(may) or 'reads only'} |\n")
    return "".join(parts)


def test_the_page_of_roles_is_up_to_date():
    assert PAGE.read_text() == rendered(), "run `python -m tests.house.test_roles`"


@pytest.mark.parametrize(("role", "may"), [("anonymous", []), ("viewer", []), ("contact", ["can_answer_pulse"])])
def test_who_looks_on_changes_nothing_or_what_is_named_here(role, may):
    looking = ("can_list_", "can_read_", "can_see_", "can_open_")
    asked = [(n, p) for fs in policies().values() for n, p in fs.items() if callable_here(p)]
    assert [n for n, p in asked if not n.startswith(looking) and role in who(p)[0]] == may


def test_no_policy_lets_another_kind_of_organisation_decide_about_instructions():
    asked = [p for n, p in policies()["instructions"].items() if n not in ("can_read_handbook", "can_see_adoption")]
    outside = [role for role in NAMES if role in KIND_OF]
    assert [(p.__name__, role) for p in asked for role in outside if answer(p, role, ME)] == []


if __name__ == "__main__":
    PAGE.write_text(rendered())
