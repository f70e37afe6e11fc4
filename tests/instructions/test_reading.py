"""From typed words to an overlay, and how the step then reads."""

import pytest

from parasta_saas.instructions.drafting import carried_over, changes_between, drafted
from parasta_saas.instructions.reading import marked, read

NATIONAL = {
    "minimum": {"fi": "Vastataan."},
    "guidance": {"fi": "Vastaa heti. Kerro nimesi.", "sv": "Svara genast. Berätta vad du heter."},
    "time_limit": {"value": 2, "unit": "working_day", "anchor": "after:enquiry", "range": {"min": 1, "max": 2}},
}


def test_the_national_text_an_empty_text_and_the_national_limit_are_no_words_of_our_own():
    typed = {"guidance": {"fi": "Vastaa heti. Kerro nimesi.\r\n", "sv": " "}, "note": {"fi": ""}, "time_limit_value": 2}
    assert drafted(NATIONAL, {}, ("fi", "sv"), typed) == {}


def test_words_in_a_language_that_the_provider_works_in_no_more_are_kept():
    current = {"note": {"sv": "Vi ringer.", "fi": "Soitamme."}}
    assert drafted(NATIONAL, current, ("fi",), {"note": {"fi": "Kirjoitamme."}}) == {
        "note": {"sv": "Vi ringer.", "fi": "Kirjoitamme."}
    }


def test_an_earlier_edition_comes_back_on_the_national_text_of_now():
    now = {**NATIONAL, "guidance": {**NATIONAL["guidance"], "fi": "Vastaa heti. Kerro nimesi. Kirjaa vastaus."}}
    overlay = {"guidance": {"fi": "Vastaa heti. Soita ensin. Kerro nimesi."}, "time_limit_value": 1}
    assert carried_over(overlay, NATIONAL, now) == {
        "guidance": {"fi": "Vastaa heti. Soita ensin. Kerro nimesi. Kirjaa vastaus."},
        "time_limit_value": 1,
    }


def test_a_limit_that_the_national_one_overtook_does_not_come_back():
    tighter = {**NATIONAL, "time_limit": {**NATIONAL["time_limit"], "value": 1, "range": {"min": 1, "max": 1}}}
    assert carried_over({"time_limit_value": 1}, NATIONAL, tighter) == {}


def test_an_edition_tells_which_fields_and_languages_it_changed():
    changes = changes_between({"note": {"fi": "a"}}, {"note": {"fi": "a", "sv": "b"}, "time_limit_value": 1})
    assert [(c.field, c.languages, c.before, c.after) for c in changes] == [
        ("note", ("sv",), None, None),
        ("time_limit", (), None, 1),
    ]


@pytest.mark.parametrize(
    ("local", "html"),
    [
        ("Vastaa heti. **Soita ensin.** Kerro nimesi.", '<span class="s-ours"><strong>Soita ensin.</strong></span>'),
        ("Vastaa heti. Kerro nimesi.\n\n- Soita ensin.", '<li><span class="s-ours">Soita ensin.</span></li>'),
        ("Vastaa heti. **Kerro nimesi. Soita ensin.** Hei.", '<span class="s-ours">'),
        ("Vastaa heti. Kerro nimesi. <b onclick=x>Soita</b> [a](javascript:x)", "&lt;b onclick"),
        ("Vastaa heti. Kerro nimesi. \u2045Soita.\u2046", '<span class="s-ours">Soita.</span>'),
    ],
)  # fmt: skip
def test_our_own_sentences_are_marked_in_safe_html(local, html):
    found = str(marked(NATIONAL["guidance"]["fi"], local))
    assert html in found
    assert found.count("<span") == found.count("</span>")
    assert "<b onclick" not in found
    assert "href" not in found


@pytest.mark.parametrize(
    ("reader", "working", "language", "text"),
    [
        ("fi", ("fi", "sv"), "fi", "Vastaa heti. Kerro nimesi."),
        ("sv", ("fi", "sv"), "sv", "Svara direkt."),
        ("fi", ("sv",), "sv", "Svara direkt."),
        ("en", ("sv",), "sv", "Svara direkt."),
    ],
)
def test_a_reader_gets_a_language_that_the_provider_works_in(reader, working, language, text):
    found = read(NATIONAL, {"guidance": {"sv": "Svara direkt."}}, reader=reader, working=working)
    assert (found.language, found.guidance) == (language, text)


def test_only_a_stricter_limit_shows_as_our_own():
    assert read(NATIONAL, {"time_limit_value": 1}, reader="fi", working=("fi",)).limit.own == 1
    assert read(NATIONAL, {"time_limit_value": 5}, reader="fi", working=("fi",)).limit.own is None
    assert read({**NATIONAL, "time_limit": None}, {}, reader="fi", working=("fi",)).limit is None
