"""Pieces of a handbook written in other words find their step; what belongs nowhere is not forced. Pure."""

import json
from pathlib import Path

import pytest

from parasta_saas.instructions.pieces import Piece
from parasta_saas.instructions.pieces_language import language_of, stem
from parasta_saas.instructions.pieces_suggesting import FIELDS, Suggestion, index, is_confident, suggest
from parasta_saas.reference.content import DATA

STEPS = [step for part in ("01-26", "27-51") for step in json.loads((DATA / f"steps-{part}.json").read_text())]
PIECES = json.loads((Path(__file__).parent / "pieces.json").read_text("utf-8"))  # [step, heading, text]
NOWHERE = {
    "fi": [("Ruokala ja pysäköinti", "Ruokala on auki kello 10.30–13. Pysäköintiluvan saa vahtimestarilta."),
           ("Matkalaskut", "Kilometrikorvaukset haetaan ohjelmasta kuukauden loppuun mennessä. Liitä kuitit.")],
    "sv": [("Matsal och parkering", "Matsalen är öppen kl. 10.30–13. Parkeringstillstånd får du av vaktmästaren.")],
}  # fmt: skip


@pytest.fixture(scope="module")
def steps():
    """The first release in each language."""
    texts = {
        code: {s["key"]: {n: s[n].get(code, "") for n in FIELDS if s.get(n)} for s in STEPS} for code in ("fi", "sv")
    }
    return {code: index(found, code) for code, found in texts.items()}


def found(steps, code: str, title: str, text: str) -> list[Suggestion]:
    return suggest(steps[code], Piece((), title, text))


@pytest.mark.parametrize(("code", "least"), [("fi", 13), ("sv", 9)])
def test_most_pieces_have_their_step_first_and_every_one_among_the_first_three(steps, code, least):
    best = {want: [s.key for s in found(steps, code, title, text)] for want, title, text in PIECES[code]}
    assert [want for want, keys in best.items() if want not in keys] == []
    assert sum(keys[0] == want for want, keys in best.items()) >= least


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_a_confident_suggestion_is_right(steps, code):
    sure = 0
    for want, title, text in PIECES[code]:
        suggested = found(steps, code, title, text)
        if is_confident([s.score for s in suggested]):
            sure += 1
            assert suggested[0].key == want
    assert sure >= len(PIECES[code]) / 2


@pytest.mark.parametrize("code", ["fi", "sv"])
def test_what_belongs_nowhere_gets_no_confident_suggestion(steps, code):
    for title, text in NOWHERE[code]:
        assert not is_confident([s.score for s in found(steps, code, title, text)])


def test_the_reasons_are_words_of_the_piece_itself(steps):
    title, text = "Jos jakso keskeytyy", "Opettaja kirjaa keskeytyksen ja sen syyn."
    words = found(steps, "fi", title, text)[0].words
    assert "keskeytyksen" in words
    assert all(word in f"{title} {text}".casefold() for word in words)


def test_the_name_of_a_step_finds_the_step(steps):
    for code in ("fi", "sv"):
        best = {step["key"]: [s.key for s in found(steps, code, step["name"][code], "")] for step in STEPS}
        assert [key for key, keys in best.items() if key not in keys] == []
        assert sum(keys[0] == key for key, keys in best.items()) >= len(STEPS) - 2


def test_the_language_of_a_piece_is_found():
    for code, pieces in PIECES.items():
        assert [t for _key, title, t in pieces if language_of(f"{title} {t}", ("fi", "sv")) != code] == []
    assert language_of("2026", ("sv", "fi")) == "sv"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("fi", ("opettaja", "opettajan", "opettajalle", "opettajalta")),
        ("fi", ("keskeytys", "keskeytykset")),
        ("sv", ("yrkesprov", "yrkesprovet", "yrkesproven")),
        ("sv", ("handledare", "handledaren", "handledarens")),
    ],
)
def test_forms_of_a_word_share_their_beginning(code, words):
    stems = {stem(word, code) for word in words}
    shortest = min(stems, key=len)
    assert len(shortest) >= 4
    assert all(each.startswith(shortest[:5]) for each in stems)


@pytest.mark.parametrize("text", ["", "1 2 3", "?" * 10_000, "sana " * 50_000, "ä" * 20_000])
def test_odd_texts_are_no_trouble(steps, text):
    assert len(found(steps, "fi", "", text)) <= 3
