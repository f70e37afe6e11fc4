"""Writing, publishing, withdrawing and taking back what a provider says of its own on a step."""

import pytest

from tests.instructions.pages import typed
from tests.instructions.test_map import book_at

STEP = "/o/lumo/map/contact-response"
NEW = "/o/lumo/map/matching"
MINIMUM = "Jokainen työpaikan yhteydenotto saa nimetyn yhteyshenkilön ja vastauksen."


@pytest.fixture
def edition(fresh):
    """The number of Lumo's handbook before the test."""
    return book_at("aino").edition


def publish(visitor, step, *, htmx=False, **words):
    """Open the form, change these fields, press the button."""
    return visitor.post(f"{step}/edit", {**typed(visitor.get(f"{step}/edit")), **words}, htmx=htmx)


@pytest.mark.parametrize("htmx", [False, True])
def test_what_is_published_is_in_force_at_once(cast, edition, htmx):
    form = typed(cast.aino.get(f"{NEW}/edit"))
    assert form["guidance_fi"].startswith("Vertaa työpaikan tehtäviä")
    assert form["guidance_sv"]
    words = {
        "guidance_fi": form["guidance_fi"] + " Soita molemmille.",
        "note_fi": "Teemme tämän **tiistaisin**.",
        "note_sv": "Vi gör det här på tisdagar.",
        "time_limit_value": "5",
        "local_role_fi": "Kumppanuustiimi",
    }
    answer = publish(cast.aino, NEW, htmx=htmx, **words)
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == ((200, NEW) if htmx else (303, None))
    text = cast.eero.get(NEW).text
    assert '<span class="s-ours">Soita molemmille.</span>' in text
    assert "<strong>tiistaisin</strong>" in text
    assert "Aikaraja on meillä tiukempi: 5 arkipäivää" in text
    assert "Kumppanuustiimi" in text
    assert "Julkaistu. Kaikki näkevät sen nyt" in cast.aino.get(NEW).text or htmx
    assert f"Käsikirja {edition + 1}," in cast.aino.get("/o/lumo/map").text


def test_publishing_is_told_in_the_log_and_kept_as_an_edition(fresh, cast):
    publish(cast.aino, NEW, note_fi="Näin me toimimme.")
    with fresh.superuser_connection() as connection:
        edition = connection.execute(
            "select edition, published_by, reason, overlay from instruction_edition where step_key = 'matching'"
        ).fetchall()
        logged = connection.execute(
            "select count(*) from audit_entry where name = 'instructions.instruction_published'"
            " and body->>'step_key' = 'matching'"
        ).fetchone()
    assert edition == [(1, "Aino Alanko", "edited", {"note": {"fi": "Näin me toimimme."}})]
    assert logged == (1,)


def test_the_same_text_publishes_nothing_and_says_so(cast, edition):
    answer = publish(cast.aino, STEP)
    assert answer.status_code == 303
    assert "mitään ei julkaistu" in cast.aino.get(answer.location).text
    assert f"Käsikirja {edition}," in cast.aino.get("/o/lumo/map").text


def test_an_emptied_guidance_runs_as_national_again(cast):
    publish(cast.aino, STEP, guidance_fi="")
    text = cast.aino.get(STEP).text
    assert "soita aina ensin" not in text.split("Historia")[0]
    assert "Vastaa samaa kanavaa pitkin" in text


@pytest.mark.parametrize("who", ["kerttu", "eero", "oskari", "sanni", "ville", "mirja"])
def test_only_the_process_owner_writes(cast, who):
    visitor = getattr(cast, who)
    words = {**typed(cast.aino.get(f"{STEP}/edit")), "note_fi": "Toisin."}
    assert visitor.get(f"{STEP}/edit").status_code == 403
    assert visitor.post(f"{STEP}/edit", words).status_code == 403
    assert visitor.post(f"{STEP}/preview", words).status_code == 403
    assert visitor.post(f"{STEP}/withdrawal", {"version": words["version"]}).status_code == 403
    assert visitor.post(f"{STEP}/editions/1/return", {"version": words["version"]}).status_code == 403
    assert "Toisin." not in cast.aino.get(STEP).text


@pytest.mark.parametrize("path", ["edit", "preview", "withdrawal", "editions/1/return"])
def test_another_providers_step_can_not_be_reached(cast, path):
    assert cast.siiri.post(f"{STEP}/{path}", {"version": "1", "note_fi": "Toisin."}).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_a_loosened_limit_is_refused_with_what_is_permitted_and_the_words_are_kept(cast, htmx):
    answer = publish(cast.aino, STEP, htmx=htmx, time_limit_value="5", note_fi="Tämä teksti säilyy.")
    assert answer.status_code == 422
    assert "Kirjoita 1–2. Kansallinen raja on 2 arkipäivää yhteydenotosta" in answer.text
    assert 'value="5"' in answer.text
    assert "Tämä teksti säilyy." in answer.text
    assert ("<html" in answer.text) is not htmx
    assert htmx or MINIMUM in answer.text
    assert "Tämä teksti säilyy." not in cast.aino.get(STEP).text


@pytest.mark.parametrize(
    ("value", "said"), [("0", "Kirjoita 1–2."), ("-1", "Kirjoita 1–2."), ("kaksi", "kokonaisluku")]
)
def test_a_wrong_number_stays_in_its_field_with_an_instruction(cast, value, said):
    answer = publish(cast.aino, STEP, time_limit_value=value)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{value}"' in answer.text


def test_a_limit_before_a_moment_is_tightened_by_a_larger_number(cast):
    step = "/o/lumo/map/planning-invite"
    assert publish(cast.aino, step, time_limit_value="3").status_code == 422
    assert publish(cast.aino, step, time_limit_value="10").status_code == 303
    assert "Aikaraja on meillä tiukempi: 10 arkipäivää" in cast.aino.get(step).text


def test_a_limit_that_is_the_same_for_all_has_no_field(cast):
    step = "/o/lumo/map/safety-check"
    assert 'name="time_limit_value"' not in cast.aino.get(f"{step}/edit").text
    answer = publish(cast.aino, step, time_limit_value="3")
    assert answer.status_code == 422
    assert "Jätä oma raja tyhjäksi" in answer.text


def test_ten_megabytes_are_refused_with_an_instruction_and_kept(cast):
    answer = publish(cast.aino, STEP, note_fi="a" * 10_000_000)
    assert answer.status_code == 422
    assert "Lyhennä teksti 10000 merkkiin" in answer.text
    assert "a" * 10_000_000 in answer.text


def test_html_and_script_in_the_text_are_shown_as_words(cast):
    evil = "<script>alert(1)</script> <img src=x onerror=alert(2)> [paina](javascript:alert(3)) **lihava**"
    guidance = typed(cast.aino.get(f"{NEW}/edit"))["guidance_fi"] + f" {evil}"
    publish(cast.aino, NEW, note_fi=evil, guidance_fi=guidance, local_role_fi="<b>Rooli</b>")
    text = cast.aino.get(NEW).text
    assert "<script>alert" not in text
    assert "<img" not in text
    assert 'href="javascript' not in text
    assert "&lt;b&gt;Rooli" in text
    assert "<strong>lihava</strong>" in text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_preview_shows_the_text_and_publishes_nothing(cast, htmx):
    form = typed(cast.aino.get(f"{NEW}/edit"))
    if htmx:
        form.pop("_key")  # the page sends it with the publication only
    form |= {"note_fi": "Teemme tämän *yhdessä*.", "guidance_fi": form["guidance_fi"] + " Soita molemmille."}
    answer = cast.aino.post(f"{NEW}/preview", form, htmx=htmx)
    assert answer.status_code == 200
    assert "<em>yhdessä</em>" in answer.text
    assert '<span class="s-ours">Soita molemmille.</span>' in answer.text
    assert htmx or ("Teemme tämän *yhdessä*." in answer.text and "Työpaikan tehtäviä verrataan" in answer.text)
    assert "yhdessä" not in cast.aino.get(NEW).text.split("Historia")[0].split("Näin meillä")[1]


@pytest.mark.parametrize("htmx", [False, True])
def test_of_two_tabs_the_second_sees_both_texts_and_may_publish_again(cast, htmx):
    mine, other = typed(cast.aino.get(f"{STEP}/edit")), typed(cast.aino.get(f"{STEP}/edit"))
    assert cast.aino.post(f"{STEP}/edit", {**other, "note_fi": "Toisen välilehden teksti."}).status_code == 303
    answer = cast.aino.post(f"{STEP}/edit", {**mine, "note_fi": "Minun tekstini."}, htmx=htmx)
    to = answer.headers.get("HX-Redirect") or answer.location
    page = cast.aino.get(to).text
    assert "Minun tekstini." in page and "Toisen välilehden teksti." in page
    assert "Minun tekstini." not in cast.aino.get(STEP).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    ways = {f"way_{n}": "mine" for n in range(page.count("Mikä jää?"))}
    assert cast.aino.post(to, {"seen": seen, "wants": "publish", **ways}).status_code == 303
    assert "Minun tekstini." in cast.aino.get(STEP).text


def test_two_first_publications_of_one_step_meet_and_the_second_is_asked(cast):
    mine, other = typed(cast.aino.get(f"{NEW}/edit")), typed(cast.aino.get(f"{NEW}/edit"))
    assert cast.aino.post(f"{NEW}/edit", {**other, "note_fi": "Ensimmäinen."}).status_code == 303
    assert "/meetings/" in cast.aino.post(f"{NEW}/edit", {**mine, "note_fi": "Toinen."}).location
    assert "Toinen." not in cast.aino.get(NEW).text


def test_a_double_click_publishes_once(cast, edition):
    form = {**typed(cast.aino.get(f"{NEW}/edit")), "note_fi": "Kerran."}
    assert cast.aino.post(f"{NEW}/edit", form).status_code == 303
    assert cast.aino.post(f"{NEW}/edit", form).status_code == 303
    assert f"Käsikirja {edition + 1}," in cast.aino.get("/o/lumo/map").text


def test_a_withdrawn_text_is_in_the_history_and_can_be_taken_back(cast):
    version = typed(cast.aino.get(f"{STEP}/edit"))["version"]
    assert cast.aino.post(f"{STEP}/withdrawal", {"version": version}).status_code == 303
    text = cast.aino.get(STEP).text
    assert "Tässä askeleessa toimimme kansallisen ohjeen mukaan." in text
    assert "Takaisin kansalliseen tekstiin" in text
    kept = cast.aino.get(f"{STEP}/editions/2").text
    assert "Päivystäjä vaihtuu viikoittain" in kept
    assert "Ota tämä takaisin" in kept
    assert cast.aino.post(f"{STEP}/editions/2/return", {"version": int(version) + 1}).status_code == 303
    text = cast.aino.get(STEP).text
    assert "soita aina ensin" in text
    assert "Aiempi julkaisu otettu takaisin" in text


def test_withdrawing_twice_or_on_an_old_version_is_a_conflict(cast):
    version = int(typed(cast.aino.get(f"{STEP}/edit"))["version"])
    assert cast.aino.post(f"{STEP}/withdrawal", {"version": version + 7}).status_code == 409
    assert cast.aino.post(f"{STEP}/withdrawal", {}).status_code == 409
    assert cast.aino.post(f"{STEP}/withdrawal", {"version": version}).status_code == 303
    assert cast.aino.post(f"{STEP}/withdrawal", {"version": version + 1}).status_code == 409


def test_a_swedish_only_provider_writes_in_swedish_alone(cast):
    cast.stina.post("/language", {"language": "sv"})
    step = "/o/fjarden/map/mid-review"
    form = typed(cast.stina.get(f"{step}/edit"))
    assert "guidance_sv" in form
    assert not {"guidance_fi", "note_fi", "local_role_fi"} & set(form)
    answer = publish(cast.stina, step, note_sv="Samtalet hålls på arbetsplatsen.", note_fi="Ei tänne.")
    assert answer.status_code == 303
    text = cast.stina.get(step).text
    assert "Samtalet hålls på arbetsplatsen." in text
    assert "Ei tänne." not in text
    assert "Publicerat. Nu ser alla det" in text


def test_a_visit_writes_nothing(fresh, cast):
    cast.aino.get(STEP)
    fresh.statements.clear()
    for path in ("/o/lumo/map", STEP, f"{STEP}/edit", f"{STEP}/editions/1"):
        cast.aino.get(path)
    assert not [s for s in fresh.statements if s.lstrip().lower().startswith(("insert", "update", "delete"))]
