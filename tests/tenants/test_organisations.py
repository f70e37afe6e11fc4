"""For whom one acts: the address says it, the membership allows it."""

import pytest

from parasta_saas.cli.demo.people import BY_SLUG
from parasta_saas.core import events
from parasta_saas.core.access import Actor
from parasta_saas.core.errors import Forbidden
from parasta_saas.tenants import queries, services
from tests.visitor import Visitor


@pytest.fixture
def eero_at_two(cast):
    """Eero has work at Kaari, too."""
    with events.apart(Actor.system()):
        eero = BY_SLUG["eero"]
        services.add_member(
            Actor.system(), organisation_id=queries.organisation_at("kaari").id, email=eero.email, name=eero.name,
            language="fi", roles=["quality_manager"],
        )  # fmt: skip
        services.add_member(
            Actor.system(), organisation_id=queries.organisation_at("viitemalli").id, email=eero.email,
            name=eero.name, language="fi", roles=["national_admin"],
        )  # fmt: skip
    return cast.eero


def test_the_chooser_shows_each_organisation_with_ones_roles(eero_at_two):
    shown = eero_at_two.get("/organisations").text
    for words in ("Lumon koulutuskuntayhtymä", "opettaja", "Kaaren ammattiopisto", "laatuvastaava", 'href="/o/kaari/"'):
        assert words in shown
    assert "Yrkesinstitutet" not in shown


def test_home_leads_to_the_organisation_one_was_last_in(eero_at_two):
    eero_at_two.get("/o/kaari/")
    assert eero_at_two.get("/").location == "/o/kaari/"
    eero_at_two.get("/o/viitemalli/")
    assert eero_at_two.get("/").location == "/o/viitemalli/"


def test_two_tabs_with_two_organisations_never_mix(eero_at_two, cast):
    """Each tab shows the log of its own organisation, whatever the other one does meanwhile."""
    cast.siiri.get("/o/kaari/log")
    for _ in range(3):
        kaari, national = eero_at_two.get("/o/kaari/log").text, eero_at_two.get("/o/viitemalli/log").text
        assert "Kaaren ammattiopisto" in kaari and "Viitemallin" not in kaari.split("<main")[0]
        assert "Viitemallin ylläpito" in national and "Kaaren" not in national
        assert 'action="/sign-out"' in kaari and "/o/viitemalli/" not in kaari and "/o/kaari/" not in national
    assert eero_at_two.get("/o/lumo/log").status_code == 403, "a teacher there, whatever one is elsewhere"


def test_an_organisation_of_others_looks_like_none(cast):
    for address in ("/o/kaari/", "/o/kaari/log", "/o/no-such/", "/o/%00/", "/o/KAARI/log"):
        answer = cast.aino.get(address)
        assert answer.status_code == 404 and "Kaari" not in answer.text


def test_who_belongs_nowhere_is_told_how_to_come_in(fresh):
    lonely = Visitor(fresh, "lonely@nowhere.example")
    shown = lonely.get("/")
    assert shown.status_code == 200 and "Et kuulu vielä" in shown.text and "lonely@nowhere.example" in shown.text
    assert 'action="/sign-out"' in shown.text
    assert lonely.get("/organisations").status_code == 200


def test_pages_of_an_organisation_ask_a_stranger_to_sign_in(cast):
    answer = cast.nobody.get("/o/lumo/log")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/o/lumo/log")


def test_the_name_of_an_organisation_is_in_the_readers_language(cast):
    cast.hanna.post("/language", {"language": "sv"})
    assert "Kaislastrands välfärdsområde" in cast.hanna.get("/organisations").text


@pytest.mark.parametrize(
    ("who", "allowed"),
    [("kerttu", True), ("eero", True), ("aino", True), ("sanni", False), ("ville", False), ("matti", False)],
)
def test_who_may_invite(who, allowed):
    from parasta_saas.tenants import policies

    person = BY_SLUG[who]
    kind = "workplace" if person.at == "paja" else "provider"
    assert policies.can_invite_person(Actor(kind=kind, roles=frozenset(person.roles))) is allowed


def test_a_person_without_a_mailed_link_accepts_nothing(fresh):
    with pytest.raises(Forbidden):
        services.accept_invitation(Actor(kind="provider"), None, name="x", language="fi")


def test_only_the_installation_adds_a_provider(fresh):
    with pytest.raises(Forbidden):
        services.add_organisation(
            Actor(kind="provider", roles=frozenset({"provider_admin"})),
            kind="provider",
            slug="x",
            name="X",
            languages=["fi"],
        )


def test_the_chooser_costs_the_same_however_many_places_one_has(fresh, cast, eero_at_two):
    def statements(visitor) -> int:
        visitor.get("/organisations")
        fresh.statements.clear()
        visitor.get("/organisations")
        return len([s for s in fresh.statements if "set_config" not in s])

    assert statements(eero_at_two) == statements(cast.kerttu) == 2
