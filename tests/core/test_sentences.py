"""Splitting guidance into sentences loses nothing and cuts where a reader would."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.core.sentences import comparable, compose, join, paragraphs, split

# Few letters and many marks: this finds the corners that ordinary text never reaches.
ROUGH = st.text(alphabet='aAäÖ1§.!?…:,-*#|()"” \t\n\r\u00a0\u00ad\u0301', max_size=60)


def units(text: str) -> list[str]:
    return [sentence.text for sentence in split(text).sentences]


@settings(max_examples=150, deadline=None)
@given(ROUGH | st.text(max_size=80))
def test_splitting_and_joining_gives_the_same_text(text):
    assert join(split(text)) == text


@settings(max_examples=150, deadline=None)
@given(ROUGH)
def test_putting_the_sentences_together_again_changes_nothing(text):
    assert compose(*split(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "Sovi käynnistä esim. maanantaina.",
        "Kerro työtehtävistä, esim. Lumon keittiöstä.",
        "Ks. Ohje työpaikalle ennen käyntiä.",
        "Mukana ovat mm. Kerttu Kivi ja opettaja.",
        "Soita numeroon puh. 050 sovittuna aikana.",
        "Liite nro. 5 annetaan ohjaajalle.",
        "Jakso alkaa 24.11.2026 ja päättyy keväällä.",
        "Jakso alkaa 1.8. ja päättyy 31.10. samana vuonna.",
        "Jakso alkaa 24. 11. 2026 aamulla.",
        "Tule klo 14.30 työpaikalle.",
        "Perusteena on § 4. Yhteistyö työelämän kanssa.",
        "Perusteena on 4 §:n 2. momentti.",
        "Ohjaaja on J. Alanko työpaikalta.",
        "Ta upp t.ex. Lumos egna mål.",
        "Deltar gör bl.a. Kerttu och läraren, dvs. alla.",
        "Perioden börjar 1.8. enligt avtalet.",
        "Bring papers, e.g. Annex 2, to the meeting.",
        "Kysy ”Mitä tarvitset?” ennen kuin ehdotat.",
        "Lue sivulta s. 5 lisää.",
        "Versio 1.1 on voimassa.",
    ],
)
def test_marks_inside_a_sentence_do_not_end_it(text):
    assert units(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Soita ensin. Kirjoita sitten.", ["Soita ensin.", "Kirjoita sitten."]),
        ("Kuka vastaa? Kerro heti! Kiitos.", ["Kuka vastaa?", "Kerro heti!", "Kiitos."]),
        ("Raja on 24.11.2026. Vastaa heti.", ["Raja on 24.11.2026.", "Vastaa heti."]),
        ("Jakso alkaa 1.8. Sovi päivä.", ["Jakso alkaa 1.8.", "Sovi päivä."]),
        ("Tule klo 14.30. Soita, jos myöhästyt.", ["Tule klo 14.30.", "Soita, jos myöhästyt."]),
        ("Hän sanoi: ”Tule.” Lähde heti.", ["Hän sanoi: ”Tule.”", "Lähde heti."]),
        ("Ota kypärä, kengät jne. Sovi aika.", ["Ota kypärä, kengät jne.", "Sovi aika."]),
        ("Ta med hjälm osv. Kom i tid.", ["Ta med hjälm osv.", "Kom i tid."]),
        ("Fråga var hen bor i. Läraren ringer.", ["Fråga var hen bor i.", "Läraren ringer."]),
        ("Vastaa pian. 2 päivää on raja.", ["Vastaa pian.", "2 päivää on raja."]),
        ("(Vain tarvittaessa.) Kirjaa syy.", ["(Vain tarvittaessa.)", "Kirjaa syy."]),
        ("**Tärkeää.** Älä odota.", ["**Tärkeää.**", "Älä odota."]),
        ("# Ennen\nSovi aika.\n\nTule.", ["# Ennen", "Sovi aika.", "Tule."]),
        ("Muista:\n- nimi. Ja numero\n  heti\n- aika", ["Muista:", "- nimi. Ja numero\n  heti", "- aika"]),
        ("1. Soita\n2) Kirjoita", ["1. Soita", "2) Kirjoita"]),
        ("| a | b |\n|---|---|\n| 1. A | 2 |", ["| a | b |", "|---|---|", "| 1. A | 2 |"]),
        ("Kerro nimesi\nSovi aika", ["Kerro nimesi", "Sovi aika"]),
        ("Virke jatkuu\nseuraavalla rivillä.", ["Virke jatkuu\nseuraavalla rivillä."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text, expected):
    assert units(text) == expected


def test_a_blank_line_begins_a_paragraph():
    passage = split("Yksi. Kaksi.\r\n\r\nKolme.\n \nNeljä. Viisi.")
    assert [[s.text for s in paragraph] for paragraph in paragraphs(passage)] == [
        ["Yksi.", "Kaksi."],
        ["Kolme."],
        ["Neljä.", "Viisi."],
    ]


def test_what_a_reader_does_not_see_makes_no_difference():
    assert comparable("yhteyden\u00adottoon  vastaa\u0308") == comparable("yhteydenottoon\r\nvastaä ")
    assert comparable("Vastaa") != comparable("vastaa")


def test_sentences_of_two_texts_never_run_into_one():
    loose, item, plain = (
        split("ilman pistettä").sentences,
        split("- kohta").sentences,
        split("Virke.").sentences,
    )
    assert compose("", [*loose, *plain], "") == "ilman pistettä\nVirke."
    assert compose("", [*item, *loose], "") == "- kohta\n\nilman pistettä"
    assert compose("", [*plain, *plain], "") == "Virke. Virke."
