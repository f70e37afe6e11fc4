"""A placement's own page: who sees it, what it says to whom, and what it costs."""

import pytest

from parasta_saas.cases import queries
from parasta_saas.cases.overview import overview
from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import events, i18n
from parasta_saas.core.access import Actor
from parasta_saas.placements import queries as placements
from parasta_saas.tenants import queries as tenants
from parasta_saas.tenants import services as members
from tests.visitor import Visitor


@pytest.fixture
def ids(fresh):
    """Student → id of the placement that has gone on or comes first, over both providers."""
    found = {}
    for slug in ("lumo", "fjarden"):
        with system_at(slug) as actor:
            for placement in placements.placements_of(actor, state="all").items:
                found.setdefault(placement.student_name, placement.id)
    return found


def join(fresh, email, at, roles):
    """Somebody who is not of the cast, with a place in an organisation."""
    with events.apart(Actor.system()):
        organisation = tenants.organisation_at(at)
        members.add_member(
            Actor.system(), organisation_id=organisation.id, email=email, name="Toinen", language="fi", roles=roles
        )
    return Visitor(fresh, email)


def url(slug, placement_id, rest=""):
    return f"/o/{slug}/placements/{placement_id}{rest}"


def asked(fresh):
    """Statements of a page beside the scope's own."""
    return [s for s in fresh.statements if "set_config" not in s]


@pytest.mark.parametrize(
    ("who", "at", "student", "status"),
    [
        ("eero", "lumo", "Ville Virta", 200),
        ("kerttu", "lumo", "Ville Virta", 200),
        ("oskari", "lumo", "Ville Virta", 200),
        ("ville", "lumo", "Ville Virta", 200),
        ("mirja", "lumo", "Ville Virta", 200),
        ("kaisa", "kahvila-kanerva", "Ville Virta", 200),
        ("iida", "lumo", "Ville Virta", 404),  # classmate
        ("mirja", "lumo", "Otso Onnela", 404),  # somebody else's guardian
        ("matti", "paja", "Ville Virta", 404),  # another workplace
        ("pekka", "kaari", "Ville Virta", 404),  # a teacher of another provider
        ("siiri", "kaari", "Ville Virta", 404),
        ("stina", "fjarden", "Ville Virta", 404),
        ("joel", "kaislaranta", "Iida Isoaho", 200),
        ("lotta", "kaislaranta", "Iida Isoaho", 404),  # an instructor sees only their own
        ("hanna", "kaislaranta", "Emil Ek", 200),
        ("nelli", "viitemalli", "Ville Virta", 404),
    ],
)
def test_who_sees_the_page_and_its_steps(cast, ids, who, at, student, status):
    visitor = getattr(cast, who)
    assert visitor.get(url(at, ids[student])).status_code == status
    assert visitor.get(url(at, ids[student], "/steps/goals-and-tasks")).status_code == status


def test_another_teacher_of_the_same_provider_sees_nothing(fresh, ids):
    other = join(fresh, "toinen@lumo.example", "lumo", ["teacher"])
    assert other.get(url("lumo", ids["Ville Virta"])).status_code == 404


def test_each_reads_whose_turn_it_is_in_their_own_words(cast, ids):
    mine = cast.eero.get(url("lumo", ids["Ville Virta"]))
    theirs = cast.kaisa.get(url("kahvila-kanerva", ids["Ville Virta"]))
    assert "Nyt on sinun vuorosi" in mine.text and "Kutsu yhteissuunnitteluun" in mine.text
    assert "Vuorossa Eero Elo, opettaja." in theirs.text and "Kutsu yhteissuunnitteluun" not in theirs.text


def test_the_page_is_whole_in_swedish(cast, ids):
    page = cast.lotta.get(url("kaislaranta", ids["Emil Ek"]))
    assert "Var vi är" in page.text and "Nu är det din tur" in page.text and "Missä mennään" not in page.text


def test_the_workplace_reads_no_guardian_and_no_names_of_the_office(cast, ids):
    page = cast.kaisa.get(url("kahvila-kanerva", ids["Ville Virta"]))
    assert "Mirja Virta" not in page.text and "Oskari Ojala" not in page.text
    assert "Mirja Virta" in cast.eero.get(url("lumo", ids["Ville Virta"])).text


def test_the_map_agrees_with_now(cast, ids):
    page = cast.eero.get(url("lumo", ids["Ville Virta"])).text
    assert page.count('aria-current="step"') == 1
    assert page.count("step nextup") == 3
    assert "Johtaminen, laatu" not in page  # phase 9 belongs to the provider


def test_staff_open_the_providers_step_and_the_workplace_a_short_one(cast, ids):
    placement = ids["Otso Onnela"]
    assert "/o/lumo/map/goals-and-tasks" in cast.eero.get(url("lumo", placement)).text
    page = cast.matti.get(url("paja", placement))
    assert url("paja", placement, "/steps/goals-and-tasks") in page.text and "/o/lumo/map/" not in page.text


def test_the_workplace_reads_the_minimum_and_what_the_provider_has_published(cast, ids):
    with system_at("lumo") as actor:
        edition = queries.edition_of(actor.organisation_id, "goals-and-tasks")
        own = i18n.pick(edition.overlay["guidance"], "fi").text if edition else ""
    page = cast.matti.get(url("paja", ids["Otso Onnela"], "/steps/goals-and-tasks")).text
    assert "Tähän voit luottaa" in page and "<blockquote>Tutkinnon perusteiden" in page
    assert own and "s-ours" in page
    assert '<form method="post" action="/o/paja/placements' not in page


def test_a_step_that_is_not_there_is_not_found(cast, ids):
    assert cast.matti.get(url("paja", ids["Otso Onnela"], "/steps/no-such-step")).status_code == 404


@pytest.mark.parametrize(("who", "at"), [("eero", "lumo"), ("ville", "lumo"), ("kaisa", "kahvila-kanerva")])
def test_the_page_costs_at_most_twelve_statements(fresh, cast, ids, who, at):
    visitor, address = getattr(cast, who), url(at, ids["Ville Virta"])
    visitor.get(address)
    fresh.statements.clear()
    assert visitor.get(address).status_code == 200
    assert len(asked(fresh)) <= 12, "\n".join(asked(fresh))


def test_a_placement_further_on_costs_the_same(fresh, cast, ids):
    counts = []
    for student in ("Ville Virta", "Otso Onnela"):
        cast.kerttu.get(url("lumo", ids[student]))
        fresh.statements.clear()
        cast.kerttu.get(url("lumo", ids[student]))
        counts.append(len(asked(fresh)))
    assert max(counts) <= 12


def test_both_sides_follow_the_same_release_and_limits(fresh, ids):
    with acting_as("eero") as eero:
        ours = queries.rules_of(eero, eero.organisation_id)
        tenant, mine = eero.organisation_id, (ours.release.number, ours.limits)
        placement = placements.placement_for(eero, ids["Otso Onnela"])
        now = overview(eero, placement).now.key
    with acting_as("matti") as matti:
        theirs = queries.rules_of(matti, tenant)
        assert (theirs.release.number, theirs.limits) == mine
        assert overview(matti, placements.placement_for(matti, ids["Otso Onnela"])).now.key == now
