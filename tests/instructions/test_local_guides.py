"""A provider's own guides: beside the national ones, of nobody else, taken away and had back."""

import html
import re

import pytest

from tests.instructions.pages import statements
from tests.visitor import form_key

GUIDES, STEP = "/o/lumo/guides", "/o/lumo/map/contact-response"
FORM = {
    "version": "0", "kind": "guide", "title_fi": "Avaimen palautus", "body_fi": "Vie avain **vahtimestarille**.",
    "title_sv": "Nyckeln tillbaka", "body_sv": "Ge nyckeln till vaktmästaren.", "steps": ["contact-response"],
}  # fmt: skip


def added(visitor, base=GUIDES, **changed) -> str:
    """Add a guide; its address."""
    answer = visitor.post(base, {**FORM, **changed})
    assert answer.status_code == 303
    return answer.location


def test_the_step_shows_own_guides_first_and_marked_then_the_national_ones(cast):
    cards = re.findall(r"<b[^>]*>([^<]+)</b><small>([^<]+)</small>", cast.aino.get(STEP).text)
    assert cards[:2] == [("Ensimmäinen puhelu", "Oma · Opas"), ("Yhteydenottolomake", "Oma · Lomake")]
    assert ("Ensimmäinen tapaaminen työpaikan kanssa", "Kansallinen · Opas") in cards[2:]
    assert "Ensimmäinen puhelu" in cast.aino.get(f"{STEP}/edit").text
    assert "Ensimmäinen puhelu" not in cast.aino.get("/o/lumo/map/matching").text


@pytest.mark.parametrize("who", ["aino", "kerttu", "eero", "ville", "mirja"])
def test_everyone_at_the_provider_reads_them(cast, who):
    visitor = getattr(cast, who)
    text = visitor.get(GUIDES).text
    assert "Ensimmäinen puhelu" in text and "Ensimmäinen tapaaminen" in text
    assert ("Lisää oma opas" in text) == (who == "aino")
    assert "Soita numerosta" in visitor.get(re.search(rf'"({GUIDES}/[0-9a-f-]{{36}})"', text)[1]).text


@pytest.mark.parametrize("htmx", [False, True])
def test_aino_adds_a_guide_and_it_stands_at_its_step_at_once(cast, htmx):
    page = cast.aino.get(f"{GUIDES}/new?step=contact-response")
    assert 'value="contact-response" checked' in page.text
    answer = cast.aino.post(GUIDES, {**FORM, "_key": form_key(page)}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    at = answer.headers["HX-Redirect"] if htmx else answer.location
    assert "<strong>vahtimestarille</strong>" in cast.eero.get(at).text
    assert "Avaimen palautus" in cast.eero.get(STEP).text
    cast.eero.post("/language", {"language": "sv"})
    assert "Nyckeln tillbaka" in cast.eero.get(STEP).text


def test_a_guide_is_changed_and_a_second_writer_is_told(cast):
    at = added(cast.aino)
    assert "Vie avain **vahtimestarille**." in html.unescape(cast.aino.get(f"{at}/edit").text)
    changed = {**FORM, "version": "1", "title_fi": "Avain takaisin"}
    assert cast.aino.post(at, changed).status_code == 303
    assert "Avain takaisin" in cast.aino.get(STEP).text
    for htmx in (False, True):
        answer = cast.aino.post(at, {**changed, "body_fi": "Myöhässä."}, htmx=htmx)
        assert answer.status_code == 422
        assert "Joku muutti tätä opasta" in answer.text and "Myöhässä." in answer.text


def test_a_removed_guide_leaves_its_steps_and_is_had_back(cast):
    at = added(cast.aino)
    for htmx in (False, True):
        assert cast.aino.post(f"{at}/removal", {}, htmx=htmx).status_code == (200 if htmx else 303)
        assert cast.aino.post(f"{at}/removal", {}).status_code == 409
        assert cast.aino.post(at, {**FORM, "version": "2"}).status_code == 409
        assert "Avaimen palautus" not in cast.eero.get(STEP).text
        assert "Avaimen palautus" not in cast.eero.get(GUIDES).text and cast.eero.get(at).status_code == 404
        assert "Poistetut omat oppaat" in cast.aino.get(GUIDES).text and cast.aino.get(at).status_code == 200
        assert cast.aino.post(f"{at}/return", {}, htmx=htmx).status_code == (200 if htmx else 303)
        assert cast.aino.post(f"{at}/return", {}).status_code == 409
        assert "Avaimen palautus" in cast.eero.get(STEP).text


def test_who_may_not_write_is_refused(cast):
    at = added(cast.aino)
    for who in ("kerttu", "eero", "ville"):
        visitor = getattr(cast, who)
        for path in ("/new", at.removeprefix(GUIDES) + "/edit"):
            assert visitor.get(GUIDES + path).status_code == 403
        for path in (GUIDES, at, f"{at}/removal"):
            assert visitor.post(path, FORM).status_code == 403
    assert "Avaimen palautus" in cast.aino.get(STEP).text


def test_nobody_elses_guides_are_there(cast):
    at = added(cast.aino)
    for who, base in (("siiri", "/o/kaari"), ("stina", "/o/fjarden")):
        visitor = getattr(cast, who)
        assert "Avaimen palautus" not in visitor.get(f"{base}/guides").text
        assert "Avaimen palautus" not in visitor.get(f"{base}/map/contact-response").text
        there = at.replace("/o/lumo", base)
        for path in (there, f"{there}/edit"):
            assert visitor.get(path).status_code == 404
        for path in (there, f"{there}/removal", f"{there}/return"):
            assert visitor.post(path, FORM).status_code == 404
    for who, base in (("tapio", "/o/viitemalli"), ("kaisa", "/o/kahvila-kanerva")):
        visitor = getattr(cast, who)
        assert visitor.get(f"{base}/guides").status_code == 404
        assert visitor.post(f"{base}/guides", FORM).status_code in (403, 404)
    assert "Avaimen palautus" not in cast.nobody.get("/reference/contact-response").text


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title_fi": ""}, "title_fi"),
        ({"title_sv": "", "title_fi": "", "body_fi": "", "body_sv": ""}, "title_sv"),
        ({"body_fi": ""}, "body_fi"),
        ({"kind": "link"}, "url_fi"),
        ({"kind": "link", "url_fi": "javascript:alert(1)", "url_sv": "https://a.example"}, "url_fi"),
        ({"steps": ["no-such-step"]}, "steps"),
        ({"body_fi": "ä" * 20_001}, "body_fi"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_what_can_not_be_used_is_told_beside_the_field_and_kept(cast, changed, field, htmx):
    answer = cast.aino.post(GUIDES, {**FORM, "summary_sv": "Som jag skrev.", **changed}, htmx=htmx)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text and "Som jag skrev." in answer.text
    assert "Avaimen palautus" not in cast.aino.get(GUIDES).text


def test_an_empty_guide_is_refused(cast):
    answer = cast.aino.post(GUIDES, {"version": "0", "kind": "guide"})
    assert answer.status_code == 422 and "Anna oppaalle otsikko." in answer.text


def test_one_language_is_enough_and_says_so(cast):
    added(cast.aino, title_fi="", body_fi="")
    text = cast.aino.get(STEP).text
    assert '<b lang="sv">Nyckeln tillbaka</b>' in text and "ruotsiksi" in text


def test_a_swedish_only_provider_writes_in_swedish(cast):
    assert "title_fi" not in cast.stina.get("/o/fjarden/guides/new").text
    at = added(cast.stina, "/o/fjarden/guides")
    cast.stina.post("/language", {"language": "fi"})
    text = cast.stina.get(at).text
    assert "Nyckeln tillbaka" in text and "Avaimen palautus" not in text  # Finnish is no working language there


def test_a_double_click_makes_one_guide(cast):
    form = {**FORM, "_key": form_key(cast.aino.get(f"{GUIDES}/new"))}
    assert [cast.aino.post(GUIDES, form).status_code for _ in range(2)] == [303, 303]
    assert cast.aino.get(GUIDES).text.count("Avaimen palautus") == 1


def test_guides_are_searched_together_and_an_empty_shelf_says_so(cast):
    for htmx in (False, True):
        text = cast.aino.get(f"{GUIDES}?q=forsta+samtalet", htmx=htmx).text
        assert "Ensimmäinen puhelu" in text and "Yhteydenottolomake" not in text
        text = cast.aino.get(f"{GUIDES}?q=astronautti", htmx=htmx).text
        assert "Mikään omista oppaistamme" in text and "Mikään kansallinen opas" in text
    assert "Ei vielä omia oppaita" in cast.siiri.get("/o/kaari/guides").text


def test_script_in_a_guide_is_text(cast):
    at = added(cast.aino, body_fi="<script>alert(1)</script> [x](javascript:alert(2))", title_fi="<b>Avain</b>")
    for path in (at, GUIDES, STEP):
        text = cast.aino.get(path).text
        assert "<script>alert" not in text and '="javascript:' not in text and "<b>Avain" not in text


def test_the_pages_cost_the_same_however_many_guides_there_are(fresh, cast):
    at = added(cast.aino)
    paths = ((GUIDES, 8), (at, 8), (f"{GUIDES}/new", 8), ("/o/lumo/map/goals-and-tasks", 14), ("/o/lumo/map", 8))

    def spent():
        return [statements(fresh, lambda path=path: cast.aino.get(path))[0] for path, _limit in paths]

    spent()
    before = spent()
    assert all(cost <= limit for cost, (_p, limit) in zip(before, paths, strict=True)), before
    for _ in range(10):
        added(cast.aino, steps=["contact-response", "goals-and-tasks"])
    assert spent() == before


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_speak_three_languages(cast, language):
    at = added(cast.aino)
    cast.aino.post("/language", {"language": language})
    for path in (GUIDES, f"{GUIDES}/new", at, f"{at}/edit"):
        assert cast.aino.get(path).status_code == 200
