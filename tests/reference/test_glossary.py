"""The glossary holds every term in three languages and finds it as it stands in a sentence."""

import json
import re
from time import perf_counter

import pytest

from parasta_saas.core.i18n import LANGUAGES, UnknownLanguage
from parasta_saas.reference import content, glossary


def found(text, language):
    return [(text[span.start : span.end], span.key) for span in glossary.find(text, language)]


def keys(text, language):
    return [span.key for span in glossary.find(text, language)]


def test_there_are_92_terms_with_a_definition_in_three_languages():
    terms = json.loads((content.DATA / "glossary.json").read_text("utf-8"))["terms"]
    assert len(terms) == len({term["key"] for term in terms}) == 92
    for term in terms:
        assert term["key"] == glossary.slug(term["key"])
        assert all(term["term"][code] and term["definition"][code][-1] in ".?" for code in LANGUAGES), term
        assert set(term["forms"]) == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_term_with_forms_is_found_as_it_stands_in_the_list(language):
    for term in json.loads((content.DATA / "glossary.json").read_text("utf-8"))["terms"]:
        if term["forms"][language] and term["key"] != "assessment":
            assert term["key"] in keys(term["term"][language], language), term["term"][language]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("työpaikkaohjaajan", "workplace-instructor"),
        ("Työpaikkaohjaajille", "workplace-instructor"),
        ("työpaikkaohjaajallensakin", "workplace-instructor"),
        ("vastuullisille työpaikkaohjaajille", "responsible-workplace-instructor"),
        ("koulutussopimuksesta", "training-agreement"),
        ("koulutussopimuksiin", "training-agreement"),
        ("koulutussopimusten", "training-agreement"),
        ("oppisopimuksella", "apprenticeship"),
        ("koulutuksen järjestäjiltä", "education-provider"),
        ("HOKSin", "hoks"),
        ("HOKS:n", "hoks"),
        ("näytössä", "competence-demonstration"),
        ("näyttöjen", "competence-demonstration"),
        ("tutkinnon osissa", "qualification-unit"),
        ("yhteisten tutkinnon osien", "common-units"),
        ("tutkinnon perusteiden", "qualification-requirements"),
        ("kumppanuuksia", "partnership"),
        ("kumppanuudesta", "partnership"),
        ("kriittisissä pisteissä", "critical-point"),
        ("palkkatuen", "pay-subsidy"),
        ("nuorten työntekijöiden", "young-worker"),
        ("katselmoinnissa", "review"),
        ("yhteissuunnitteluun", "co-planning"),
        ("osaamisen arvioinnin", "assessment"),
        ("keskeisistä työtehtävistä", "key-work-tasks"),
        ("vaativaan erityiseen tukeen", "demanding-special-support"),
        ("toimintaohjeissamme", "operating-instruction"),
        ("Y-tunnuksen", "business-id"),
        ("opinto-ohjaajalta", "guidance-counsellor"),
        ("työelämäpalautteeseen", "working-life-feedback"),
        ("koeajalla", "trial-period"),
        ("perehdytystä", "orientation"),
    ],
)
def test_a_finnish_word_is_found_in_its_cases(word, key):
    assert found(f"Kerro, {word}.", "fi") == [(word, key)]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("läroavtalets", "apprenticeship"),
        ("läroavtalen", "apprenticeship"),
        ("utbildningsavtalet", "training-agreement"),
        ("arbetsplatshandledarnas", "workplace-instructor"),
        ("ansvariga arbetsplatshandledaren", "responsible-workplace-instructor"),
        ("examensdelarna", "qualification-unit"),
        ("yrkesproven", "competence-demonstration"),
        ("verksamhetsanvisningarna", "operating-instruction"),
        ("kommentarsrundan", "comment-round"),
        ("examina", "qualification"),
        ("PUK", "hoks"),
        ("gemensamma planeringen", "co-planning"),
        ("sysselsättningsområdets", "employment-area"),
    ],
)
def test_a_swedish_word_is_found_in_its_forms(word, key):
    assert found(f"Berätta om {word}!", "sv") == [(word, key)]


def test_an_english_word_is_found_in_the_plural_and_possessive():
    text = "Apprenticeships and the workplace instructor's critical points"
    assert keys(text, "en") == ["apprenticeship", "workplace-instructor", "critical-point"]


@pytest.mark.parametrize(
    "text",
    [
        "näyttösuunnitelma",
        "eHOKS",
        "työpaikkaohjaajakoulutus",
        "hoksasin sen",
        "tuvan ovella",
        "koulutussopimus- ja muut asiat",
        "pikakumppanuus",
        "vaarojen arviointi",
    ],
)
def test_another_word_that_only_begins_or_ends_alike_is_left_alone(text):
    assert keys(text, "fi") == []


def test_the_longer_term_wins_and_each_term_is_marked_once():
    text = "Vastuullinen työpaikkaohjaaja opastaa. Toinen työpaikkaohjaaja auttaa työpaikkaohjaajaa."
    assert found(text, "fi") == [
        ("Vastuullinen työpaikkaohjaaja", "responsible-workplace-instructor"),
        ("työpaikkaohjaaja", "workplace-instructor"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "# Näyttö\n\nMuu.",
        "[näytön ohje](https://example.org/n)",
        "`näyttö` ja ```\nnäyttö\n```",
        "https://example.org/näyttö",
        '<a href="/x">näyttö</a>',
        "<h2 id=n>Näyttö</h2>",
        "<pre>näyttö</pre><code>näyttö",
        '<p title="näyttö">muu</p>',
    ],
)
def test_links_headings_code_and_tags_are_passed_over(text):
    assert keys(text, "fi") == []
    assert keys(f"{text}</code>\n\nSitten katselmointi.", "fi") == ["review"]


def test_what_comes_after_a_link_is_still_marked():
    html = '<p><a href="/x">näyttö</a> ja näytöt, <em>HOKSin</em> mukaan</p>'
    assert found(html, "fi") == [("näytöt", "competence-demonstration"), ("HOKSin", "hoks")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pieces_of_every_step_are_its_text_again(language):
    for step in content.read_release()["steps"]:
        for name in content.STEP_TEXTS:
            pieces = glossary.mark(step[name][language], language)
            assert "".join(piece.text for piece in pieces) == step[name][language]
            named = [piece.key for piece in pieces if piece.key]
            assert len(named) == len(set(named))


def test_most_steps_use_a_word_of_the_glossary_in_both_languages():
    for language in ("fi", "sv"):
        texts = [
            " ".join(step[name][language] for name in content.STEP_TEXTS) for step in content.read_release()["steps"]
        ]
        assert sum(bool(glossary.find(text, language)) for text in texts) >= 45


def test_the_entries_are_in_the_order_of_the_alphabet():
    words = [entry.term.casefold() for entry in glossary.entries("fi")]
    assert words[0].startswith("ammatillinen")
    assert words.index("yhteissuunnittelu") < words.index("y-tunnus") or "y-tunnus" in words
    swedish = [entry.term for entry in glossary.entries("sv")]
    assert swedish[-1] == "ömsesidighet"
    assert len(swedish) == 92


def test_a_slug_has_only_plain_letters_digits_and_hyphens():
    assert glossary.slug("Työpaikkaohjaaja (TPO)") == "tyopaikkaohjaaja-tpo"
    assert re.fullmatch("[a-z0-9-]+", glossary.slug("Ömsesidighet på Åland"))


def test_an_unknown_language_is_refused():
    for ask in (lambda: glossary.find("x", "de"), lambda: glossary.entries("de"), lambda: glossary.mark("x", "de")):
        with pytest.raises(UnknownLanguage):
            ask()


@pytest.mark.parametrize("text", ["<a>" * 30_000, "[" * 90_000, "`" * 90_001, "tutkinnon " * 9_000, "näytö" * 18_000])
def test_a_hostile_text_takes_no_longer_than_its_length(text):
    glossary.find("", "fi")
    start = perf_counter()
    glossary.find(text, "fi")
    assert perf_counter() - start < 1
