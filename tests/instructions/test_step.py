"""One step as it is done at a provider: the minimum first, then our own, the guidance, who, the history."""

import re

import pytest

from tests.instructions.pages import statements

STEP = "/o/lumo/map/contact-response"
MINIMUM = "Jokainen työpaikan yhteydenotto saa nimetyn yhteyshenkilön ja vastauksen."


def test_a_step_shows_the_locked_minimum_before_everything_of_our_own(cast):
    text = cast.aino.get(STEP).text
    assert text.index(MINIMUM) < text.index("Päivystäjä vaihtuu viikoittain") < text.index("Vastaa samaa kanavaa")
    assert "Lukittu" in text


def test_our_own_sentence_is_underlined_and_the_national_ones_are_not(cast):
    text = cast.aino.get(STEP).text
    own = re.findall(r'<span class="s-ours">([^<]+)</span>', text)
    assert own == ["Jos työpaikka jätti numeron, soita aina ensin.", "Aa"]  # and the key below it
    assert "Alleviivattu virke on meidän. Muu on viitemallia 1.0." in text


def test_a_stricter_limit_stands_beside_the_national_one(cast):
    text = cast.aino.get(STEP).text
    assert "Aikaraja on meillä tiukempi: 1 arkipäivä" in text
    assert "2 arkipäivää yhteydenotosta" in text


def test_the_local_role_stands_for_the_national_one_which_stays_visible(cast):
    text = cast.aino.get(STEP).text
    assert "Kumppanuuspäivystäjä" in text
    assert "Viitemallissa työelämäkoordinaattori" in text


def test_the_history_tells_what_was_published_by_whom(cast):
    history = cast.aino.get(STEP).text.split("Historia")[1]
    assert history.index("Ohjetta mukautettu") < history.index("Oma teksti")
    assert "Aino Alanko" in history
    first = cast.aino.get(f"{STEP}/editions/1").text
    assert "Päivystäjä vaihtuu viikoittain." in first
    assert MINIMUM in first


def test_a_step_leads_to_the_one_before_and_the_one_after(cast):
    text = cast.aino.get("/o/lumo/map/partner-registration").text
    assert f'href="{STEP}" rel="prev"' in text
    assert 'href="/o/lumo/map/workplace-suitability" rel="next"' in text


def test_a_statute_says_how_sure_its_section_is(cast):
    assert "Pykälä on epävarma" in cast.aino.get("/o/lumo/map/guidance-plan").text
    assert "Pykälä on tarkistettu" in cast.aino.get("/o/lumo/map/safety-check").text


def test_a_step_without_own_words_has_the_one_button(cast):
    text = cast.aino.get("/o/lumo/map/matching").text
    assert "Tässä askeleessa toimimme kansallisen ohjeen mukaan." in text
    assert text.count('href="/o/lumo/map/matching/edit"') == 1


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "mirja"])
def test_who_may_not_write_reads_without_the_button(cast, who):
    text = getattr(cast, who).get(STEP).text
    assert "soita aina ensin" in text
    assert f'href="{STEP}/edit"' not in text


@pytest.mark.parametrize("path", ["/o/lumo/map/no-such-step", "/o/lumo/map/no-such-step/edit", f"{STEP}/editions/99"])
def test_what_is_not_there_is_not_found(cast, path):
    assert cast.aino.get(path).status_code == 404


def test_who_reads_swedish_gets_the_swedish_words(cast):
    cast.aino.post("/language", {"language": "sv"})
    text = cast.aino.get(STEP).text
    assert "Om arbetsplatsen lämnade ett nummer, ring alltid först." in text
    assert "Partnerskapsjour" in text
    assert "Varje arbetsplats som tar kontakt" in text


def test_a_swedish_only_provider_shows_its_own_words_to_a_finnish_reader(cast):
    cast.stina.post("/language", {"language": "fi"})
    text = cast.stina.get("/o/fjarden/map/contact-response").text
    assert '<div class="prose" lang="sv">' in text
    assert "Svara på arbetsplatsens eget språk." in text
    assert MINIMUM in text


def test_a_step_costs_fourteen_statements_with_a_history_or_without(fresh, cast):
    for step in ("goals-and-tasks", "skills-foresight"):
        cast.aino.get(f"/o/lumo/map/{step}")
        assert statements(fresh, lambda step=step: cast.aino.get(f"/o/lumo/map/{step}"))[0] == 14
