"""The studio: the national body writes, another role publishes, nobody else is let in."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.reference import queries
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"
LATER = (today() + timedelta(days=90)).isoformat()


@pytest.fixture
def draft(fresh):
    with acting_as("nelli") as nelli:
        return f"{HOME}/{next(r.id for r in queries.releases_of(nelli) if not r.released)}"


def texts(draft_page, **changed):
    """The form of a step as a browser would send it."""
    with acting_as("nelli") as nelli:
        step = queries.step_for(nelli, draft_page.rsplit("/", 1)[1], "mid-review")
        stored = {
            f"{field}_{code}": text
            for field in ("guidance", "minimum", "name")
            for code, text in getattr(step, field).items()
        }
        return {**stored, "version": step.version, **changed}


def in_force(fresh) -> str:
    with acting_as("aino"):
        return queries.current_release().number


@pytest.mark.parametrize("htmx", [False, True])
def test_tapio_publishes_what_nelli_prepared_with_two_presses(fresh, cast, draft, htmx):
    page = cast.tapio.get(draft)
    assert "12 askelta muuttuu versioon 1.0 verrattuna" in page.text and "Julkaise versio 1.1" in page.text
    form = {"transition_until": LATER, "_key": form_key(page)}
    answer = cast.tapio.post(f"{draft}/publication", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert in_force(fresh) == "1.1"
    shown = cast.tapio.get(draft).text
    assert "Ei voi muuttaa" in shown and "Julkaise versio" not in shown and "Muokkaa tätä askelta" not in shown
    assert "Viitemalli 1.1" in cast.nobody.get("/reference").text
    assert "Aiempi versio" in cast.nobody.get("/reference?release=1.0").text


def test_publishing_twice_is_a_conflict(cast, draft):
    assert cast.tapio.post(f"{draft}/publication", {"transition_until": LATER}).status_code == 303
    for htmx in (False, True):
        assert cast.tapio.post(f"{draft}/publication", {"transition_until": LATER}, htmx=htmx).status_code == 409


def test_a_double_click_publishes_once(fresh, cast, draft):
    form = {"transition_until": LATER, "_key": form_key(cast.tapio.get(draft))}
    assert [cast.tapio.post(f"{draft}/publication", form).status_code for _ in range(2)] == [303, 303]


def test_the_editor_cannot_publish(fresh, cast, draft):
    page = cast.nelli.get(draft)
    assert page.status_code == 200 and "Julkaise versio" not in page.text
    assert cast.nelli.post(f"{draft}/publication", {"transition_until": LATER}).status_code == 403
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("who", ["aino", "matti", "ville", "siiri"])
def test_for_everyone_else_there_is_no_studio(fresh, cast, draft, who):
    visitor = getattr(cast, who)
    place = {"aino": "lumo", "matti": "paja", "ville": "lumo", "siiri": "kaari"}[who]
    for base in (draft, draft.replace("viitemalli", place, 1)):
        studio = base.rsplit("/", 1)[0]
        for path in (studio, base, f"{base}/steps/mid-review"):
            assert visitor.get(path).status_code == 404
        for path, form in (
            (studio, {"number": "1.2"}),
            (f"{base}/summary", {"summary_fi": "x", "summary_sv": "x"}),
            (f"{base}/steps/mid-review", texts(draft)),
            (f"{base}/publication", {"transition_until": LATER}),
        ):
            assert visitor.post(path, form).status_code == 404
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("day", ["", "2020-01-01", "24.11.2020", "tomorrow", today().isoformat()])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_missing_or_past_end_of_the_transition_is_told(fresh, cast, draft, day, htmx):
    answer = cast.tapio.post(f"{draft}/publication", {"transition_until": day}, htmx=htmx)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_step_is_rewritten_in_the_draft_alone(cast, draft, htmx):
    form = texts(draft, guidance_fi="Kutsu kaikki kolme.", guidance_sv="Kalla alla tre.")
    answer = cast.nelli.post(f"{draft}/steps/mid-review", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    shown = cast.nelli.get(f"{draft}?step=mid-review").text
    assert "kaikki kolme." in shown and "alla tre." in shown
    assert "kaikki kolme." not in cast.nobody.get("/reference/mid-review").text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"guidance_sv": " "}, "Täytä tämä kohta"),
        ({"guidance_fi": "ä" * 5_000}, "Lyhennä"),
        ({"version": "x"}, ""),
        ({"version": "99"}, "Joku muutti tätä askelta"),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_a_refused_step_keeps_what_was_typed(cast, draft, changed, told, htmx):
    form = texts(draft, minimum_fi="Näin minä kirjoitin.", **changed)
    answer = cast.nelli.post(f"{draft}/steps/mid-review", form, htmx=htmx)
    assert answer.status_code == 422
    assert "Näin minä kirjoitin." in answer.text and told in answer.text
    assert "Näin minä kirjoitin." not in cast.nelli.get(f"{draft}?step=mid-review").text


def test_a_step_of_a_published_release_cannot_be_changed(cast, draft):
    form = texts(draft, guidance_fi="Myöhässä.", guidance_sv="Sent.")
    cast.tapio.post(f"{draft}/publication", {"transition_until": LATER})
    assert cast.nelli.post(f"{draft}/steps/mid-review", form).status_code == 409
    assert cast.nelli.post(f"{draft}/summary", {"summary_fi": "x", "summary_sv": "x"}).status_code == 409
    page = cast.nelli.get(f"{draft}/steps/mid-review")
    assert page.status_code == 200 and "<textarea" not in page.text


@pytest.mark.parametrize("htmx", [False, True])
def test_the_summary_is_saved_in_two_languages(cast, draft, htmx):
    refused = cast.nelli.post(f"{draft}/summary", {"summary_fi": "Vain suomeksi."}, htmx=htmx)
    assert refused.status_code == 422 and "Vain suomeksi." in refused.text
    form = {"summary_fi": "Lyhyesti.", "summary_sv": "Kort."}
    answer = cast.nelli.post(f"{draft}/summary", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert "Lyhyesti." in cast.nelli.get(draft).text


@pytest.mark.parametrize("number", ["", "kaksi", "1.1", "0.9", "1.2.3"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_needs_the_next_number(cast, number, htmx):
    answer = cast.nelli.post(HOME, {"number": number}, htmx=htmx)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text


def test_a_new_draft_begins_as_a_copy_and_says_so(cast):
    assert 'value="1.2"' in cast.nelli.get(HOME).text
    answer = cast.nelli.follow(cast.nelli.post(HOME, {"number": "1.2"}))
    assert answer.status_code == 200 and "0 askelta muuttuu versioon 1.0 verrattuna" in answer.text


def test_a_change_in_one_language_is_asked_about(cast, draft):
    with acting_as("aino"):
        swedish = queries.step_of(queries.current_release().id, "mid-review").guidance["sv"]
    form = texts(draft, guidance_fi="Kutsu kaikki kolme.", guidance_sv=swedish)
    cast.nelli.post(f"{draft}/steps/mid-review", form)
    answer = cast.tapio.post(f"{draft}/publication", {"transition_until": LATER})
    assert answer.status_code == 422 and "32 Välikeskustelu" in answer.text and 'name="one_language"' in answer.text
    both = {"transition_until": LATER, "one_language": "1"}
    assert cast.tapio.post(f"{draft}/publication", both).status_code == 303


def test_the_pages_of_the_studio_cost_the_same_for_every_draft(fresh, cast, draft):
    cast.nelli.get(HOME)
    for path, limit in ((HOME, 5), (draft, 8), (f"{draft}/steps/mid-review", 7)):
        fresh.statements.clear()
        cast.nelli.get(path)
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= limit, (path, spent)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_studio_speaks_three_languages(cast, draft, code):
    for path in (HOME, draft, f"{draft}/steps/mid-review"):
        assert cast.nelli.get(path, headers={"Accept-Language": code}).status_code == 200
