"""A change is shown in phrases, and two changes of one sentence are combined only as a suggestion."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.core.sentences import comparable
from parasta_saas.core.wording import combined, diff

FIVE_DAYS = "viimeistään viisi arkipäivää"
END = " ennen jakson alkua"
AS_A_LIST = "selkokielisenä listana sähköpostiin"
VOCABULARY = ["soita", "ja", "kirjoita", "ohjaaja", "heti", ",", ".", "1.8.", "työ\u00adpaikka"]
WORDS = st.lists(st.sampled_from(VOCABULARY), max_size=12)
TEXT = WORDS.map(" ".join) | st.text(alphabet="ab .,\n\u00ad", max_size=25)


def show(a: str, b: str) -> str:
    marks = {"same": "{}", "gone": "[-{}-]", "added": "[+{}+]"}
    return "".join(segment.lead + marks[segment.kind].format(segment.words) for segment in diff(a, b))


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT)
def test_same_and_added_words_make_the_new_text(a, b):
    segments = diff(a, b)
    assert "".join(s.text for s in segments if s.kind != "gone") == b
    old = "".join(s.text for s in segments if s.kind != "added")
    assert comparable(old).replace(" ", "") == comparable(a).replace(" ", "")
    assert diff(a, b) == segments


@settings(max_examples=50, deadline=None)
@given(TEXT)
def test_nothing_is_marked_in_the_same_text(text):
    assert {segment.kind for segment in diff(text, text)} <= {"same"}


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "Ohjaaja saa tavoitteet nähtäväkseen ennen jakson alkua.",
            f"Vastuullinen työpaikkaohjaaja saa tavoitteet nähtäväkseen {FIVE_DAYS} ennen jakson alkua.",
            f"[-Ohjaaja-][+Vastuullinen työpaikkaohjaaja+] saa tavoitteet nähtäväkseen [+{FIVE_DAYS}+]{END}.",
        ),
        (
            "Handledaren får se målen innan perioden börjar.",
            "Handledaren får se målen i god tid innan perioden börjar.",
            "Handledaren får se målen [+i god tid+] innan perioden börjar.",
        ),
        ("opettaja ja ohjaaja", "opettajat ja ohjaajat", "[-opettaja ja ohjaaja-][+opettajat ja ohjaajat+]"),
        ("Raja on 24.11.2026.", "Raja on 1.12.2026.", "Raja on [-24.11.2026-] [+1.12.2026+]."),
        ("Tule heti.", "Tule heti, soita ensin.", "Tule heti[+, soita ensin+]."),
        ("Työpaikan numero", "Työ\u00adpaikan numero", "Työ\u00adpaikan numero"),
    ],
)
def test_a_change_is_shown_in_phrases(old, new, shown):
    assert show(old, new) == shown


@pytest.mark.parametrize(
    ("base", "national", "local", "text"),
    [
        (
            "Ohjaaja saa tavoitteet nähtäväkseen ennen jakson alkua.",
            f"Vastuullinen työpaikkaohjaaja saa tavoitteet nähtäväkseen {FIVE_DAYS} ennen jakson alkua.",
            f"Ohjaaja saa tavoitteet {AS_A_LIST} ennen jakson alkua.",
            f"Vastuullinen työpaikkaohjaaja saa tavoitteet {AS_A_LIST} {FIVE_DAYS} ennen jakson alkua.",
        ),
        (
            "Handledaren får se målen innan perioden börjar.",
            "Den ansvariga handledaren får se målen innan perioden börjar.",
            "Handledaren får se målen på lättläst språk innan perioden börjar.",
            "Den ansvariga handledaren får se målen på lättläst språk innan perioden börjar.",
        ),
        ("Ohjaaja tulee.", "Aina ohjaaja tulee.", "Ohjaaja tulee ajoissa.", "Aina ohjaaja tulee ajoissa."),
    ],
)
def test_words_that_do_not_overlap_are_combined(base, national, local, text):
    assert combined(base, national, local) == text


@pytest.mark.parametrize(
    ("base", "national", "local"),
    [
        ("Vastaa kahdessa päivässä.", "Vastaa yhdessä päivässä.", "Vastaa kolmessa päivässä."),
        ("Vastaa pian.", "Vastaa pian viiden päivän kuluessa.", "Vastaa pian kolmen päivän kuluessa."),
        ("Vastaa pian.", "", "Vastaa heti."),
        ("Vastaa pian.", "Vastaa pian soittamalla.", ""),
        ("Vastaa pian.", "Vastaa pian.", "Vastaa heti."),
    ],
)
def test_there_is_no_suggestion_where_the_same_words_changed(base, national, local):
    assert combined(base, national, local) is None


def test_new_words_at_the_start_do_not_stick_to_the_next_word():
    made = combined("Ohjaaja tulee paikalle.", "Sovittuna päivänä Ohjaaja tulee paikalle.", "Opettaja tulee paikalle.")
    assert made == "Sovittuna päivänä Opettaja tulee paikalle."
