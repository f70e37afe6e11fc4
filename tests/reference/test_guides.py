"""The knowledge bank: found by everyone, written by the national body, shown at its steps, nothing lost."""

import re

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.errors import Conflict
from parasta_saas.reference.queries import guides as queries
from parasta_saas.reference.schemas.guides import is_web_address
from parasta_saas.reference.services import guides as services
from tests.visitor import form_key

LIBRARY, DESK = "/reference/guides", "/o/viitemalli/studio/guides"
FORM = {
    "edition": "1", "version": "0", "kind": "guide", "title_fi": "Näytön iltapäivä", "title_sv": "Yrkesprovets dag",
    "summary_fi": "Miten iltapäivä kulkee.", "summary_sv": "Hur dagen går.", "body_fi": "Ensin **kahvit**.",
    "body_sv": "Först kaffe.", "steps": ["contact-response"], "roles": ["teacher"], "then": "publish",
}  # fmt: skip
KEY = "nayton-iltapaiva"


def titles(answer) -> list[str]:
    return re.findall(r'<h2 class="h">.*?<a [^>]*>([^<]+)</a>', answer.text)


def statements(fresh) -> list[str]:
    return [line for line in fresh.statements if "set_config" not in line]


@pytest.mark.parametrize(
    ("who", "base"),
    [("tapio", "/o/viitemalli"), ("aino", "/o/lumo"), ("matti", "/o/paja"), ("ville", "/o/lumo"), ("nobody", "")],
)
def test_everyone_reads_the_library_and_its_guides(cast, who, base):
    visitor = getattr(cast, who)
    answer = visitor.get(f"{base}{LIBRARY}")
    assert answer.status_code == 200 and len(titles(answer)) == 16
    assert f'href="{base}{LIBRARY}/first-meeting"' in answer.text
    assert "Ensimmäinen tapaaminen kestää yleensä puoli tuntia" in visitor.get(f"{base}{LIBRARY}/first-meeting").text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=ensimm%C3%A4inen+TAPAAMINEN", "Ensimmäinen tapaaminen työpaikan kanssa"),
        ("?q=ensimmainen+tapaaminen", "Ensimmäinen tapaaminen työpaikan kanssa"),
        ("?q=forsta+motet", "Ensimmäinen tapaaminen työpaikan kanssa"),
        ("?q=checklist", "Ensimmäinen tapaaminen työpaikan kanssa"),
    ],
)
def test_words_are_found_in_any_language_with_or_without_accents(cast, query, found):
    for htmx in (False, True):
        answer = cast.nobody.get(LIBRARY + query, htmx=htmx)
        assert found in titles(answer) and len(titles(answer)) < 16


def test_the_library_is_narrowed_by_kind_phase_and_role(cast):
    assert len(titles(cast.nobody.get(f"{LIBRARY}?kind=form"))) == 2
    assert 0 < len(titles(cast.nobody.get(f"{LIBRARY}?role=teacher"))) < 16
    phases = re.findall(r'<option value="([a-z-]+)"', cast.nobody.get(LIBRARY).text.split('id="f-phase"')[1])[:9]
    found = [len(titles(cast.nobody.get(f"{LIBRARY}?phase={key}"))) for key in phases]
    assert len(found) == 9 and all(count < 16 for count in found) and sum(found) >= 16


@pytest.mark.parametrize("query", ["?kind=poem", "?phase=nowhere", "?role=emperor", "?q=+", "?nothing=1"])
def test_a_word_that_means_nothing_narrows_nothing(cast, query):
    assert len(titles(cast.nobody.get(LIBRARY + query))) == 16


def test_nothing_found_is_said_with_a_way_out(cast):
    answer = cast.nobody.get(f"{LIBRARY}?q=astronautti")
    assert "Opasta ei löytynyt" in answer.text and f'href="{LIBRARY}"' in answer.text


def test_an_empty_library_says_so(fresh, cast):
    with fresh.superuser_connection() as above:
        above.execute("delete from reference_guide")
    fresh.dirty = True
    assert "Ei vielä oppaita" in cast.nobody.get(LIBRARY).text
    assert "Kirjoita ensimmäinen opas" in cast.nelli.get(DESK).text
    assert 'class="guides"' not in cast.nobody.get("/reference/contact-response").text


@pytest.mark.parametrize("htmx", [False, True])
def test_nelli_writes_a_guide_and_it_stands_at_its_step_at_once(cast, htmx):
    page = cast.nelli.get(f"{DESK}/new")
    answer = cast.nelli.post(DESK, {**FORM, "_key": form_key(page)}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    shown = cast.nobody.get(f"{LIBRARY}/{KEY}").text
    assert "<strong>kahvit</strong>" in shown and "Julkaisu 1," in shown
    for address, visitor in (("/reference/contact-response", cast.nobody), ("/o/lumo/map/contact-response", cast.eero)):
        assert "Näytön iltapäivä" in visitor.get(address).text
    assert "Näytön iltapäivä" in cast.aino.get("/o/lumo/map/contact-response/edit").text
    assert "Näytön iltapäivä" not in cast.nobody.get("/reference/matching").text


def test_a_draft_is_seen_in_the_studio_only(cast):
    assert cast.nelli.post(DESK, {**FORM, "then": "keep"}).status_code == 303
    assert "Julkaisu 1" in cast.tapio.get(DESK).text
    assert cast.nobody.get(f"{LIBRARY}/{KEY}").status_code == 404
    assert "Näytön iltapäivä" not in cast.nobody.get(LIBRARY).text
    assert "Ensin **kahvit**." in cast.tapio.get(f"{DESK}/{KEY}").text
    answer = cast.tapio.post(f"{DESK}/{KEY}", {**FORM, "version": "1", "body_fi": "Ensin teetä."})
    assert answer.status_code == 303 and "Ensin teetä." in cast.nobody.get(f"{LIBRARY}/{KEY}").text


def test_a_change_is_the_next_edition_and_the_earlier_one_stays_at_its_address(fresh, cast):
    cast.nelli.post(DESK, FORM)
    assert 'name="edition" value="2"' in cast.nelli.get(f"{DESK}/{KEY}").text
    changed = {**FORM, "edition": "2", "body_fi": "Ensin mehua."}
    assert cast.nelli.post(f"{DESK}/{KEY}", changed).status_code == 303
    assert "Ensin mehua." in cast.nobody.get(f"{LIBRARY}/{KEY}").text
    first = cast.nobody.get(f"{LIBRARY}/{KEY}/1").text
    assert "kahvit" in first and "Tämä on aiempi julkaisu." in first
    assert cast.nobody.get(f"{LIBRARY}/{KEY}/3").status_code == 404
    assert titles(cast.nobody.get(LIBRARY)).count("Näytön iltapäivä") == 1
    with fresh.superuser_connection() as above, pytest.raises(Exception, match="stays as it is"):
        above.execute("update reference_guide set title = '{}' where key = %s", (KEY,))


def test_a_withdrawn_guide_leaves_its_steps_and_comes_back(cast):
    cast.nelli.post(DESK, FORM)
    for htmx in (False, True):
        answer = cast.nelli.post(f"{DESK}/{KEY}/withdrawal", {}, htmx=htmx)
        assert answer.status_code == (200 if htmx else 303)
        assert cast.nelli.post(f"{DESK}/{KEY}/withdrawal", {}).status_code == 409
        for address in (LIBRARY, "/reference/contact-response"):
            assert "Näytön iltapäivä" not in cast.nobody.get(address).text
        assert "on poistettu kirjastosta" in cast.nobody.get(f"{LIBRARY}/{KEY}").text
        assert cast.nelli.post(f"{DESK}/{KEY}/return", {}, htmx=htmx).status_code == (200 if htmx else 303)
        assert cast.nelli.post(f"{DESK}/{KEY}/return", {}).status_code == 409
        assert "Näytön iltapäivä" in cast.nobody.get(LIBRARY).text


def test_a_key_is_never_used_again(cast):
    for _ in range(2):
        assert cast.nelli.post(DESK, FORM).status_code == 303
    assert cast.nobody.get(f"{LIBRARY}/{KEY}-2").status_code == 200
    assert cast.nelli.post(DESK, {**FORM, "title_fi": "New"}).status_code == 303
    assert cast.nobody.get(f"{LIBRARY}/new-2").status_code == 200
    assert cast.nelli.post(DESK, {**FORM, "title_fi": "***"}).status_code == 303
    assert cast.nobody.get(f"{LIBRARY}/guide").status_code == 200


def test_two_writers_can_not_overwrite_each_other(cast):
    cast.nelli.post(DESK, {**FORM, "then": "keep"})
    assert cast.tapio.post(f"{DESK}/{KEY}", {**FORM, "version": "1", "body_fi": "Tapion."}).status_code == 303
    for version, edition in (("1", "1"), ("1", "2"), ("2", "1")):
        form = {**FORM, "version": version, "edition": edition, "body_fi": "Nellin sanat."}
        answer = cast.nelli.post(f"{DESK}/{KEY}", form)
        assert answer.status_code == 422
        assert "Joku muutti tätä opasta" in answer.text and "Nellin sanat." in answer.text


def test_a_double_click_makes_one_guide(cast):
    form = {**FORM, "_key": form_key(cast.nelli.get(f"{DESK}/new"))}
    assert [cast.nelli.post(DESK, form).status_code for _ in range(2)] == [303, 303]
    assert cast.nobody.get(f"{LIBRARY}/{KEY}-2").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_sv": ""}, "title_sv"),
        ({"summary_fi": " "}, "summary_fi"),
        ({"body_sv": ""}, "body_sv"),
        ({"kind": "video"}, "url_fi"),
        ({"kind": "form", "body_fi": ""}, "body_fi"),
        ({"kind": "poem"}, "kind"),
        ({"url_fi": "javascript:alert(1)"}, "url_fi"),
        ({"url_fi": "http://example.org/"}, "url_fi"),
        ({"url_fi": "https://user:word@example.org/"}, "url_fi"),
        ({"steps": ["no-such-step"]}, "steps"),
        ({"roles": ["emperor"]}, "roles"),
        ({"steps": ["contact-response"] * 90}, "steps"),
        ({"body_fi": "ä" * 20_001}, "body_fi"),
        ({"title_fi": "ä" * 121}, "title_fi"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_can_not_be_used_is_told_beside_the_field_and_kept(cast, changed, field, htmx):
    answer = cast.nelli.post(DESK, {**FORM, "title_en": "As I wrote it", **changed}, htmx=htmx)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text and "As I wrote it" in answer.text
    assert "Näytön iltapäivä" not in cast.nobody.get(LIBRARY).text


def test_ten_megabytes_are_refused(cast):
    assert cast.nelli.post(DESK, {**FORM, "body_fi": "a" * 10_000_000}).status_code == 422
    assert cast.nelli.post(DESK, {**FORM, "body_fi": "a" * 13_000_000}).status_code == 413


def test_script_in_a_guide_is_text(cast):
    body = "<script>alert(1)</script> [paha](javascript:alert(2)) <img src=x onerror=alert(3)>"
    cast.nelli.post(DESK, {**FORM, "body_fi": body, "title_fi": "<b>Näytön</b>", "summary_fi": "<i>x</i>"})
    for address in (LIBRARY, f"{LIBRARY}/b-nayton-b", "/reference/contact-response"):
        text = cast.nobody.get(address).text
        assert "<script>alert" not in text and '="javascript:' not in text and "<img" not in text
        assert "<b>Näytön" not in text and "<i>x" not in text


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://example.org/a?b=1#c", True),
        ("https://esimerkki.example:8443/å", True),
        ("https:///a", False),
        ("https://localhost", False),
        ("//example.org", False),
        ("https://example.org/\nx", False),
        ("https://example.org:99999/", False),
        ("https://[::1", False),
        ('https://example.org/"onclick=', False),
        ("data:text/html,x", False),
        ("JAVASCRIPT:alert(1)//https://a.fi", False),
    ],
)
def test_only_a_whole_https_address_is_a_web_address(address, may):
    assert is_web_address(address) is may


@pytest.mark.parametrize("who", ["aino", "matti", "ville", "siiri"])
def test_for_everyone_else_there_is_no_desk(cast, who):
    visitor = getattr(cast, who)
    place = {"aino": "lumo", "matti": "paja", "ville": "lumo", "siiri": "kaari"}[who]
    for base in (DESK, DESK.replace("viitemalli", place)):
        for path in ("", "/new", "/first-meeting"):
            assert visitor.get(base + path).status_code == 404
        for path in ("", "/first-meeting", "/first-meeting/withdrawal", "/first-meeting/return"):
            assert visitor.post(base + path, FORM).status_code == 404
    assert len(titles(cast.nobody.get(LIBRARY))) == 16


@pytest.mark.parametrize("path", ["/no-such", "/%00", "/first-meeting/99", "/first-meeting/0"])
def test_what_is_not_there_is_not_found(cast, path):
    assert cast.nobody.get(LIBRARY + path).status_code == 404
    assert cast.nelli.get(DESK + path).status_code in (404, 405)


def test_publishing_twice_is_a_conflict(fresh):
    with acting_as("nelli") as nelli:
        current, _draft = queries.guide_for(nelli, "first-meeting")
        with pytest.raises(Conflict):
            services.publish_guide(nelli, current)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_speak_three_languages_and_mark_a_text_that_falls_back(cast, language):
    cast.nelli.post(DESK, FORM)
    for path in (LIBRARY, f"{LIBRARY}/{KEY}", "/reference/contact-response"):
        text = cast.nobody.get(path, headers={"Accept-Language": language}).text
        assert ("Yrkesprovets dag" if language == "sv" else "Näytön iltapäivä") in text
        assert ("in Finnish" in text) == (language == "en")
    for path in ("", "/new", f"/{KEY}"):
        assert cast.nelli.get(DESK + path, headers={"Accept-Language": language}).status_code == 200


def test_the_pages_cost_the_same_however_many_guides_there_are(fresh, cast):
    def spent(visitor, path):
        visitor.get(path)
        fresh.statements.clear()
        assert visitor.get(path).status_code == 200
        return len(statements(fresh))

    costs = ((cast.nobody, LIBRARY, 4), (cast.nobody, f"{LIBRARY}/first-meeting", 4), (cast.nelli, DESK, 4),
             (cast.nobody, "/reference/contact-response", 5), (cast.nobody, "/reference", 3))  # fmt: skip
    before = [spent(visitor, path) for visitor, path, _limit in costs]
    assert all(cost <= limit for cost, (_v, _p, limit) in zip(before, costs, strict=True)), before
    for number in range(12):
        cast.nelli.post(DESK, {**FORM, "title_fi": f"Opas {number}"})
    assert [spent(visitor, path) for visitor, path, _limit in costs] == before
