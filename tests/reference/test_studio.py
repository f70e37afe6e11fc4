"""The studio: the national body writes, another role publishes, nobody else is let in."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core.clock import today
from parasta_saas.reference import queries
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/studio"
WORDS = {
    "number": "1.1", "summary_fi": "Lyhyesti.", "summary_sv": "Kort.", "provider_fi": "Teille.", "provider_sv": "Er.",
}  # fmt: skip
LATER = (today() + timedelta(days=90)).isoformat()


@pytest.fixture
def draft(fresh):
    """The draft 1.1, approved and ready to be published."""
    return f"{HOME}/{road.draft_id()}"


@pytest.fixture
def opened(fresh):
    """The draft 1.1, open for changes again."""
    return f"{HOME}/{road.send_back()}"


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
    assert "12 askelta muuttuu versioon 1.0 verrattuna" in cast.tapio.get(draft).text
    page = cast.tapio.get(f"{draft}/way")
    assert "Julkaise versio 1.1" in page.text
    form = {"transition_until": LATER, "_key": form_key(page)}
    answer = cast.tapio.post(f"{draft}/way/publication", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    assert in_force(fresh) == "1.1"
    shown = cast.tapio.get(draft).text
    assert "Ei voi muuttaa" in shown and "Muokkaa tätä askelta" not in shown
    assert "Julkaise versio" not in cast.tapio.get(f"{draft}/way").text
    assert "Viitemalli 1.1" in cast.nobody.get("/reference").text
    assert "Aiempi versio" in cast.nobody.get("/reference?release=1.0").text


def test_publishing_twice_is_a_conflict(cast, draft):
    assert cast.tapio.post(f"{draft}/way/publication", {"transition_until": LATER}).status_code == 303
    for htmx in (False, True):
        assert cast.tapio.post(f"{draft}/way/publication", {"transition_until": LATER}, htmx=htmx).status_code == 409


def test_a_double_click_publishes_once(fresh, cast, draft):
    form = {"transition_until": LATER, "_key": form_key(cast.tapio.get(f"{draft}/way"))}
    assert [cast.tapio.post(f"{draft}/way/publication", form).status_code for _ in range(2)] == [303, 303]


def test_the_editor_cannot_publish(fresh, cast, draft):
    page = cast.nelli.get(f"{draft}/way")
    assert page.status_code == 200 and "Julkaise versio" not in page.text
    assert cast.nelli.post(f"{draft}/way/publication", {"transition_until": LATER}).status_code == 403
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("who", ["aino", "matti", "ville", "siiri"])
def test_for_everyone_else_there_is_no_studio(fresh, cast, draft, who):
    visitor = getattr(cast, who)
    place = {"aino": "lumo", "matti": "paja", "ville": "lumo", "siiri": "kaari"}[who]
    for base in (draft, draft.replace("viitemalli", place, 1)):
        studio = base.rsplit("/", 1)[0]
        for path in (studio, base, f"{base}/steps/mid-review", f"{base}/words", f"{base}/way"):
            assert visitor.get(path).status_code == 404
        for path, form in (
            (studio, {"number": "1.2"}),
            (f"{base}/words", WORDS),
            (f"{base}/way", {"command": "send_back"}),
            (f"{base}/way/reviews", {"held_on": "2026-01-01", "participants": "x"}),
            (f"{base}/way/withdrawal", {"number": "1.2", "reason_fi": "x", "reason_sv": "x"}),
            (f"{base}/steps/mid-review", texts(draft)),
            (f"{base}/publication", {"transition_until": LATER}),
        ):
            assert visitor.post(path, form).status_code == 404
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("day", ["", "2020-01-01", "24.11.2020", "tomorrow", today().isoformat()])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_missing_or_past_end_of_the_transition_is_told(fresh, cast, draft, day, htmx):
    answer = cast.tapio.post(f"{draft}/way/publication", {"transition_until": day}, htmx=htmx)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text
    assert in_force(fresh) == "1.0"


@pytest.mark.parametrize("htmx", [False, True])
def test_a_step_is_rewritten_in_the_draft_alone(cast, opened, htmx):
    form = texts(opened, guidance_fi="Kutsu kaikki kolme.", guidance_sv="Kalla alla tre.")
    answer = cast.nelli.post(f"{opened}/steps/mid-review", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    shown = cast.nelli.get(f"{opened}?step=mid-review").text
    assert "kaikki kolme" in shown and "alla tre" in shown
    assert "kaikki kolme" not in cast.nobody.get("/reference/mid-review").text


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
def test_a_refused_step_keeps_what_was_typed(cast, opened, changed, told, htmx):
    form = texts(opened, minimum_fi="Näin minä kirjoitin.", **changed)
    answer = cast.nelli.post(f"{opened}/steps/mid-review", form, htmx=htmx)
    assert answer.status_code == 422
    assert "Näin minä kirjoitin." in answer.text and told in answer.text
    assert "Näin minä kirjoitin." not in cast.nelli.get(f"{opened}?step=mid-review").text


def test_a_step_of_a_reviewed_or_published_release_cannot_be_changed(cast, draft):
    form = texts(draft, guidance_fi="Myöhässä.", guidance_sv="Sent.")
    assert cast.nelli.post(f"{draft}/steps/mid-review", form).status_code == 409
    cast.tapio.post(f"{draft}/way/publication", {"transition_until": LATER})
    assert cast.nelli.post(f"{draft}/steps/mid-review", form).status_code == 409
    assert cast.nelli.post(f"{draft}/words", WORDS).status_code == 409
    page = cast.nelli.get(f"{draft}/steps/mid-review")
    assert page.status_code == 200 and "<textarea" not in page.text


@pytest.mark.parametrize("htmx", [False, True])
def test_the_words_for_readers_are_saved_in_two_languages(cast, draft, htmx):
    refused = cast.nelli.post(f"{draft}/words", {**WORDS, "summary_sv": "", "summary_fi": "Vain suomeksi."}, htmx=htmx)
    assert refused.status_code == 422 and "Vain suomeksi." in refused.text
    answer = cast.nelli.post(f"{draft}/words", WORDS, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    shown = cast.nelli.get(f"{draft}/words").text
    assert "Lyhyesti." in shown and "Teille." in shown


def test_a_draft_gets_another_number(cast, draft):
    assert cast.nelli.post(f"{draft}/words", {**WORDS, "number": "1.0"}).status_code == 422
    assert cast.nelli.post(f"{draft}/words", {**WORDS, "number": "3.0"}).status_code == 303
    assert "Viitemalli 3.0" in cast.nelli.get(HOME).text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_goes_its_way_by_commands(cast, draft, htmx):
    assert cast.tapio.post(f"{draft}/way", {"command": "publish"}, htmx=htmx).status_code == 422
    assert cast.nelli.post(f"{draft}/way", {"command": "send_back"}, htmx=htmx).status_code == (200 if htmx else 303)
    assert cast.nelli.post(f"{draft}/way", {"command": "send_back"}, htmx=htmx).status_code == 409
    assert cast.tapio.post(f"{draft}/way/publication", {"transition_until": LATER}, htmx=htmx).status_code == 409
    assert cast.nelli.post(f"{draft}/way", {"command": "send_to_review"}).status_code == 303
    assert cast.nelli.post(f"{draft}/way", {"command": "approve"}).status_code == 403
    tomorrow = (today() + timedelta(days=1)).isoformat()
    for held_on, who, status in (("", "Nelli", 422), (tomorrow, "Nelli", 422), (today().isoformat(), "", 422),
                                 (today().isoformat(), "Tapio ja Nelli", 303)):  # fmt: skip
        form = {"held_on": held_on, "participants": who}
        assert cast.tapio.post(f"{draft}/way/reviews", form).status_code == status
    assert cast.tapio.post(f"{draft}/way", {"command": "approve"}).status_code == 303
    assert "Julkaise versio 1.1" in cast.tapio.get(f"{draft}/way").text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_release_is_withdrawn_with_its_reason(fresh, cast, draft, htmx):
    form = {"number": "1.2", "reason_fi": "Virkkeessä oli virhe.", "reason_sv": "En mening var fel."}
    assert cast.tapio.post(f"{draft}/way/withdrawal", form, htmx=htmx).status_code == 409
    cast.tapio.post(f"{draft}/way/publication", {"transition_until": LATER})
    refused = cast.tapio.post(f"{draft}/way/withdrawal", {**form, "reason_sv": ""}, htmx=htmx)
    assert refused.status_code == 422 and "Virkkeessä oli virhe." in refused.text
    assert cast.nelli.post(f"{draft}/way/withdrawal", form, htmx=htmx).status_code == 403
    assert cast.tapio.post(f"{draft}/way/withdrawal", form, htmx=htmx).status_code == (200 if htmx else 303)
    assert in_force(fresh) == "1.2"
    assert "Peruttu" in cast.nelli.get(HOME).text


@pytest.mark.parametrize("number", ["", "kaksi", "1.1", "0.9", "1.2.3.4"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_draft_needs_the_next_number(cast, number, htmx):
    answer = cast.nelli.post(HOME, {"number": number}, htmx=htmx)
    assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text


def test_a_new_draft_begins_as_a_copy_and_says_so(cast):
    assert 'value="1.2"' in cast.nelli.get(HOME).text
    answer = cast.nelli.follow(cast.nelli.post(HOME, {"number": "1.2"}))
    assert answer.status_code == 200 and "0 askelta muuttuu versioon 1.0 verrattuna" in answer.text


def test_the_pages_of_the_studio_cost_the_same_for_every_draft(fresh, cast, draft):
    cast.nelli.get(HOME)
    for path, limit in ((HOME, 6), (draft, 14), (f"{draft}/steps/mid-review", 12), (f"{draft}/way", 36)):
        fresh.statements.clear()
        cast.nelli.get(path)
        spent = [line for line in fresh.statements if "set_config" not in line]
        assert len(spent) <= limit, (path, spent)


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_studio_speaks_three_languages(cast, draft, code):
    for path in (HOME, draft, f"{draft}/steps/mid-review", f"{draft}/words", f"{draft}/way"):
        assert cast.nelli.get(path, headers={"Accept-Language": code}).status_code == 200
