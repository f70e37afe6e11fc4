"""Ville at Kahvila Kanerva, up to where his agreement is wanted: the steps that several tests begin with."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.placements import queries as placements
from parasta_saas.planning import queries, services
from tests.visitor import form_key

GOALS = (
    ("goal", "Palvelee asiakkaita ja käyttää kassaa."),
    ("goal", "Valmistaa päivän kahvilatuotteet."),
    ("task", "Tiski, kassa ja leivonta aamuvuorossa."),
)
COMPLETE = {
    "language": "fi", "production": "1", "tools": "1", "staff": "1", "hoks_extract": "1",
    "schedule": "ma–pe klo 8–14, viikko 8 on lomaa", "weekly_hours": "30", "daily_hours": "6", "works_from": "8",
    "works_until": "14.00", "part_time_percent": "100", "unit": "Kahvilapalvelut", "unit_code": "106912",
    "visits": "", "safety": "Kaisa näyttää koneet ensimmäisenä päivänä.",
}  # fmt: skip


@dataclass
class Path:
    """One agreement on its way, through HTTP."""

    world: object
    cast: object
    session_id: UUID
    at: str = ""  # address of the agreement, for the provider

    @property
    def id(self) -> str:
        return self.at.rsplit("/", 1)[1]

    @property
    def at_workplace(self) -> str:
        return self.at.replace("/o/lumo/", "/o/kahvila-kanerva/")

    def make(self, who: str = "oskari") -> "Path":
        page = getattr(self.cast, who).get(f"/o/lumo/sessions/{self.session_id}")
        data = {"_key": form_key(page)}
        made = getattr(self.cast, who).post(f"/o/lumo/agreements/from/{self.session_id}", data)
        assert made.status_code == 303, made.text[:500]
        self.at = made.location
        return self

    def completed(self, **changed: str):
        """Send the form as the page shows it, with these answers."""
        page = self.cast.oskari.get(self.at)
        return self.cast.oskari.post(self.at, {**COMPLETE, **self.shown(page), **changed})

    def shown(self, page) -> dict[str, str]:
        """Key, version and the chosen people of the page's form."""
        signer = re.search(r'name="signer" value="([^"]+)" checked', page.text)
        assert signer, "nobody is chosen to sign"
        return {"_key": form_key(page), "version": version(page), "signer": signer[1]}

    def offered(self, **more: str):
        page = self.cast.oskari.get(self.at)
        return self.cast.oskari.post(f"{self.at}/offer", {"version": version(page), **more})

    def ready(self) -> "Path":
        """Made, completed, sent, and the mails have arrived."""
        self.make()
        assert self.completed().status_code == 303
        assert self.offered().status_code == 303
        self.world.work()
        return self

    def link(self, to: str = "kaisa@kahvila-kanerva.example", kind: str = "sign") -> str:
        """The path of the newest mailed link."""
        for letter in self.world.letters(to):
            found = re.search(rf"http://localhost(/{kind}/[\w-]+)", letter.text)
            if found:
                return found[1]
        raise AssertionError(f"no /{kind}/ link was mailed to {to}")

    def sign_by_link(self, link: str | None = None, **more: str):
        link = link or self.link()
        page = self.cast.nobody.get(link)
        return self.cast.nobody.post(link, {"_key": form_key(page), "sha256": sha(page), **more})

    def sign_for_provider(self):
        page = self.cast.sanni.get(self.at)
        return self.cast.sanni.post(f"{self.at}/signature", {"_key": form_key(page), "sha256": sha(page)})

    def row(self, columns: str = "state"):
        with self.world.superuser_connection() as above:
            return above.execute(f"select {columns} from agreement where id = %s", (self.id,)).fetchone()

    def count(self, table: str) -> int:
        with self.world.superuser_connection() as above:
            asked = f"select count(*) from {table} where agreement_id = %s"
            return above.execute(asked, (self.id,)).fetchone()[0]


def begin(world, cast) -> Path:
    """Eero, Kaisa and Ville have held their session, and Eero has closed it."""
    held = clock.now() + timedelta(minutes=5)
    with acting_as("eero") as eero:
        placement = next(p for p in placements.placements_of(eero).items if p.student_name == "Ville Virta")
        session_id = services.call_session(eero, placement, starts_at=held, place="Kahvila").id
        for kind, words in GOALS:
            services.propose_goal(eero, queries.session_for(eero, session_id), kind=kind, words=words)
        for item in queries.agenda_of(queries.session_for(eero, session_id)):
            if item.step_key == "guidance-plan":
                words = "Kaisa ohjaa, Eero soittaa maanantaisin."
                services.decide_item(eero, queries.session_for(eero, session_id), item, decision=words, version=1)
    for who in ("kaisa", "ville"):
        with acting_as(who) as actor:
            session = queries.session_for(actor, session_id, locked=True)
            for goal in queries.goals_of(session):
                services.agree_goal(actor, session, goal, wording=goal.wording)
    with acting_as("eero") as eero:
        services.close_session(eero, queries.session_for(eero, session_id, locked=True))
    return Path(world, cast, session_id)


def version(page) -> str:
    found = re.search(r'name="version" value="(\d+)"', page.text)
    assert found, "the page has no form with a version"
    return found[1]


def sha(page) -> str:
    found = re.search(r'name="sha256" value="([0-9a-f]{64})"', page.text)
    assert found, "the page has nothing to sign"
    return found[1]
