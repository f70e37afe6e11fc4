"""Steps go, are renamed, split and joined: own words follow, are asked about, or lie on the shelf. None is lost."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.instructions import nation
from tests.instructions.nation import Draft
from tests.visitor import Visitor, form_key

CALL = "Jos työpaikka jätti numeron, soita aina ensin."
NOTE = "Päivystäjä vaihtuu viikoittain"
VISIT = "Käymme työpaikalla ensimmäisellä kerralla aina paikan päällä."
SHELF = "/o/lumo/shelf"


def lay(fresh, cast):
    """Release 1.2 has no contact-response any more, and Lumo has taken it into use."""
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    return nation.take(cast.aino, nation.offered(cast.aino))


@pytest.fixture
def laid(fresh, cast):
    """Lumo's words of a gone step lie on the shelf; returns the text of the account."""
    return fresh.staged("words laid on the shelf", lambda: lay(fresh, cast).text)


def form_of(page, deed: str, words: str = "") -> str:
    """The address of the form for a deed, of the text that has these words."""
    card = next(part for part in page.text.split("<article") if words in part and f'/{deed}"' in part)
    return re.search(rf'action="(/o/lumo/shelf/[0-9a-f-]{{36}}/{deed})"', card)[1]


def test_the_desk_says_which_steps_are_gone_before_anything_happens(fresh, cast):
    nation.publish("1.2", lambda draft: draft.remove("contact-response"))
    fresh.work()
    page = cast.aino.get(nation.offered(cast.aino) + "?step=contact-response").text
    assert "Yksi askel poistuu" in page
    assert "omaa tekstiä siirtyy hyllyyn" in page
    assert NOTE in page
    assert CALL in page
    assert cast.aino.get("/o/lumo/map").status_code == 200
    assert NOTE in cast.aino.get("/o/lumo/map/contact-response").text


def test_words_of_a_removed_step_go_to_the_shelf_with_their_origin(cast, laid):
    assert "Kaikki omat sananne ovat tallessa" in laid
    assert "Yhtään ei puutu." in laid
    page = cast.aino.get(SHELF).text
    for words in (CALL, NOTE, "Kumppanuuspäivystäjä", "Om arbetsplatsen lämnade ett nummer, ring alltid först."):
        assert words in page
    assert "Yhteydenottoon vastaaminen" in page
    assert "viitemalli 1.0" in page
    assert "hyllyssä" in cast.aino.get("/o/lumo/map").text
    assert cast.aino.get("/o/lumo/map/contact-response").status_code == 404


def test_a_renamed_step_takes_own_words_along_without_a_question(fresh, cast):
    nation.publish("1.2", lambda draft: draft.rename("contact-response", "first-answer"))
    fresh.work()
    url = nation.offered(cast.aino)
    assert "tulevat tänne askeleesta" in cast.aino.get(url + "?step=first-answer").text
    done = cast.aino.follow(cast.aino.post(url + "/use"))
    assert "Kaikki omat sananne ovat tallessa" in done.text
    step = cast.aino.get("/o/lumo/map/first-answer").text
    assert NOTE in step
    assert CALL in step
    assert "Kansallinen päivitys otettu käyttöön" in step
    assert NOTE not in cast.aino.get(SHELF).text


@pytest.mark.parametrize(("way", "htmx"), [("beside", False), ("shelf", True)])
def test_two_steps_that_become_one_ask_where_the_words_go(fresh, cast, way, htmx):
    nation.publish("1.2", lambda draft: draft.remove("need-of-workplace", "merge", ("contact-response",)))
    fresh.work()
    url = nation.offered(cast.aino)
    assert cast.aino.post(url + "/use").status_code == 409
    page = cast.aino.get(url)
    assert VISIT in page.text
    assert NOTE in page.text
    form = re.search(r'action="([^"]*/meeting)"', page.text)[1]
    refused = cast.aino.post(form, {}, htmx=htmx)
    assert refused.status_code == 422
    assert "Valitse, minne nämä sanat menevät." in refused.text
    assert cast.aino.post(form, {"way": way}, htmx=htmx).status_code == (200 if htmx else 303)
    assert cast.aino.post(form, {"way": way}).status_code == 409
    done = cast.aino.follow(cast.aino.post(url + "/use"))
    assert "Yhtään ei puutu." in done.text
    step, shelf = cast.aino.get("/o/lumo/map/contact-response").text, cast.aino.get(SHELF).text
    assert NOTE in step
    assert CALL in step
    assert (VISIT in step, VISIT in shelf) == ((True, False) if way == "beside" else (False, True))
    if way == "beside":
        assert "Askeleesta " in step


def test_a_split_step_keeps_its_words_on_the_first_part_and_says_so(fresh, cast):
    def split(draft: Draft) -> None:
        draft.copy("contact-response", "answer-by-phone")
        draft.copy("contact-response", "answer-in-writing")
        draft.remove("contact-response", "split", ("answer-by-phone", "answer-in-writing"))

    nation.publish("1.2", split)
    fresh.work()
    url = nation.offered(cast.aino)
    page = cast.aino.get(url + "?step=answer-by-phone").text
    assert "Askel jaettiin." in page
    assert "Uusia velvoitteita" in page
    done = cast.aino.follow(cast.aino.post(url + "/use")).text
    assert "Katso nämä" in done
    assert NOTE in cast.aino.get("/o/lumo/map/answer-by-phone").text
    assert NOTE not in cast.aino.get("/o/lumo/map/answer-in-writing").text


def test_a_new_step_is_a_new_duty_and_does_not_break_the_map(fresh, cast):
    nation.publish("1.2", lambda draft: draft.copy("contact-response", "thank-you"))
    fresh.work()
    page = cast.aino.get(nation.offered(cast.aino) + "?step=thank-you").text
    assert "Uusi velvoite" in page
    assert cast.aino.get("/o/lumo/map").status_code == 200


def test_a_limit_outside_the_new_range_rests_on_the_shelf(fresh, cast):
    def narrow(draft: Draft) -> None:
        step = draft.step("need-of-workplace")
        step.time_limit = {**step.time_limit, "range": {"min": step.time_limit["value"], "max": None}}

    nation.publish("1.2", narrow)
    fresh.work()
    url = nation.offered(cast.aino)
    assert "Yksi oma määräaika" in cast.aino.get(url).text
    done = nation.take(cast.aino, url)
    assert "Yhtään ei puutu." in done.text
    assert "oma määräaika ei ole nyt sallituissa rajoissa" in cast.aino.get(SHELF).text
    place = form_of(cast.aino.get(SHELF), "placement")
    refused = cast.aino.post(place, {"step": "need-of-workplace"})
    assert refused.status_code == 422


@pytest.mark.parametrize("htmx", [False, True])
def test_words_are_put_on_another_step_with_their_origin(cast, laid, htmx):
    place = form_of(cast.aino.get(SHELF), "placement", CALL)
    answer = cast.aino.post(place, {"step": "need-of-workplace"}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    step = cast.aino.get("/o/lumo/map/need-of-workplace").text
    assert CALL in step
    assert VISIT in step
    assert "Askeleesta Yhteydenottoon vastaaminen, viitemalli 1.0" in step
    assert "Sanoja hyllystä" in step
    history = cast.aino.get(SHELF + "?show=settled").text
    assert CALL in history
    assert "Aino Alanko siirsi sen askeleelle" in history
    assert cast.aino.post(place, {"step": "need-of-workplace"}, htmx=htmx).status_code == 409


@pytest.mark.parametrize("htmx", [False, True])
def test_all_words_of_a_step_are_put_on_one_step_at_once(cast, laid, htmx):
    page = cast.aino.get(SHELF)
    texts = re.findall(r'name="texts" value="([0-9a-f-]{36})"', page.text)
    assert len(texts) == 8  # the limit is no text; two are of a campus
    refused = cast.aino.post("/o/lumo/shelf/placements", {"texts": texts, "step": "no-such"}, htmx=htmx)
    assert refused.status_code == 422
    made = cast.aino.post("/o/lumo/shelf/placements", {"texts": texts, "step": "mid-review"}, htmx=htmx)
    assert made.status_code == (200 if htmx else 303)
    step = cast.aino.get("/o/lumo/map/mid-review").text
    assert CALL in step
    assert NOTE in step
    assert step.count("<em>↳ Askeleesta Yhteydenottoon vastaaminen") == 1
    assert cast.aino.post("/o/lumo/shelf/placements", {"texts": texts, "step": "mid-review"}).status_code == 409
    back = f"/o/lumo/shelf/{texts[0]}/return"
    assert cast.aino.post(back).status_code == 303
    assert NOTE in cast.aino.get("/o/lumo/map/mid-review").text
    assert cast.aino.post("/o/lumo/shelf/placements", {"texts": [], "step": "mid-review"}).status_code == 422
    foreign = cast.siiri.post("/o/kaari/shelf/placements", {"texts": texts, "step": "mid-review"})
    assert foreign.status_code == 404


def test_placed_words_can_be_taken_back_while_they_stand_as_they_were_put(cast, laid):
    place = form_of(cast.aino.get(SHELF), "placement", CALL)
    cast.aino.post(place, {"step": "need-of-workplace"})
    back = place.replace("placement", "return")
    assert cast.aino.post(back).status_code == 303
    step = cast.aino.get("/o/lumo/map/need-of-workplace").text
    assert CALL not in step
    assert VISIT in step
    assert CALL in cast.aino.get(SHELF).text
    assert cast.aino.post(back).status_code == 409


def test_placed_words_that_were_changed_since_stay_where_they_are(cast, laid):
    place = form_of(cast.aino.get(SHELF), "placement", CALL)
    cast.aino.post(place, {"step": "need-of-workplace"})
    edit = cast.aino.get("/o/lumo/map/need-of-workplace/edit")
    version = re.search(r'name="version" value="(\d+)"', edit.text)[1]
    cast.aino.post("/o/lumo/map/need-of-workplace/edit", {"version": version, "note_fi": "Soita."})
    answer = cast.aino.post(place.replace("placement", "return"))
    assert answer.status_code == 409
    assert "Sanoja on muutettu askeleella" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_discarding_asks_why_and_can_be_undone(fresh, cast, laid, htmx):
    discard = form_of(cast.aino.get(SHELF), "discard", CALL)
    refused = cast.aino.post(discard, {"reason": " "}, htmx=htmx)
    assert refused.status_code == 422
    assert "Kerro, miksi näitä sanoja ei tarvita." in refused.text
    assert cast.aino.post(discard, {"reason": "Vaihde hoitaa."}, htmx=htmx).status_code in (200, 303)
    assert CALL not in cast.aino.get(SHELF).text
    history = cast.aino.get(SHELF + "?show=settled").text
    assert CALL in history
    assert "Vaihde hoitaa." in history
    with fresh.superuser_connection() as above:
        entry = above.execute(
            "select actor_name, at, body->>'reason' from audit_entry where name = 'instructions.text_discarded'"
        ).fetchone()
    assert entry[0] == "Aino Alanko"
    assert entry[1] is not None
    assert entry[2] == "Vaihde hoitaa."
    assert cast.aino.post(discard, {"reason": "Toinen."}).status_code == 409
    assert cast.aino.post(discard.replace("discard", "return"), htmx=htmx).status_code in (200, 303)
    assert CALL in cast.aino.get(SHELF).text


def test_a_step_that_is_not_there_is_refused(cast, laid):
    place = form_of(cast.aino.get(SHELF), "placement", CALL)
    for words in ({}, {"step": "contact-response"}, {"step": "no-such"}, {"step": "x\x00y"}):
        assert cast.aino.post(place, words).status_code == 422


def test_search_finds_by_words_and_by_origin(cast, laid):
    assert CALL in cast.aino.get(SHELF + "?q=soita aina").text
    assert CALL in cast.aino.get(SHELF + "?q=Yhteydenottoon").text
    nothing = cast.aino.get(SHELF + "?q=100%").text
    assert CALL not in nothing
    assert "100%" in nothing


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "siiri", "nelli", "tapio", "maija"])
def test_nobody_but_the_providers_own_editors_sees_or_settles_the_shelf(cast, laid, who):
    discard = form_of(cast.aino.get(SHELF), "discard", CALL)
    visitor = getattr(cast, who, None) or cast.nobody
    assert visitor.get(SHELF).status_code in (303, 403, 404)
    for deed, words in (("discard", {"reason": "x"}), ("placement", {"step": "goals-and-tasks"}), ("return", {})):
        assert visitor.post(discard.replace("discard", deed), words).status_code in (303, 403, 404)
    assert CALL in cast.aino.get(SHELF).text


def test_two_editors_at_once_put_the_words_on_one_step_only(fresh, cast, laid):
    place = form_of(cast.aino.get(SHELF), "placement", CALL)
    both = [Visitor(fresh, "aino@lumo.example") for _ in range(2)]
    where = ("need-of-workplace", "mid-review")
    with ThreadPoolExecutor(2) as pool:
        made = pool.map(lambda pair: pair[0].post(place, {"step": pair[1]}).status_code, zip(both, where, strict=True))
    assert sorted(made) == [303, 409]
    texts = [cast.aino.get(f"/o/lumo/map/{key}").text for key in where]
    assert sum(CALL in text for text in texts) == 1


def test_a_double_click_discards_once(cast, laid):
    page = cast.aino.get(SHELF)
    discard, key = form_of(page, "discard", CALL), form_key(page)
    codes = [cast.aino.post(discard, {"reason": "x", "_key": key}).status_code for _ in range(2)]
    assert codes[0] == 303
    assert codes[1] in (303, 409)


def test_a_foreign_text_is_nowhere(cast, laid):
    discard = form_of(cast.aino.get(SHELF), "discard", CALL).replace("/o/lumo/", "/o/kaari/")
    assert cast.siiri.post(discard, {"reason": "x"}).status_code == 404
    assert CALL not in cast.siiri.get("/o/kaari/shelf").text


def test_the_shelf_asks_the_database_little_however_much_lies_there(fresh, cast, laid):
    cast.aino.get(SHELF)
    fresh.statements.clear()
    cast.aino.get(SHELF)
    assert len([s for s in fresh.statements if "set_config" not in s]) <= 8


def test_the_shelf_speaks_swedish(cast, laid):
    cast.aino.post("/language", {"language": "sv", "next": SHELF})
    page = cast.aino.get(SHELF).text
    assert "steget finns inte längre" in page
    assert "Svar på kontaktförfrågan" in page
