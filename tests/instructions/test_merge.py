"""A national update meets local words: both stand or a person is asked, and nothing is lost."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.core.sentences import comparable, split
from parasta_saas.instructions.merge import KEEP_LOCAL, TAKE_NATIONAL, Answer, Kind, merge, merge_texts

CONTACT = (
    "Vastaa samaa kanavaa pitkin, jota työpaikka käytti. Kerro nimesi ja se, mitä seuraavaksi tapahtuu. "
    "Kuuntele, mitä työpaikka tarvitsee, ennen kuin ehdotat sopimusmuotoa. "
    "Jos et ole oikea henkilö, etsi oikea ja kerro hänen nimensä samassa viestissä."
)
CALL_FIRST = "Jos työpaikka jätti numeron, soita aina ensin."
SAME_DAY = "Kirjaa vastaus samana päivänä, jotta työpaikan ei tarvitse kertoa asiaansa kahdesti."

GOALS = "Käykää tavoitteet läpi. {} Käyttäkää sanoja, joita työpaikalla käytetään."
GOALS_WAS = "Ohjaaja saa tavoitteet nähtäväkseen ennen jakson alkua."
GOALS_NEW = "Vastuullinen työpaikkaohjaaja saa tavoitteet nähtäväkseen viimeistään viisi arkipäivää ennen jakson alkua."
GOALS_OURS = "Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin ennen jakson alkua."

POOL = (
    "Soita ensin.",
    "Soita ensin ja kirjoita sitten.",
    "Kirjaa asia.",
    "Ring först.",
    "Sovi päivä esim. maanantaiksi.",
    "Kerro nimesi",
    "- nimi",
    "- nimi ja numero",
    "## Lopuksi",
    "Työ\u00adpaikka vastaa!",
    "Raja on 1.8. tai 24.11.2026.",
)
GAPS = st.sampled_from([" ", "\n", "\n\n", "\r\n\r\n", "  "])
PIECES = st.lists(st.tuples(st.sampled_from(POOL), GAPS), max_size=7)
WRITTEN = PIECES.map(lambda pieces: "".join(text + gap for text, gap in pieces))
ROUGH = st.text(alphabet='aAä1.!-#|" \n\u00ad', max_size=25)
TEXT = WRITTEN | ROUGH
CHOICES = st.lists(
    st.sampled_from([KEEP_LOCAL, TAKE_NATIONAL, "", "Oma virke.", "Yksi. Kaksi.\n\n- kolme"]), min_size=20
)


def keys(text):
    return [sentence.key for sentence in split(text).sentences]


def kinds(result):
    return [chunk.kind.value for chunk in result.chunks]


@settings(max_examples=120, deadline=None)
@given(TEXT, TEXT)
def test_a_change_of_one_side_stands_as_it_is(base, changed):
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).text == changed
    assert merge(base, changed, changed).text == changed
    assert all(result.clean for result in (merge(base, base, changed), merge(base, changed, base)))
    assert merge(base, changed, changed).clean


@settings(max_examples=150, deadline=None)
@given(TEXT, TEXT, TEXT, CHOICES)
def test_no_own_sentence_is_ever_lost(base, national, local, choices):
    result = merge(base, national, local)
    resolved = result.decide(choices[: len(result.conflicts)])
    left = Counter(keys(local)) - Counter(keys(base)) - Counter(comparable(text) for text in resolved.shelf)
    assert all(key in comparable(resolved.text) for key in left)
    assert all(key in comparable(result.text) for key in Counter(keys(local)) - Counter(keys(base)))


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_a_national_sentence_is_left_out_only_by_a_local_decision(base, national, local):
    result = merge(base, national, local)
    taken = result.decide([TAKE_NATIONAL] * len(result.conflicts)).text
    assert all(key in comparable(taken) for key in Counter(keys(national)) - Counter(keys(base)))


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_swapping_the_sides_mirrors_the_result(base, national, local):
    there, back = merge(base, national, local), merge(base, local, national)
    assert [(c.base, c.national, c.local) for c in there.conflicts] == [
        (c.base, c.local, c.national) for c in back.conflicts
    ]
    mirrored = {Kind.NATIONAL: Kind.LOCAL, Kind.LOCAL: Kind.NATIONAL}
    assert Counter(c.kind for c in there.chunks) == Counter(mirrored.get(c.kind, c.kind) for c in back.chunks)


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT, CHOICES)
def test_merging_again_after_the_answers_changes_nothing(base, national, local, choices):
    result = merge(base, national, local)
    resolved = result.decide(choices[: len(result.conflicts)])
    again = merge(national, national, resolved.text)
    assert again.clean
    assert again.text == resolved.text
    assert merge(base, national, local) == result


@settings(max_examples=100, deadline=None)
@given(TEXT, TEXT, TEXT)
def test_the_chunks_hold_every_sentence_of_the_three_texts_in_order(base, national, local):
    chunks = merge(base, national, local).chunks
    for side, text in (("base", base), ("national", national), ("local", local)):
        assert [s.key for chunk in chunks for s in getattr(chunk, side)] == keys(text)


def test_contact_response_takes_the_national_sentence_and_keeps_ours():
    local = CONTACT.replace("tapahtuu. ", f"tapahtuu. {CALL_FIRST} ")
    result = merge(CONTACT, f"{CONTACT} {SAME_DAY}", local)
    assert result.clean
    assert result.text == f"{local} {SAME_DAY}"
    assert kinds(result) == ["unchanged", "local", "unchanged", "national"]
    assert result.decide([]).shelf == ()


def test_goals_and_tasks_asks_one_question_with_a_suggestion():
    result = merge(*(GOALS.format(text) for text in (GOALS_WAS, GOALS_NEW, GOALS_OURS)))
    [conflict] = result.conflicts
    assert (conflict.base_text, conflict.national_text, conflict.local_text) == (
        GOALS_WAS,
        GOALS_NEW,
        GOALS_OURS,
    )
    assert conflict.suggestion == (
        "Vastuullinen työpaikkaohjaaja saa tavoitteet selkokielisenä listana sähköpostiin"
        " viimeistään viisi arkipäivää ennen jakson alkua."
    )
    assert result.text == GOALS.format(GOALS_OURS)


@pytest.mark.parametrize(
    ("choice", "sentence", "shelf"),
    [
        (KEEP_LOCAL, GOALS_OURS, ()),
        (TAKE_NATIONAL, GOALS_NEW, (GOALS_OURS,)),
        ("Lähetä tavoitteet ajoissa.", "Lähetä tavoitteet ajoissa.", (GOALS_OURS,)),
        (f"{GOALS_NEW} {GOALS_OURS}", f"{GOALS_NEW} {GOALS_OURS}", ()),
    ],
)
def test_what_an_answer_leaves_out_goes_to_the_shelf(choice, sentence, shelf):
    result = merge(*(GOALS.format(text) for text in (GOALS_WAS, GOALS_NEW, GOALS_OURS)))
    resolved = result.decide([choice])
    assert resolved.text == GOALS.format(sentence)
    assert resolved.shelf == shelf


# A1 is a small change of A, Z a rewriting of everything; "/" begins a paragraph.
SENTENCES = {
    "fi": {
        "A": "Soita ensin.", "A1": "Soita aina ensin.", "B": "Kirjaa asia.", "B1": "Kirjaa asia heti.",
        "B2": "Kirjaa asia 1.8. mennessä.", "C": "Sovi päivä esim. maanantaiksi.", "D": "Kiitä lopuksi!",
        "Z": "Kaikki uusiksi nyt.",
    },
    "sv": {
        "A": "Ring först.", "A1": "Ring alltid först.", "B": "Anteckna saken.",
        "B1": "Anteckna saken genast.", "B2": "Anteckna saken senast 1.8. i registret.",
        "C": "Boka en dag, t.ex. måndag.", "D": "Tacka till sist!", "Z": "Gör om allt nu.",
    },
}  # fmt: skip
BY_HAND = [
    # what happens, base, national, local, merged, kinds
    ("both add at the same place", "A B", "A C B", "A D B", "A C D B", "unchanged national local unchanged"),
    ("both add the same", "A B", "A C B", "A C B", "A C B", "unchanged same unchanged"),
    ("ours includes theirs", "A", "A C", "A D C", "A D C", "unchanged local"),
    ("theirs includes ours", "A", "A D C", "A C", "A D C", "unchanged national"),
    ("some of it the same", "A", "A C B", "A D C", "A C B D", "unchanged national local"),
    ("they remove what we left", "A B", "A", "A B", "A", "unchanged national"),
    ("we remove what they left", "A B", "A B", "B", "B", "local unchanged"),
    ("both remove", "A B C", "A C", "A C", "A C", "unchanged same unchanged"),
    ("they remove what we changed", "A B", "A", "A B1", "A B1", "unchanged conflict"),
    ("we remove what they changed", "A B", "A B1", "A", "A", "unchanged conflict"),
    ("both change the same sentence", "A B C", "A B1 C", "A B2 C", "A B2 C", "unchanged conflict unchanged"),
    ("neighbours change", "A B", "A1 B", "A B1", "A1 B1", "national local"),
    ("we add before what they change", "A B", "A B1", "A D B", "A D B1", "unchanged local national"),
    ("we add after what they change", "A B", "A1 B", "A D B", "A1 D B", "national local unchanged"),
    ("we change one and add one", "A B", "A B1", "A B2 D", "A B2 D", "unchanged conflict local"),
    ("we add inside what they rewrote", "A B", "Z", "A D B", "A D B", "conflict"),
    ("they change two, we one of them", "A B", "A1 B1", "A B2", "A1 B2", "national conflict"),
    ("all of ours removed", "A", "A B", "", "B", "local national"),
    ("no national text at first", "", "A", "D", "A D", "national local"),
    ("paragraphs", "A / B", "A C / B", "A / D B", "A C / D B", "unchanged national local unchanged"),
    ("a new last paragraph", "A", "A B", "A / D", "A B / D", "unchanged national local"),
    ("ours goes on where they begin a paragraph", "A", "A / D", "A B", "A B / D", "unchanged local national"),
]


def spell(letters, language="fi"):
    text = " ".join(SENTENCES[language].get(letter, letter) for letter in letters.split())
    return text.replace(" / ", "\n\n")


@pytest.mark.parametrize("language", ["fi", "sv"])
@pytest.mark.parametrize("case", BY_HAND, ids=[case[0] for case in BY_HAND])
def test_by_hand(case, language):
    base, national, local, merged = (spell(letters, language) for letters in case[1:5])
    result = merge(base, national, local)
    assert kinds(result) == case[5].split()
    assert result.text == merged
    assert result.clean is ("conflict" not in case[5])


def test_list_items_merge_one_by_one():
    result = merge("- nimi\n- numero", "- nimi\n- aika\n- numero", "- nimi\n- numero\n- kiitos")
    assert (result.clean, result.text) == (True, "- nimi\n- aika\n- numero\n- kiitos")


def test_unseen_differences_are_no_change_and_the_written_characters_stay():
    result = merge(
        "Työ\u00adpaikka vastaa. Kirjaa.",
        "Työpaikka vastaa.\r\nKirjaa. Kiitä.",
        "Työ\u00adpaikka vastaa. Kirjaa nyt.",
    )
    assert (result.clean, result.text) == (True, "Työpaikka vastaa. Kirjaa nyt. Kiitä.")


def test_two_changes_side_by_side_are_pointed_out():
    result = merge(spell("A B"), spell("A1 B"), spell("A B1"))
    assert (result.clean, result.touching) == (True, (0,))
    assert merge(spell("A B C"), spell("A B C D"), spell("Z A B C")).touching == ()


def test_taking_the_national_text_keeps_our_sentence_beside_it_out_of_the_question():
    result = merge(spell("A B"), spell("A B1"), spell("A B2 D"))
    assert result.decide([TAKE_NATIONAL]).text == spell("A B1 D")


@pytest.mark.parametrize("choices", [[], [KEEP_LOCAL, KEEP_LOCAL]])
def test_every_conflict_needs_one_answer(choices):
    with pytest.raises(ValueError, match="1 conflicts"):
        merge("Soita ensin.", "Soita aina ensin.", "Soita heti ensin.").decide(choices)


def test_an_answer_is_one_of_three():
    with pytest.raises(TypeError):
        merge("Soita ensin.", "Soita aina ensin.", "Soita heti ensin.").decide([None])
    assert {answer.value for answer in Answer} == {"keep_local", "take_national"}


def test_each_language_merges_alone():
    results = merge_texts(
        {"fi": spell("A B"), "sv": spell("A", "sv")},
        {"fi": spell("A B C"), "sv": spell("A1", "sv"), "en": "Call first."},
        {"fi": spell("A D B")},
    )
    assert {language: result.text for language, result in results.items()} == {
        "fi": spell("A D B C"),
        "sv": spell("A1", "sv"),
        "en": "Call first.",
    }
    assert all(result.clean for result in results.values())


def test_two_translations_of_one_text_are_a_question():
    result = merge_texts(
        {"fi": "Soita."}, {"fi": "Soita.", "sv": "Ring först."}, {"fi": "Soita.", "sv": "Slå en signal."}
    )["sv"]
    [conflict] = result.conflicts
    assert (conflict.national_text, conflict.local_text) == ("Ring först.", "Slå en signal.")
    assert result.decide([TAKE_NATIONAL]).shelf == ("Slå en signal.",)
    assert merge_texts({"fi": "Soita."}, {"fi": "Soita.", "sv": "Ring."}, {"fi": "Soita.", "sv": "Ring."})["sv"].clean
