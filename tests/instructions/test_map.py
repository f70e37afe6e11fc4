"""The home of every provider: the national map with the provider's own marks on it."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.instructions import queries
from tests.instructions.pages import statements

MAP = "/o/lumo/map"


def book_at(who: str):
    """The handbook of a person's provider, asked as that person."""
    with acting_as(who) as actor:
        return queries.book_of(actor)


def marks(text: str) -> dict[str, int]:
    """How many steps bear each mark, by the words a screen reader gets."""
    said = {"ours": "oma ohje[^<]*", "national": "kansallisena", "waits": "odottaa kansallista päivitystä"}
    return {k: len(re.findall(rf'<span class="vh">[^<]*{words}</span></a>', text)) for k, words in said.items()}


def test_the_map_is_the_home_of_a_provider(cast):
    assert cast.aino.follow(cast.aino.get("/")).request.path == MAP


def test_every_step_opens_and_bears_one_mark(cast):
    text = cast.aino.get(MAP).text
    keys = set(re.findall(r'href="/o/lumo/map/([a-z0-9-]+)"', text))
    assert len(keys) == 52  # 51 national ones and one of Lumo's own
    found, book = marks(text), book_at("aino")
    assert found["ours"] == len(book.local) + 1
    assert sum(found.values()) == 52


def test_the_map_names_the_release_the_handbook_and_what_the_content_is(cast):
    text = cast.aino.get(MAP).text
    assert "Viitemalli 1.0" in text
    assert f"Käsikirja {book_at('aino').edition}, voimassa" in text
    assert "Esimerkkisisältö, ei ministeriön julkaisu" in text


def test_the_map_tells_an_editor_what_to_write_next_and_nobody_else(cast):
    assert "Seuraavaksi kirjoitettava" in cast.aino.get(MAP).text
    assert "Seuraavaksi kirjoitettava" not in cast.kerttu.get(MAP).text


@pytest.mark.parametrize(
    ("query", "inside"),
    [
        ("show=critical", 15),
        ("show=ours", None),
        ("view=operating", 20),
        ("form=training_agreement", 49),
        ("view=service&show=critical", 15),
    ],
)
def test_a_filter_lets_steps_stand_out_and_keeps_the_others(cast, query, inside):
    text = cast.aino.get(f"{MAP}?{query}").text
    steps = re.findall(r'<a class="step([^"]*)"', text)
    assert len(steps) == 52
    assert sum(" off" not in step for step in steps) == (inside or len(book_at("aino").local) + 1)


def test_a_filter_keeps_what_else_was_asked(cast):
    text = cast.aino.get(f"{MAP}?view=service").text
    assert f'href="{MAP}?view=service&amp;show=critical"' in text
    assert f'href="{MAP}?view=operating"' in text


def test_an_old_address_with_a_filter_that_means_nothing_still_opens(cast):
    assert cast.aino.get(f"{MAP}?show=everything&colour=red").status_code == 200


def test_htmx_gets_the_map_alone_and_the_same_address_works_without_it(cast):
    part = cast.aino.get(f"{MAP}?show=ours", htmx=True).text
    whole = cast.aino.get(f"{MAP}?show=ours").text
    assert part.lstrip().startswith('<div id="process">')
    assert "<html" not in part
    assert part.strip() in whole


@pytest.mark.parametrize("who", ["aino", "kerttu", "eero", "sanni", "ville", "mirja"])
def test_everyone_at_the_provider_reads_the_map(cast, who):
    assert getattr(cast, who).get(MAP).status_code == 200


@pytest.mark.parametrize("who", ["siiri", "stina", "matti", "tapio"])
def test_nobody_of_another_organisation_finds_it(cast, who):
    assert getattr(cast, who).get(MAP).status_code == 404


@pytest.mark.parametrize(("who", "at"), [("matti", "paja"), ("tapio", "viitemalli")])
def test_only_a_provider_has_a_handbook(cast, who, at):
    assert getattr(cast, who).get(f"/o/{at}/map").status_code == 404
    assert getattr(cast, who).get(f"/o/{at}/map/contact-response").status_code == 404


def test_one_provider_sees_nothing_of_anothers_words(cast):
    assert marks(cast.siiri.get("/o/kaari/map").text)["ours"] == len(book_at("siiri").local)
    step = cast.siiri.get("/o/kaari/map/contact-response").text
    assert "Pekka Pelto jakaa" in step
    assert "soita aina ensin" not in step


def test_a_swedish_provider_gets_the_map_in_swedish(cast):
    cast.stina.post("/language", {"language": "sv"})
    text = cast.stina.get("/o/fjarden/map").text
    assert '<html lang="sv"' in text
    assert "Så här arbetar vi med arbetsplatserna" in text
    assert "Exempelinnehåll, inte ministeriets publikation" in text


def test_the_map_costs_seven_statements_and_forty_kilobytes_however_much_is_written(fresh, cast):
    cast.aino.get(MAP)
    cost, size = statements(fresh, lambda: cast.aino.get(MAP))
    assert cost <= 7
    assert size <= 40_000
    cast.siiri.get("/o/kaari/map")
    assert statements(fresh, lambda: cast.siiri.get("/o/kaari/map"))[0] == cost
