"""Comments, proposals, questions to colleagues; texts that providers share with each other."""

import re

import pytest

from tests.instructions import nation
from tests.instructions.pages import statements, typed
from tests.visitor import form_key

STEP = "/o/lumo/map/contact-response"
AT = "/o/lumo/comments/steps/contact-response"
LIST = "/o/lumo/comments"


def said(visitor, words, at=AT, **more):
    return visitor.post(at, {"_key": form_key(visitor.get(STEP)), "words": words, **more})


def deed(page, name, words=""):
    """The address of a form of the comment with these words."""
    card = next(part for part in page.text.split("<article") if words in part and f"/{name}" in part)
    return re.search(rf'action="([^"]*/{name})[^"]*"', card)[1]


def member_id(page, name):
    return re.search(rf'<option value="([0-9a-f-]{{36}})"[^>]*>{name}', page.text)[1]


@pytest.mark.parametrize("who", ["eero", "ville"])
def test_a_teacher_and_a_student_comment_and_read_the_answer(fresh, cast, who):
    visitor = getattr(cast, who)
    assert said(visitor, "Puhelin on varattu aamuisin.").status_code == 303
    inbox = cast.aino.get(LIST)
    assert "Puhelin on varattu aamuisin." in inbox.text
    answered = cast.aino.post(
        deed(inbox, "answer", "aamuisin"),
        {"_key": form_key(inbox), "outcome": "noted", "answer": "Lisäämme toisen puhelimen."},
    )
    assert answered.status_code == 303
    fresh.work()
    assert "Lisäämme toisen puhelimen." in visitor.get(STEP).text
    letter = [mail for mail in fresh.letters() if "Kommenttiisi on vastattu" in mail.subject]
    assert len(letter) == 1 and "Lisäämme toisen puhelimen." in letter[0].text


def test_a_student_sees_own_comments_and_not_those_of_others(fresh, cast):
    said(cast.eero, "Vain työkavereille.")
    said(cast.ville, "Minun sanani.")
    page = cast.ville.get(STEP).text
    assert "Minun sanani." in page and "Vain työkavereille." not in page


def test_a_students_name_is_for_those_who_keep_the_handbook_alone(fresh, cast):
    said(cast.ville, "Ovi oli lukossa.")
    assert "Ville Virta" in cast.aino.get(LIST).text
    seen = cast.eero.get(STEP).text
    assert "Ovi oli lukossa." in seen and "Opiskelija tai huoltaja" in seen and "Ville Virta" not in seen


def test_a_comment_without_words_says_what_to_do_and_nothing_is_saved(cast):
    refused = said(cast.eero, " ")
    assert refused.status_code == 422 and "Kirjoita kommenttisi." in refused.text


def test_script_in_a_comment_is_words(fresh, cast):
    said(cast.eero, "<script>alert(1)</script>")
    assert "<script>alert(1)" not in cast.aino.get(LIST).text
    assert "&lt;script&gt;alert(1)" in cast.aino.get(LIST).text


def test_proposed_words_go_into_the_text_with_what_was_written_since(fresh, cast):
    guidance = typed(cast.aino.get(f"{STEP}/edit"))["guidance_fi"]
    first, *rest = guidance.split(". ")
    proposal = f"{first} aina heti. " + ". ".join(rest)
    sent = said(cast.eero, "Näin kukaan ei odota.", f"{AT}/proposals", part="guidance-fi", text_guidance_fi=proposal)
    assert sent.status_code == 303
    form = typed(cast.aino.get(f"{STEP}/edit"))
    form["guidance_fi"] = f"{guidance} Kiitä lopuksi."
    assert cast.aino.post(f"{STEP}/edit", form).status_code == 303

    inbox = cast.aino.get(LIST)
    taken = cast.aino.post(deed(inbox, "words", "Näin kukaan"), {"_key": form_key(inbox)})
    assert taken.status_code == 303
    stands = typed(cast.aino.get(f"{STEP}/edit"))["guidance_fi"]
    assert "aina heti." in stands and "Kiitä lopuksi." in stands
    assert "Ehdotus on nyt tekstissä" in cast.eero.get(STEP).text


def test_proposed_words_for_a_sentence_that_changed_since_are_left_to_a_person(fresh, cast):
    guidance = typed(cast.aino.get(f"{STEP}/edit"))["guidance_fi"]
    first, *rest = guidance.split(". ")
    said(cast.eero, "Selvempi.", f"{AT}/proposals", part="guidance-fi",
         text_guidance_fi=f"{first} heti aamulla. " + ". ".join(rest))  # fmt: skip
    form = typed(cast.aino.get(f"{STEP}/edit"))
    form["guidance_fi"] = f"{first} vasta illalla. " + ". ".join(rest)
    cast.aino.post(f"{STEP}/edit", form)
    inbox = cast.aino.get(LIST)
    refused = cast.aino.post(deed(inbox, "words", "Selvempi."), {"_key": form_key(inbox)})
    assert refused.status_code == 409 and "Samaa virkettä on muutettu" in refused.text
    assert "vasta illalla" in typed(cast.aino.get(f"{STEP}/edit"))["guidance_fi"]


def test_a_proposal_that_changes_nothing_is_sent_back(cast):
    guidance = typed(cast.aino.get(f"{STEP}/edit"))["guidance_fi"]
    refused = said(cast.eero, "Hyvä näin.", f"{AT}/proposals", part="guidance-fi", text_guidance_fi=guidance)
    assert refused.status_code == 422 and "Muuta tekstiä ensin" in refused.text and "Hyvä näin." in refused.text


def test_a_colleague_is_asked_by_mail_and_may_answer_that_question_alone(fresh, cast):
    said(cast.kerttu, "Muu kommentti.")
    page = cast.aino.get(STEP)
    cast.aino.post(
        f"{AT}/questions",
        {"_key": form_key(page), "member": member_id(page, "Eero Elo"), "words": "Riittääkö yksi puhelu?"},
    )
    fresh.work()
    letter = fresh.letters("eero@lumo.example")[-1]
    assert "Riittääkö yksi puhelu?" in letter.text and "/o/lumo/comments#c-" in letter.text
    inbox = cast.eero.get(LIST)
    yes = cast.eero.post(
        deed(inbox, "answer", "Riittääkö"), {"_key": form_key(inbox), "outcome": "noted", "answer": "Riittää."}
    )
    assert yes.status_code == 303
    address = deed(cast.aino.get(LIST), "answer", "Muu kommentti.")
    no = cast.eero.post(address, {"_key": form_key(cast.eero.get(STEP)), "outcome": "noted", "answer": "x"})
    assert no.status_code == 403


def test_a_second_answer_is_a_conflict_and_an_answer_can_be_taken_back(fresh, cast):
    said(cast.eero, "Kaksi vastaa.")
    inbox = cast.aino.get(LIST)
    address = deed(inbox, "answer", "Kaksi vastaa.")
    for code in (303, 409):
        form = {"_key": form_key(cast.aino.get(STEP)), "outcome": "noted", "answer": "Selvä."}
        assert cast.aino.post(address, form).status_code == code
    done = cast.aino.get(f"{LIST}?show=done")
    assert cast.aino.post(deed(done, "reopening", "Kaksi vastaa."), {"_key": form_key(done)}).status_code == 303
    assert "Kaksi vastaa." in cast.aino.get(LIST).text


def test_a_question_is_asked_from_the_update_desk_and_stands_there_with_its_answer(fresh, cast):
    nation.publish("1.2", lambda draft: draft.rewrite("contact-response", "nimetyn", "oman", "minimum"))
    fresh.work()
    desk = f"{nation.offered(cast.aino)}?step=contact-response"
    page = cast.aino.get(desk)
    address = re.search(r'action="(/o/lumo/comments/updates/[0-9a-f-]{36}/questions)"', page.text)[1]
    form = {"_key": form_key(page), "member": member_id(page, "Kerttu Kivi"), "words": "Miten tämä on teillä?"}
    assert cast.aino.post(address, {**form, "step": "contact-response"}).status_code == 303
    assert "Miten tämä on teillä?" in cast.aino.get(desk).text
    assert "Miten tämä on teillä?" not in cast.aino.get(STEP).text


def share(visitor, key="contact-response", place="lumo"):
    return visitor.post(f"/o/{place}/shared-texts", {"step": key})


def test_a_shared_text_is_copied_with_its_origin_and_nothing_else_crosses(fresh, cast):
    form = typed(cast.aino.get(f"{STEP}/edit"))
    cast.aino.post(f"{STEP}/edit", {**form, "note_fi": "Soitamme aina takaisin.", "local_role_fi": "Salainen rooli"})
    assert "Soitamme aina takaisin." not in cast.siiri.get("/o/kaari/shared-texts").text
    assert share(cast.aino).status_code == 303
    library = cast.siiri.get("/o/kaari/shared-texts")
    assert "Soitamme aina takaisin." in library.text and "Salainen rooli" not in library.text
    assert "Aino" not in library.text
    copied = cast.siiri.post(deed_in(library, "copies"))
    assert copied.status_code == 303
    step = cast.siiri.get("/o/kaari/map/contact-response").text
    assert "Soitamme aina takaisin." in step and "jaettu teksti" in step
    again = cast.siiri.post(deed_in(library, "copies"))
    assert again.status_code == 409

    own = cast.aino.get("/o/lumo/shared-texts")
    cast.aino.post(deed_in(own, "withdrawal"))
    assert "Soitamme aina takaisin." not in cast.siiri.get("/o/kaari/shared-texts").text
    assert "Soitamme aina takaisin." in cast.siiri.get("/o/kaari/map/contact-response").text


def deed_in(page, name):
    return re.search(rf'action="(/o/[a-z]+/shared-texts/[0-9a-f-]{{36}}/{name})"', page.text)[1]


def test_another_provider_cannot_stop_the_sharing(fresh, cast):
    form = typed(cast.aino.get(f"{STEP}/edit"))
    cast.aino.post(f"{STEP}/edit", {**form, "note_fi": "Soitamme aina takaisin."})
    share(cast.aino)
    address = deed_in(cast.aino.get("/o/lumo/shared-texts"), "withdrawal").replace("/lumo/", "/kaari/")
    assert cast.siiri.post(address).status_code == 404


def test_the_list_of_comments_costs_the_same_however_many_there_are(fresh, cast):
    said(cast.eero, "Yksi.")
    one, _size = statements(fresh, lambda: cast.aino.get(LIST))
    for number in range(4):
        said(cast.eero, f"Kommentti {number}.")
    many, _size = statements(fresh, lambda: cast.aino.get(LIST))
    assert one == many <= 12


def test_a_step_without_an_own_text_is_not_shared_and_says_so(cast):
    refused = share(cast.aino, "matching")
    assert refused.status_code == 422 and "ei ole vielä omaa tekstiä" in refused.text


def test_the_public_comments_by_name_and_the_answer_goes_to_the_address_given(fresh, cast):
    door = "/h/lumo/comment?step=contact-response"
    assert cast.nobody.get(door).status_code == 404, "the handbook is not public"
    page = cast.aino.get("/o/lumo/handbook/publicity")
    assert cast.aino.post("/o/lumo/handbook/publicity", {"_key": form_key(page)}).status_code == 303
    asked = cast.nobody.get(door)
    assert "Yhteydenottoon vastaaminen" in asked.text
    words = {"_key": form_key(asked), "words": "Mistä löydän numeron?", "name": "Veera Viherlehto"}
    assert cast.nobody.post(door, {**words, "email": "ei osoite"}).status_code == 422
    assert cast.nobody.post(door, {**words, "place": "Kukkakauppa", "email": "veera@kukka.example"}).status_code == 303
    inbox = cast.aino.get(LIST)
    assert "Mistä löydän numeron?" in inbox.text and "Kukkakauppa" in inbox.text
    answered = {"_key": form_key(inbox), "outcome": "noted", "answer": "Oven vierestä."}
    cast.aino.post(deed(inbox, "answer", "Mistä löydän"), answered)
    fresh.work()
    assert "Oven vierestä." in fresh.letters("veera@kukka.example")[-1].text


def test_a_workplace_comments_as_itself_on_a_provider_it_works_with(fresh, cast):
    door = "/o/kahvila-kanerva/handbook/plain/of/{}/comment"
    page = cast.kaisa.get(door.format("lumo"))
    said = cast.kaisa.post(door.format("lumo"), {"_key": form_key(page), "words": "Selkeä, kiitos."})
    assert said.status_code == 303
    assert "Selkeä, kiitos." in cast.aino.get(LIST).text and "Kaisa Kanerva" in cast.aino.get(LIST).text
    assert cast.kaisa.get(door.format("fjarden")).status_code == 404


def test_very_many_comments_from_one_network_are_asked_to_wait(fresh, cast):
    page = cast.aino.get("/o/lumo/handbook/publicity")
    cast.aino.post("/o/lumo/handbook/publicity", {"_key": form_key(page)})
    codes = []
    for number in range(21):
        asked = cast.nobody.get("/h/lumo/comment")
        words = {"_key": form_key(asked), "words": f"Kommentti {number}", "name": "Veera"}
        codes.append(cast.nobody.post("/h/lumo/comment", words).status_code)
    assert codes == [303] * 20 + [422]
