"""An invitation as it arrives: Kerttu asks a person of a workplace in."""

import re
from dataclasses import dataclass, field

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.tenants import queries, services
from tests.visitor import Visitor, form_key


@dataclass
class Invite:
    """One invitation, the browser that opens it, and what a test needs of the mail."""

    world: object
    browser: Visitor
    email: str = "uusi@kahvila.example"
    workplace: str = "kahvila-kanerva"
    roles: list[str] = field(default_factory=lambda: ["owner", "signatory"])
    language: str = "fi"

    def sent(self) -> "Invite":
        with acting_as("kerttu") as kerttu:
            services.invite_person(
                kerttu, organisation_id=queries.organisation_at(self.workplace).id, email=self.email,
                name="Uusi Utu", language=self.language, roles=self.roles,
            )  # fmt: skip
        self.world.work()
        return self

    @property
    def letter(self):
        return self.world.letters(self.email)[0]

    @property
    def path(self) -> str:
        return re.search(r"http://localhost(/invitation/\S+)", self.letter.text)[1]

    def accept(self, *, name="Uusi Utu", language="fi", browser=None, **kw):
        browser = browser or self.browser
        values = {"name": name, "language": language, "_key": form_key(browser.get(self.path))}
        return browser.post(self.path, values, **kw)

    def members(self) -> list[tuple]:
        with self.world.superuser_connection() as connection:
            return connection.execute(
                "select m.name, m.roles from membership m join organisation o on o.id = m.organisation_id"
                " where o.slug = %s and m.email = %s", (self.workplace, self.email),
            ).fetchall()  # fmt: skip


@pytest.fixture
def invite(fresh, cast) -> Invite:
    return Invite(fresh, cast.nobody)


@pytest.fixture
def other(fresh) -> Visitor:
    """A second browser."""
    return Visitor(fresh, None)
