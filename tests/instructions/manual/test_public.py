"""The public address: off until it is switched on, without people, gone when it is closed."""

import pytest

from tests.instructions.pages import statements
from tests.visitor import form_key

HERE, PUBLIC = "/o/lumo/handbook/publicity", "/h/lumo"


def opened(cast, **choices):
    return cast.aino.post(HERE, {"_key": form_key(cast.aino.get(HERE)), **choices})


def test_nothing_is_public_before_it_is_switched_on(cast):
    for page in ("", "/partnership", "/handbook"):
        assert cast.nobody.get(PUBLIC + page).status_code == 404
    assert cast.nobody.get("/h/kahvila-kanerva").status_code == cast.nobody.get("/h/nobody").status_code == 404


def test_anybody_reads_it_when_it_is_open(cast):
    assert opened(cast, whole="1").status_code == 303
    text = cast.nobody.get(PUBLIC).text
    assert "Mitä tapahtuu ja milloin" in text and "/h/lumo/partnership" in text
    phase = cast.nobody.get(f"{PUBLIC}/partnership").text
    assert "Tähän voit aina luottaa" in phase and "Jokainen työpaikan yhteydenotto saa nimetyn" in phase
    whole = cast.nobody.get(f"{PUBLIC}/handbook").text
    assert whole.count('class="minimum tight"') == 51 and "Päivystäjä vaihtuu viikoittain" in whole
    assert "/o/lumo" not in phase + whole


def test_no_person_is_named(cast):
    opened(cast, whole="1")
    whole = cast.nobody.get(f"{PUBLIC}/handbook").text
    assert "ottaa aina [nimi]" in whole
    for name in ("Kerttu", "Kivi", "Aino", "Eero", "@"):
        assert name not in whole
    assert "Kerttu Kivi" in cast.aino.get("/o/lumo/handbook").text


def test_the_page_for_opening_names_the_steps_that_name_people(cast):
    text = cast.aino.get(HERE).text
    assert "Näissä askelissa mainitaan ihmisiä" in text and "Yhteydenottoon vastaaminen" in text


def test_it_may_show_the_plain_words_alone(cast):
    opened(cast)
    assert cast.nobody.get(PUBLIC).status_code == 200 and cast.nobody.get(f"{PUBLIC}/handbook").status_code == 404


def test_closed_it_is_gone_kindly_and_can_be_opened_again(cast):
    opened(cast, whole="1")
    assert cast.aino.post(f"{HERE}/closing", {"_key": form_key(cast.aino.get(HERE))}).status_code == 303
    gone = cast.nobody.get(f"{PUBLIC}/partnership")
    assert gone.status_code == 410 and "ei ole enää julkinen" in gone.text and "yhteydenotto saa" not in gone.text
    assert cast.aino.post(f"{HERE}/closing", {}).status_code == 409
    opened(cast)
    assert cast.nobody.get(PUBLIC).status_code == 200


def test_search_engines_are_asked_away_unless_they_are_welcome(cast):
    opened(cast)
    assert "noindex" in cast.nobody.get(PUBLIC).headers["X-Robots-Tag"]
    opened(cast, indexed="1")
    assert "X-Robots-Tag" not in cast.nobody.get(PUBLIC).headers


def test_browsers_keep_it_and_ask_again_cheaply(cast):
    opened(cast)
    first = cast.nobody.get(PUBLIC)
    assert first.headers["Cache-Control"] == "public, max-age=300" and "Cookie" in first.headers["Vary"]
    again = cast.nobody.get(PUBLIC, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and not again.data


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nobody_can_write_there(cast, method):
    opened(cast, whole="1")
    assert getattr(cast.nobody.client, method)(PUBLIC).status_code in (403, 404, 405)


@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("kerttu", 403), ("eero", 403), ("ville", 403), ("siiri", 404)]
)
def test_only_those_who_keep_the_handbook_open_and_close_it(cast, who, status):
    assert getattr(cast, who).get(HERE).status_code == status
    posted = getattr(cast, who).post(HERE, {"whole": "1"})
    assert posted.status_code == (303 if status == 200 else status)


def test_a_public_page_costs_a_constant_number_of_statements(fresh, cast):
    opened(cast, whole="1")
    index = statements(fresh, lambda: cast.nobody.get(PUBLIC))[0]
    assert statements(fresh, lambda: cast.nobody.get(f"{PUBLIC}/partnership"))[0] == index <= 14
    assert statements(fresh, lambda: cast.nobody.get(f"{PUBLIC}/handbook"))[0] <= 14


@pytest.mark.parametrize(
    "page", ["/no-such-phase", "/%00", "/partnership?audience=x", "/handbook?role=%00&phase=" + "x" * 300]
)
def test_wrong_addresses_are_harmless(cast, page):
    opened(cast, whole="1")
    assert cast.nobody.get(PUBLIC + page).status_code in (200, 404)


def test_what_is_no_choice_is_refused_with_the_form(cast):
    answer = cast.aino.post(HERE, {"whole": "ehkä"})
    assert answer.status_code == 422 and 'name="whole"' in answer.text
    assert cast.nobody.get(PUBLIC).status_code == 404
