"""Releases of the national body for tests of updates: written and fixed without the way through reviews."""

import re
from collections.abc import Callable
from datetime import timedelta

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.instructions import queries as handbooks
from parasta_saas.instructions.leftovers import Piece
from parasta_saas.instructions.services import offering
from parasta_saas.reference import queries, services
from parasta_saas.reference.models import Release
from parasta_saas.reference.services import parts, steps
from parasta_saas.reference.services import release as releases

REASON = "Kuvattu toisin."


def publish(number: str, change: Callable[["Draft"], None], *, days: int = 90) -> None:
    """Nelli drafts `number` on the release in force, `change` writes it, Tapio fixes it: offered to all."""
    with acting_as("nelli") as nelli:
        release = services.draft_release(nelli, number=number)
        change(Draft(nelli, release))
    with acting_as("tapio") as tapio:
        draft = next(r for r in queries.releases_of(tapio) if r.number == number)
        until = clock.today() + timedelta(days=days)
        releases._fix(tapio, draft, transition_until=until, in_force_from=None)


def withdraw(number: str) -> None:
    """Tapio takes the release in force back."""
    with acting_as("tapio") as tapio:
        reason = {"fi": "Virhe.", "sv": "Fel."}
        services.withdraw_release(tapio, queries.current_release(), number=number, reason=reason)


class Draft:
    """What a test changes in a draft."""

    def __init__(self, nelli, release: Release) -> None:
        self.nelli, self.release = nelli, release

    def step(self, key: str):
        return queries.step_for(self.nelli, self.release.id, key)

    def remove(self, key: str, kind: str = "remove", to: tuple[str, ...] = ()) -> None:
        steps.remove_step(self.nelli, self.step(key), kind=kind, to=to, reason=REASON)

    def copy(self, key: str, new: str, **texts) -> None:
        """A step like another one, with a key of its own."""
        old = self.step(key)
        made = {"name": old.name, "minimum": old.minimum, "guidance": old.guidance} | texts
        steps.add_step(
            self.nelli, self.release, phase=old.phase_key, view=old.view, responsible=old.responsible,
            basis=old.basis, after=key, key=new, **made,
        )  # fmt: skip

    def rename(self, key: str, new: str) -> None:
        self.copy(key, new)
        self.remove(key, "rename", (new,))

    def declare(self, kind: str, old: str, *new: str) -> None:
        parts.declare(self.nelli, self.release, kind=kind, old=[old], new=list(new), reason=REASON)

    def rewrite(self, key: str, old: str, new: str, field: str = "guidance") -> None:
        """Another sentence in the Finnish text."""
        text = getattr(self.step(key), field)["fi"]
        assert old in text
        services.change_step(self.nelli, self.step(key), **{field: {"fi": text.replace(old, new)}})


def offered(visitor, at: str = "lumo") -> str:
    """The address of the update that waits."""
    page = visitor.follow(visitor.get(f"/o/{at}/updates"))
    waiting = [row for row in page.text.split("<li") if "Odottaa" in row or "Väntar" in row]
    return re.search(rf"/o/{at}/updates/[0-9a-f-]{{36}}", waiting[0])[0]


def answer_all(visitor, url: str, how: str = "keep") -> int:
    """Answer everything that is asked, in the order of the queue; returns how many forms."""
    for count in range(30):
        page = visitor.get(url)
        found = re.search(r'action="(/o/[^"]*/items/[0-9a-f-]{36}/(answer|meeting))"', page.text)
        if not found:
            return count
        if found[2] == "meeting":
            words = {"way": "beside" if how == "keep" else "shelf"}
        else:
            words = {f"choice_{n}": how for n in range(len(re.findall(r'name="choice_\d+" value="keep"', page.text)))}
        assert visitor.post(found[1], words).status_code == 303
    raise AssertionError("never done")


def take(visitor, url: str, how: str = "keep"):
    """Answer everything and take the update into use; the account of it."""
    answer_all(visitor, url, how)
    response = visitor.post(url + "/use")
    assert response.status_code == 303, response.text
    return visitor.follow(response)


def shelve(at: str = "aino") -> None:
    """One text of the provider's lies on its shelf, as if a step of its own had gone."""
    with acting_as(at) as actor:
        own = next(i for i in handbooks.book_of(actor).instructions.values() if i.is_local)
        offering.lay_on_shelf(
            actor, own, [(Piece("note", "fi", "Hyllyn sanat."), "gone")], reason="update:none",
            origin={"name": {"fi": "Askel"}, "release": "1.0"},
        )  # fmt: skip
