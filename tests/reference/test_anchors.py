"""A comment's place survives edits: found again where its sentence survives, never lost, never guessed."""

import json
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parasta_saas.core.sentences import Passage, comparable, compose, split
from parasta_saas.reference import anchors
from parasta_saas.reference.anchors import EXACT, MOVED, OUTDATED, Anchor, anchor_at, place, replaced

TEXT = "Sovitaan tavoitteet yhdessä. Ohjaaja näkee ne ennen jaksoa. Kirjataan aika ja paikka. Opettaja kutsuu kaikki."
CASES = 2_000


def at(index, quote="", text=TEXT):
    return anchor_at("goal-setting", "guidance", "fi", text, index, quote)


def words_of(placed, text):
    return text[slice(*placed.span)] if placed.span else None


def test_an_untouched_sentence_is_exactly_where_it_was():
    placed = place(at(1), TEXT)
    assert (placed.state, words_of(placed, TEXT)) == (EXACT, "Ohjaaja näkee ne ennen jaksoa.")


def test_a_sentence_stays_in_place_when_others_around_it_change():
    later = TEXT.replace("Sovitaan", "Päätetään").replace("kaikki", "kolme")
    assert place(at(1), later).state == EXACT


def test_a_moved_sentence_is_found():
    later = (
        "Opettaja kutsuu kaikki. Kirjataan aika ja paikka. Sovitaan tavoitteet yhdessä. Ohjaaja näkee ne ennen jaksoa."
    )
    placed = place(at(1), later)
    assert (placed.state, placed.sentence, words_of(placed, later)) == (MOVED, 3, "Ohjaaja näkee ne ennen jaksoa.")


def test_quoted_words_are_found_in_a_sentence_that_changed_around_them():
    later = TEXT.replace("Ohjaaja näkee ne ennen jaksoa.", "Ohjaaja näkee ne viisi päivää ennen jaksoa.")
    placed = place(at(1, "ennen jaksoa"), later)
    assert (placed.state, words_of(placed, later)) == (MOVED, "ennen jaksoa")


def test_a_changed_sentence_as_a_whole_is_outdated_and_keeps_its_quote():
    later = TEXT.replace("näkee ne", "saa tavoitteet")
    assert place(at(1), later) == anchors.Placed(OUTDATED, None, "Ohjaaja näkee ne ennen jaksoa.")


def test_words_that_stand_twice_are_not_guessed():
    later = TEXT.replace(
        "Ohjaaja näkee ne ennen jaksoa.", "Ohjaaja lukee ne ennen jaksoa tai kaksi päivää ennen jaksoa."
    )
    assert place(at(1, "ennen jaksoa"), later).state == OUTDATED


def test_one_small_word_elsewhere_is_not_taken_for_the_quote():
    later = "Aivan toinen virke tässä. Ja vielä yksi. Ohjaaja soittaa."
    assert place(at(1, "Ohjaaja"), later).state == OUTDATED


def test_a_part_of_a_word_is_not_the_quote():
    text = "Aikataulu sovitaan. Opettaja kutsuu kaikki."
    later = text.replace("Aikataulu sovitaan.", "Aikataulut sovitaan nyt.")
    assert place(at(0, "Aikataulu", text), later).state == OUTDATED


@pytest.mark.parametrize("gone", [None, "", "  \n"])
def test_a_text_that_is_gone_leaves_the_quote(gone):
    assert place(at(1), gone).quote == "Ohjaaja näkee ne ennen jaksoa."
    assert place(at(1), gone).state == OUTDATED


def test_the_whole_field_is_there_as_long_as_it_has_words():
    assert place(Anchor("x", "minimum", "fi"), "Uusi teksti.").state == EXACT


def test_of_sentences_alike_the_one_between_known_neighbours_is_meant():
    text = "Sovitaan. Kutsu kaikki. Kirjataan. Kutsu kaikki. Lopuksi."
    placed = place(at(3, text=text), "Alku tässä. " + text)
    assert (placed.state, placed.sentence) == (EXACT, 4)


def test_soft_hyphens_spaces_and_unicode_form_do_not_matter():
    later = unicodedata.normalize("NFD", TEXT.replace("Ohjaaja", "Oh\u00adjaaja").replace("näkee ne", "näkee\n ne"))
    placed = place(at(1, "Ohjaaja näkee"), later)
    assert placed.state == EXACT
    assert comparable(words_of(placed, later)) == "Ohjaaja näkee"


def test_a_suggestion_takes_the_place_of_the_quote_and_of_nothing_else():
    assert replaced(at(1, "ennen jaksoa"), TEXT, "viisi päivää ennen") == TEXT.replace(
        "ennen jaksoa", "viisi päivää ennen"
    )
    assert replaced(at(1), TEXT.replace("näkee", "saa"), "x") is None
    assert replaced(Anchor("x", "minimum", "fi"), TEXT, "x") is None


def test_an_anchor_survives_json():
    anchor = at(2, "aika ja paikka")
    assert Anchor.of(json.loads(json.dumps(anchor.stored()))) == anchor


def test_a_quote_must_stand_in_its_sentence():
    with pytest.raises(ValueError, match="do not stand"):
        at(0, "Ohjaaja")
    with pytest.raises(IndexError):
        at(9)


WORDS = "sovitaan ohjaaja opettaja työpaikka tavoite ennen jaksoa päivää kutsu kirjaa palaute yhdessä nyt aina".split()
sentence = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(lambda ws: " ".join(ws).capitalize() + ".")
texts = st.lists(sentence, min_size=2, max_size=9)
edits = st.lists(st.tuples(st.sampled_from("delete insert change move twice".split()), st.integers(0, 8), sentence),
                 min_size=1, max_size=6)  # fmt: skip


def after(sentences, made):
    """The sentences after some edits: out, in, rewritten, elsewhere, doubled."""
    now = list(sentences)
    for deed, where, words in made:
        i = where % len(now) if now else 0
        if deed == "insert" or not now:
            now.insert(i, words)
        elif deed == "delete":
            now.pop(i)
        elif deed == "change":
            now[i] = words
        elif deed == "move":
            now.insert(where % (len(now) or 1), now.pop(i))
        else:
            now.insert(i, now[i])
    return now


def written(sentences):
    return compose("", [s for text in sentences for s in split(text).sentences], "")


def test_random_edits_keep_every_anchor_and_find_it_where_its_sentence_survives():
    seen = {"cases": 0, "kept": 0, "survives": 0, "found": 0}

    @settings(max_examples=CASES, deadline=None, database=None, derandomize=True,
              suppress_health_check=[HealthCheck.too_slow])  # fmt: skip
    @given(texts, st.integers(0, 8), edits)
    def check(sentences, chosen, made):
        text, later = written(sentences), written(after(sentences, made))
        anchor = at(chosen % len(split(text).sentences), text=text)
        placed = place(Anchor.of(json.loads(json.dumps(anchor.stored()))), later)
        survives = anchor.key in {s.key for s in split(later).sentences}
        seen["cases"] += 1
        seen["kept"] += placed.quote == anchor.quote
        seen["survives"] += survives
        if survives:
            seen["found"] += placed.span is not None and comparable(words_of(placed, later)) == comparable(anchor.quote)
        assert (placed.span is None) == (placed.state == OUTDATED)

    check()
    assert seen["cases"] >= CASES
    assert seen["kept"] == seen["cases"]
    assert seen["survives"] > CASES / 3
    assert seen["found"] >= 0.99 * seen["survives"]


@settings(max_examples=500, deadline=None, database=None, derandomize=True)
@given(st.text(max_size=120), st.text(max_size=120), st.integers(0, 5), st.text(max_size=20))
def test_any_text_at_all_is_placed_or_outdated(before, later, index, words):
    readable = [i for i, sentence in enumerate(split(before).sentences) if sentence.key]
    if not readable:
        return
    anchor = at(readable[index % len(readable)], text=before)
    placed = place(anchor, later)
    assert placed.quote == anchor.quote
    if placed.span:
        assert 0 <= placed.span[0] < placed.span[1] <= len(later)
        assert replaced(anchor, later, words) is not None
    assert place(anchor, before).state == EXACT


def test_splitting_is_that_of_the_floor():
    assert isinstance(split(TEXT), Passage)
