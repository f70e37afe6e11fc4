"""The handbook's pages: whole, in part, printed, as data, searched, in plain words."""

import json
import re

import pytest

from parasta_saas.core import events, scope
from parasta_saas.core.canonical import fingerprint
from parasta_saas.instructions import services
from parasta_saas.instructions.queries import manual as manuals
from parasta_saas.reference.content import read_release
from tests.instructions.manual.test_print import bare, text_of
from tests.instructions.pages import statements
from tests.visitor import form_key

BOOK, PLAIN, WRITE = "/o/lumo/handbook", "/o/lumo/handbook/plain", "/o/lumo/handbook/plain/write"
STEPS = read_release()["steps"]
KEY = "contact-response"


def saved(visitor, text: str, *, version: int = 0, htmx: bool = False, key: str = KEY):
    return visitor.post(f"{WRITE}/{key}", {"version": version, "text_fi": text, "text_sv": ""}, htmx=htmx)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_the_whole_handbook_stands_on_one_page_with_every_minimum(cast, language):
    cast.aino.post("/language", {"language": language, "next": "/"})
    text = cast.aino.get(BOOK).text
    for step in STEPS:
        assert f'id="s-{step["key"]}"' in text
        assert step["minimum"][language] in text
    assert text.count('class="minimum tight"') == 51


def test_a_teacher_reads_what_a_teacher_does(cast):
    text = cast.eero.get(f"{BOOK}?role=teacher").text
    assert "Mitä opettaja tekee" in text and 'id="s-need-of-student"' in text
    assert 'id="s-contact-response"' not in text and f"{BOOK}/print.pdf?role=teacher" in text


def test_a_local_role_can_be_chosen(cast):
    assert "Kumppanuuspäivystäjä</option>" in cast.aino.get(BOOK).text
    text = cast.aino.get(BOOK, query_string={"role": "own:kumppanuuspäivystäjä"}).text
    assert 'id="s-contact-response"' in text and text.count('class="manual-step"') == 1


def test_our_own_sentences_are_underlined_as_on_the_step(cast):
    text = cast.aino.get(f"{BOOK}?phase=partnership").text
    assert '<span class="s-ours">Jos työpaikka jätti numeron, soita aina ensin.</span>' in text


@pytest.mark.parametrize(
    "query", ["role=nobody", "phase=nowhere", "form=none", "phase=" + "x" * 500, "version=abc", "unit=abc"]
)
def test_an_old_or_wrong_address_still_opens(cast, query):
    assert cast.aino.get(f"{BOOK}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["version=9999", "unit=00000000-0000-0000-0000-000000000001"])
def test_what_is_not_there_is_not_found(cast, query):
    assert cast.aino.get(f"{BOOK}?{query}").status_code == 404


def test_a_choice_without_steps_says_what_to_do(cast):
    assert "Tällaista askelta ei ole" in cast.aino.get(f"{BOOK}?role=auditor").text


@pytest.mark.parametrize(
    ("who", "status"), [("aino", 200), ("eero", 200), ("ville", 200), ("siiri", 404), ("kaisa", 404)]
)
@pytest.mark.parametrize(
    "page", ["", "/print.pdf", "/map.pdf", "/handbook.json", "/search?q=n%C3%A4ytt%C3%B6", "/plain"]
)
def test_the_handbook_is_read_at_the_provider_and_nowhere_else(cast, who, status, page):
    if page.endswith("pdf") and who in ("eero", "ville"):
        page += "?phase=agreement"
    assert getattr(cast, who).get(BOOK + page).status_code == status


def test_the_print_the_map_and_the_data_bear_one_seal(cast):
    data = json.loads(cast.aino.get(f"{BOOK}/handbook.json").text)
    assert data["sha256"] == fingerprint(data["handbook"])
    assert {step["key"] for step in STEPS} <= {step["key"] for step in data["handbook"]["steps"]}
    held = {step["key"]: step for step in data["handbook"]["steps"]}
    assert all(held[step["key"]]["minimum"] == step["minimum"] for step in STEPS)
    printed = cast.aino.get(f"{BOOK}/print.pdf?phase=partnership")
    assert printed.mimetype == "application/pdf" and data["sha256"] in bare(text_of(printed.data))
    assert data["sha256"] in bare(text_of(cast.aino.get(f"{BOOK}/map.pdf").data))


def test_the_pages_ask_the_database_a_constant_number_of_times(fresh, cast):
    whole, _size = statements(fresh, lambda: cast.aino.get(BOOK))
    part, _size = statements(fresh, lambda: cast.aino.get(f"{BOOK}?phase=agreement"))
    assert whole == part <= 16
    assert statements(fresh, lambda: cast.aino.get(f"{BOOK}/print.pdf?phase=agreement"))[0] <= 15
    assert statements(fresh, lambda: cast.aino.get(f"{BOOK}/search?q=sopimus"))[0] <= 18
    before, _size = statements(fresh, lambda: cast.aino.get(WRITE))
    for key in ("contact-response", "matching", "arrival-prep"):
        saved(cast.aino, "Soitamme sinulle.", key=key)
    assert statements(fresh, lambda: cast.aino.get(WRITE))[0] == before <= 15


# --- search


@pytest.mark.parametrize(
    ("query", "found"),
    [("työpaikalla", "Työpaikan tarpeen kartoitus"), ("vuorolista", "Yhteydenottoon vastaaminen"),
     ("turlista", "Yhteydenottoon vastaaminen"), ("nayton suunnittelu", "Näytön suunnittelu"), ("HOKS", "HOKS")],
)  # fmt: skip
def test_search_finds_steps_by_national_and_own_words_in_both_languages(cast, query, found):
    text = cast.aino.get(f"{BOOK}/search", query_string={"q": query}).text
    assert found in text and "<mark>" in text


def test_search_escapes_what_was_typed_and_says_when_nothing_was_found(cast):
    text = cast.aino.get(f"{BOOK}/search", query_string={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in text and "Mitään ei löytynyt" in text or "Ei löytynyt" in text or "Kokeile" in text


def test_search_swaps_its_hits_alone(cast):
    answer = cast.aino.get(f"{BOOK}/search?q=sopimus", htmx=True)
    assert answer.text.lstrip().startswith('<div id="found"') and "data-search-key" not in answer.text


# --- plain words


def test_where_nothing_is_written_the_national_words_stand_with_a_mark(cast):
    text = cast.aino.get(f"{PLAIN}/partnership").text
    first = STEPS[0]
    assert first["value"]["fi"] in text and "omaa selkokielistä tekstiä ei vielä ole" in text
    assert "Tähän voit aina luottaa" in text and 'id="s-partner-registration"' not in text


def test_plain_words_are_shown_above_the_minimum(cast):
    assert saved(cast.kerttu, "Soitamme sinulle **heti**.").status_code == 303
    text = cast.ville.get(f"{PLAIN}/partnership").text
    assert "Soitamme sinulle <strong>heti</strong>." in text and 'class="minimum tight"' in text
    assert text.index("Soitamme sinulle") < text.index('class="minimum tight"')


def test_a_student_gets_the_students_page_first(cast):
    assert 'aria-current="true">Opiskelijalle' in cast.ville.get(PLAIN).text.replace("\n", "")
    assert 'aria-current="true">Työpaikalle' in cast.aino.get(PLAIN).text.replace("\n", "")


@pytest.mark.parametrize(
    ("who", "status"), [("aino", 303), ("kerttu", 303), ("eero", 403), ("ville", 403), ("siiri", 404)]
)
def test_only_those_who_know_the_workplaces_write_plain_words(cast, who, status):
    assert saved(getattr(cast, who), "Soitamme sinulle.").status_code == status


def test_a_row_saves_alone_and_tells_how_it_reads(cast):
    answer = saved(cast.aino, "Henkilökohtaistamissuunnitelma päivitetään.", htmx=True)
    assert answer.status_code == 200 and answer.text.count('class="sheet stack plain-row"') == 1
    assert "Pitkiä sanoja:" in answer.text and 'value="1"' in answer.text


def test_how_it_reads_can_be_asked_without_saving(cast):
    answer = cast.aino.post(f"{WRITE}/{KEY}/hint", {"version": 0, "text_fi": "Soitamme sinulle."}, htmx=True)
    assert "Helppo lukea" in answer.text and "<textarea" not in answer.text
    whole = cast.aino.post(f"{WRITE}/{KEY}/hint", {"version": 0, "text_fi": "Soitamme sinulle huomenna."})
    assert "Helppo lukea" in whole.text and "Soitamme sinulle huomenna." in whole.text
    assert "Soitamme" not in cast.aino.get(WRITE).text


@pytest.mark.parametrize("htmx", [False, True])
def test_two_writers_at_once_lose_nothing(cast, htmx):
    saved(cast.aino, "Ainon sanat.")
    answer = saved(cast.kerttu, "Kertun sanat.", version=0, htmx=htmx)
    assert answer.status_code == 409
    assert (
        "Ainon sanat." in answer.text and "Kertun sanat." in answer.text and "kirjoitti tätä sillä välin" in answer.text
    )
    assert saved(cast.kerttu, "Molempien sanat.", version=1).status_code == 303
    assert "Molempien sanat." in cast.aino.get(WRITE).text


@pytest.mark.parametrize("htmx", [False, True])
def test_too_long_words_are_refused_and_kept_on_the_screen(cast, htmx):
    answer = saved(cast.aino, "pitkä " * 600, htmx=htmx)
    assert answer.status_code == 422 and "pitkä pitkä" in answer.text and "Lyhennä" in answer.text


def test_a_double_click_saves_once(cast):
    body = {"version": 0, "text_fi": "Kerran.", "_key": form_key(cast.aino.get(WRITE))}
    first, second = (cast.aino.post(f"{WRITE}/{KEY}", body) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert "Kerran." in cast.aino.get(WRITE).text


@pytest.mark.parametrize("key", ["no-such-step", "own-nobody", "x%00y"])
def test_words_for_a_step_that_is_not_there_are_not_found(cast, key):
    assert saved(cast.aino, "Sanat.", key=key).status_code == 404


def test_a_workplace_reads_the_plain_words_of_its_providers_alone(cast):
    saved(cast.aino, "Soitamme sinulle.")
    at = re.search(r"/o/([a-z-]+)/", cast.kaisa.follow(cast.kaisa.get("/")).request.path)[1]
    assert f"/o/{at}/handbook/plain/of/lumo" in cast.kaisa.get(f"/o/{at}/today").text
    assert "Soitamme sinulle." in cast.kaisa.get(f"/o/{at}/handbook/plain/of/lumo/partnership").text
    assert cast.kaisa.get(f"/o/{at}/handbook/plain/of/nobody").status_code == 404
    assert cast.aino.get("/o/lumo/handbook/plain/of/lumo").status_code == 404


def test_no_markup_of_a_writer_reaches_a_reader(cast):
    saved(cast.aino, "<script>alert(1)</script> [x](javascript:alert(1))")
    text = cast.ville.get(f"{PLAIN}/partnership").text
    assert "<script>alert" not in text and 'href="javascript' not in text


# --- what a version held


def test_an_earlier_version_reads_as_it_was(fresh, cast):
    with fresh.app.app_context():
        from parasta_saas.cli.demo.acting import acting_as

        with acting_as("aino") as aino:
            step = manuals.manual_of(aino).entry("matching").national
            services.publish_instruction(aino, step, version=0, guidance={}, note={"fi": "Uusi tapa."}, local_role={})
            events.commit()
        scope.leave()
    number = int(re.search(r"Käsikirja (\d+)", cast.aino.get(BOOK).text)[1])
    assert "Uusi tapa." in cast.aino.get(BOOK).text
    assert "Uusi tapa." in cast.aino.get(f"{BOOK}?version={number}").text
    assert "Uusi tapa." not in cast.aino.get(f"{BOOK}?version={number - 1}").text
