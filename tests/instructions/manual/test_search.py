"""Search finds inflected words, knows its letters and says where."""

import pytest

from parasta_saas.instructions.manual_search import Place, Source, search, stem_of


def source(key: str, *texts: str, language: str = "fi") -> Source:
    return Source("step", key, texts[0], [Place("Nimi", texts[0], language, 10),
                                          *(Place("Ohje", text, language, 3) for text in texts[1:])])  # fmt: skip


BOOK = [
    source("need", "Työpaikan tarpeen kartoitus", "Kysy, mitä työpaikalla pitäisi saada tehdyksi."),
    source("agreement", "Koulutussopimuksen allekirjoitus", "Sopimus tehdään ennen jakson alkua."),
    source("demo", "Näytön suunnittelu", "Näyttö on työpaikalla."),
    source("svenska", "Avtal", "Avtalet undertecknas på arbetsplatsen.", language="sv"),
]


def keys(query: str) -> list[str]:
    return [hit.source.key for hit in search(query, BOOK).hits]


@pytest.mark.parametrize("form", ["työpaikka", "työpaikan", "työpaikalla", "Työpaikoille", "TYÖPAIKKAA"])
def test_every_form_of_a_word_finds_the_others(form):
    assert "need" in keys(form) and "demo" in keys(form)


@pytest.mark.parametrize("form", ["sopimus", "sopimuksen", "koulutussopimus"])
def test_a_word_is_found_inside_a_compound_and_inflected(form):
    assert "agreement" in keys(form)


@pytest.mark.parametrize("form", ["arbetsplats", "arbetsplatsen", "avtal", "avtalet"])
def test_swedish_words_too(form):
    assert keys(form) == ["svenska"]


def test_the_beginning_of_a_word_is_enough():
    assert keys("näyt") == ["demo"] and keys("allekirj") == ["agreement"]


def test_a_name_comes_before_a_text():
    assert keys("työpaikka")[0] == "need"


def test_every_word_must_be_found():
    assert keys("näyttö työpaikka") == ["demo"] and keys("näyttö sopimus") == []


def test_letters_with_dots_are_letters_of_their_own():
    found = search("näytön", BOOK)
    assert not found.loosely and [hit.source.key for hit in found.hits] == ["demo"]
    loosely = search("nayton", BOOK)
    assert loosely.loosely and [hit.source.key for hit in loosely.hits] == ["demo"]


def test_what_was_looked_for_is_told_apart_in_its_sentence():
    text = "Alku. " * 60 + "Tässä on sopimus, ja Sopimuksen jälkeen jatkuu. " + "Loppu. " * 60
    pieces = search("sopimus", [source("long", "Nimi", text)]).hits[0].pieces
    assert [words for words, looked_for in pieces if looked_for] == ["sopimus", "Sopimuksen"]
    assert pieces[0][0] == "… " and sum(len(words) for words, _ in pieces) < 350


@pytest.mark.parametrize("query", ["", "  ", "!!! ///", "\x00", "a" * 5000, "(.*)+$", "<script>"])
def test_nonsense_finds_nothing_and_breaks_nothing(query):
    assert search(query, BOOK).hits == []


def test_a_stem_is_never_so_short_that_it_finds_everything():
    assert all(len(stem_of(word)) >= 4 for word in ("näyttö", "paikka", "arbete", "sopiminen", "ohjaajalle"))
    assert stem_of("hoks") == "hoks"
