"""Two people write on one step: before, theirs, mine; both texts are kept whatever is chosen."""

import pytest

from parasta_saas.instructions.two_editors import bring_together
from tests.instructions.nation import offered, take
from tests.instructions.versions.people import (
    NEW,
    STEP,
    form_of,
    hidden,
    in_force,
    meeting_of,
    publish,
    save,
    second_editor,
)

BASE = {"guidance": {"fi": "Yksi asia. Toinen asia. Kolmas asia."}}
NATIONAL = {"guidance": {"fi": "Kansallinen ohje."}, "time_limit": None}


@pytest.fixture
def two(fresh, cast):
    """Both begin from one published sentence."""
    second_editor(fresh)
    publish(cast.aino, note_fi="Alkuperäinen virke.")
    return cast.aino, cast.kerttu


def both(theirs, mine, base=BASE):
    return bring_together(base, theirs, mine, was=NATIONAL, now=NATIONAL, languages=("fi", "sv"))


def said(text):
    return {"guidance": {"fi": text}}


def test_different_sentences_need_no_question():
    met = both(
        said("Yksi asia. Toinen asia tänään. Kolmas asia."), said("Yksi asia. Toinen asia. Kolmas asia huomenna.")
    )
    assert met.clean
    assert met.settled({})["guidance"]["fi"] == "Yksi asia. Toinen asia tänään. Kolmas asia huomenna."


@pytest.mark.parametrize(
    ("way", "own", "made"),
    [
        ("theirs", "", "Yksi. Toinen asia. Kolmas asia."),
        ("mine", "", "Kaksi. Toinen asia. Kolmas asia."),
        ("both", "", "Yksi. Kaksi. Toinen asia. Kolmas asia."),
        ("own", "Molemmat.", "Molemmat. Toinen asia. Kolmas asia."),
    ],
)
def test_the_same_sentence_is_asked_and_each_answer_is_what_it_says(way, own, made):
    met = both(said("Yksi. Toinen asia. Kolmas asia."), said("Kaksi. Toinen asia. Kolmas asia."))
    assert [(q.field, q.language) for q in met.questions] == [("guidance", "fi")]
    assert met.settled({0: (way, own)})["guidance"]["fi"] == made


def test_a_number_changed_by_both_is_one_or_the_other():
    met = both({"time_limit_value": 3}, {"time_limit_value": 2}, {"time_limit_value": 5})
    assert met.questions[0].ways == ("theirs", "mine")
    assert met.settled({0: ("theirs", "")})["time_limit_value"] == 3


def test_lists_are_brought_together_by_their_keys():
    a, b, c = ({"key": k, "text": {"fi": k}} for k in "abc")
    met = both({"checklist": [a, b]}, {"checklist": [a, c]}, {"checklist": [a]})
    assert met.clean and met.settled({})["checklist"] == [a, b, c]
    other = {"key": "a", "text": {"fi": "toisin"}}
    mine = {"key": "a", "text": {"fi": "minusta"}}
    met = both({"checklist": [other]}, {"checklist": [mine]}, {"checklist": [a]})
    assert met.settled({0: ("both", "")})["checklist"] == [other, {**mine, "key": "a-2"}]


@pytest.mark.parametrize("htmx", [False, True])
def test_a_newer_publication_leads_to_the_three_way_page(two, htmx):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    answer = publish(kerttu, form=mine, htmx=htmx, note_fi="Kertun virke.")
    assert answer.status_code == (200 if htmx else 303)
    page = kerttu.get(meeting_of(answer)).text
    assert "Ainon virke." in page and "Kertun virke." in page and "Molemmat peräkkäin" in page
    assert "Kertun virke." not in in_force(aino)


def test_both_one_after_the_other_is_published_and_both_texts_are_kept(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    at = meeting_of(publish(kerttu, form=mine, note_fi="Kertun virke."))
    page = kerttu.get(at)
    form = {"seen": hidden(page, "seen"), "way_0": "both", "wants": "publish"}
    assert kerttu.post(at, form).status_code == 303
    assert "Ainon virke. Kertun virke." in in_force(aino)
    after = kerttu.get(at).text
    assert "Kertun virke." in after and "Tämä on ratkaistu" in after
    assert kerttu.post(at, form).status_code == 409


def test_different_fields_fit_and_publish_with_one_press(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    at = meeting_of(publish(kerttu, form=mine, note_sv="Kerttus mening."))
    page = kerttu.get(at)
    assert "Tekstit sopivat yhteen" in page.text and "Mikä jää?" not in page.text
    kerttu.post(at, {"seen": hidden(page, "seen"), "wants": "publish"})
    form = form_of(aino)
    assert (form["note_fi"], form["note_sv"]) == ("Ainon virke.", "Kerttus mening.")


def test_no_answer_is_mended_in_place_and_a_draft_can_be_saved_instead(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    at = meeting_of(publish(kerttu, form=mine, note_fi="Kertun virke."))
    seen = hidden(kerttu.get(at), "seen")
    answer = kerttu.post(at, {"seen": seen, "wants": "publish"})
    assert answer.status_code == 422 and "Valitse, mikä jää." in answer.text
    answer = kerttu.post(at, {"seen": seen, "wants": "publish", "way_0": "own", "own_0": "  "})
    assert answer.status_code == 422 and "Kirjoita virke" in answer.text
    assert kerttu.post(at, {"seen": seen, "wants": "draft", "way_0": "mine"}).status_code == 303
    assert form_of(aino)["note_fi"] == "Kertun virke."
    assert "Ainon virke." in in_force(aino)


def test_the_other_text_may_move_once_more(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    at = meeting_of(publish(kerttu, form=mine, note_fi="Kertun virke."))
    seen = hidden(kerttu.get(at), "seen")
    publish(aino, note_fi="Ainon toinen virke.")
    answer = kerttu.post(at, {"seen": seen, "wants": "publish", "way_0": "mine"})
    assert answer.status_code == 422
    assert "muuttunut vielä kerran" in answer.text and "Ainon toinen virke." in answer.text
    assert kerttu.post(at, {"seen": hidden(answer, "seen"), "wants": "publish", "way_0": "mine"}).status_code == 303
    assert "Kertun virke." in in_force(aino)


def test_two_drafts_over_each_other_meet_too(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    save(aino, note_fi="Ainon luonnos.")
    at = meeting_of(save(kerttu, form=mine, note_fi="Kertun luonnos."))
    page = kerttu.get(at)
    assert "Ainon luonnos." in page.text
    kerttu.post(at, {"seen": hidden(page, "seen"), "way_0": "both", "wants": "draft"})
    assert form_of(aino)["note_fi"] == "Ainon luonnos. Kertun luonnos."


def test_the_same_words_from_both_meet_nobody(two):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Sama virke.")
    answer = publish(kerttu, form=mine, note_fi="Sama virke.")
    assert answer.location == NEW
    assert "mitään ei julkaistu" in kerttu.follow(answer).text


def test_a_draft_discarded_by_another_is_simply_written_again(two):
    aino, kerttu = two
    save(aino, note_fi="Ainon luonnos.")
    mine = form_of(kerttu)
    aino.post(f"{NEW}/draft/discard")
    assert save(kerttu, form=mine, note_fi="Ainon luonnos ja lisää.").location == NEW
    assert form_of(aino)["note_fi"] == "Ainon luonnos ja lisää."


def test_a_form_opened_before_a_national_update_is_brought_onto_it(fresh, cast):
    from tests.faults.providers import publish as publish_release

    publish_release()
    fresh.work()
    form = form_of(cast.aino, STEP)
    take(cast.aino, offered(cast.aino))
    answer = publish(cast.aino, STEP, form=form, note_fi="Kirjoitettu ennen päivitystä.")
    page = cast.aino.get(meeting_of(answer))
    assert "Kirjoitettu ennen päivitystä." in page.text
    assert form["guidance_fi"] != form_of(cast.aino, STEP)["guidance_fi"]
    ways = {f"way_{n}": "theirs" for n in range(page.text.count("Mikä jää?"))}
    cast.aino.post(page.request.path, {"seen": hidden(page, "seen"), "wants": "publish", **ways})
    now = form_of(cast.aino, STEP)
    assert "Kirjoitettu ennen päivitystä." in now["note_fi"]


@pytest.mark.parametrize("who", ["siiri", "eero", "sanni"])
def test_a_meeting_is_nobody_elses(two, cast, who):
    aino, kerttu = two
    mine = form_of(kerttu)
    publish(aino, note_fi="Ainon virke.")
    at = meeting_of(publish(kerttu, form=mine, note_fi="Kertun virke."))
    visitor = getattr(cast, who)
    assert visitor.get(at).status_code == 404
    assert visitor.post(at, {"seen": "x"}).status_code == 404
    assert aino.get(at.replace("matching", "mid-review")).status_code == 404
