"""What a draft changes, word by word, and when it may not be published yet."""

import pytest

from parasta_saas.core.i18n import using
from parasta_saas.reference import changes

BEFORE = {
    "key": "mid-review", "order": 32, "name": {"fi": "Välikeskustelu", "sv": "Mellansamtal", "en": "Mid-way"},
    "minimum": {"fi": "Pidetään.", "sv": "Hålls.", "en": "Is held."},
    "guidance": {"fi": "Kutsu molemmat. Aloita ajoissa.", "sv": "Kalla båda. Börja i tid.", "en": "Ask both."},
}  # fmt: skip


def after(**guidance):
    return {**BEFORE, "guidance": {**BEFORE["guidance"], **guidance}}


def test_an_unchanged_step_is_no_change():
    assert changes.step_changes([BEFORE], [BEFORE]) == []


def test_a_sentence_in_the_place_of_another_shows_its_words():
    (change,) = changes.step_changes([BEFORE], [after(fi="Kutsu molemmat. Aloita aina ajoissa.")])
    (text,) = change.texts
    assert (text.field, text.language) == ("guidance", "fi")
    assert text.rows == [
        ([("same", "Aloita"), ("same", " ajoissa.")], [("same", "Aloita"), ("added", " aina"), ("same", " ajoissa.")])
    ]


def test_a_sentence_at_the_end_has_nothing_before_it():
    (change,) = changes.step_changes([BEFORE], [after(en="Ask both. Write it down.")])
    assert change.texts[0].rows == [(None, [("added", "Write it down.")])]


@pytest.mark.parametrize(("one", "other"), [("", "a b"), ("a b", ""), ("a b c", "a x c"), ("ä ö", "ö ä")])
def test_same_and_added_words_make_the_new_text(one, other):
    assert "".join(words for kind, words in changes.word_diff(one, other) if kind != "gone") == other


def test_a_prepared_edit_appends_or_replaces_one_sentence():
    texts = BEFORE["guidance"]
    assert changes.edited(texts, {"append": {"fi": "Kirjaa."}}) == {"fi": "Kutsu molemmat. Aloita ajoissa. Kirjaa."}
    replaced = {"replace_sentence": {"index": 0, "fi": "Kutsu kaikki.", "sv": "Kalla alla."}}
    assert changes.edited(texts, replaced) == {"fi": "Kutsu kaikki. Aloita ajoissa.", "sv": "Kalla alla. Börja i tid."}
    with pytest.raises(IndexError):
        changes.edited(texts, {"replace_sentence": {"index": 7, "fi": "Ei."}})


@pytest.mark.parametrize(
    ("texts", "one_language", "fields"),
    [
        ({"fi": "Uusi.", "sv": "Ny."}, False, set()),
        ({"en": "New."}, False, set()),
        ({"fi": "Uusi."}, False, {"one_language"}),
        ({"sv": "Ny."}, False, {"one_language"}),
        ({"fi": "Uusi."}, True, set()),
        ({"fi": "Uusi.", "sv": ""}, True, {"_schema"}),
        ({}, True, {"_schema"}),
    ],
)
def test_a_change_is_ready_in_finnish_and_swedish(texts, one_language, fields):
    made = changes.step_changes([BEFORE], [after(**texts)])
    with using("fi"):
        problems = changes.not_ready(made, one_language=one_language)
    assert set(problems) == fields
    assert not made or all("32 Välikeskustelu" in told for [told] in problems.values())
