"""Answers are remembered, releases may be skipped, gone back from and withdrawn: work done is kept every time."""

import re
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.instructions import queries
from tests.faults.providers import publish
from tests.instructions import nation
from tests.instructions.pages import typed

OWN = "Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin ennen jakson alkua."
CALL = "Jos työpaikka jätti numeron, soita aina ensin."
NOTE = "Päivystäjä vaihtuu viikoittain"
SINCE = "Kirjaa soitto heti."
STEP = "/o/lumo/map/goals-and-tasks"
SHELF = "/o/lumo/shelf"


def overlays() -> dict:
    """Everything of Lumo's own that is in force, by step."""
    with acting_as("aino") as aino:
        book = queries.book_of(aino)
        return {"release": book.release.number} | {k: book.instructions[k].overlay() for k in sorted(book.local)}


def write(cast, key: str, **fields) -> None:
    """Aino publishes a step with these fields changed."""
    edit = cast.aino.get(f"/o/lumo/map/{key}/edit")
    words = typed(edit) | fields
    words.pop("_key")
    assert cast.aino.post(f"/o/lumo/map/{key}/edit", words).status_code == 303


def national_sentence(number: str, said: str):
    """A release that only says something else in the sentence that Lumo has changed, too."""

    def change(draft) -> None:
        text = draft.step("goals-and-tasks").guidance["fi"]
        old = next(s for s in re.split(r"(?<=\.) ", text) if s.startswith("Ohjaaja"))
        draft.rewrite("goals-and-tasks", old, said)

    nation.publish(number, change)


@pytest.fixture
def used(fresh, cast):
    """Lumo has kept its words and follows 1.1."""

    def story():
        before = overlays()
        publish()
        fresh.work()
        url = nation.offered(cast.aino)
        nation.take(cast.aino, url)
        return url, before, overlays()

    return fresh.staged("1.1 in use", story)


def test_an_answer_given_to_the_same_texts_is_not_asked_for_again(fresh, cast):
    national_sentence("1.2", "Ohjaaja saa tavoitteet viimeistään edellisenä päivänä.")
    fresh.work()
    assert nation.answer_all(cast.aino, nation.offered(cast.aino)) == 1
    nation.publish("1.3", lambda draft: draft.remove("partner-registration"))
    fresh.work()
    url = nation.offered(cast.aino)
    page = cast.aino.get(url + "?step=goals-and-tasks").text
    today = clock.today().strftime("%-d.%-m.%Y")
    assert f"Tähän vastattiin jo {today}, vastaajana Aino Alanko" in page
    assert cast.aino.post(url + "/use").status_code == 303
    assert OWN in cast.aino.get(STEP).text


def test_a_remembered_answer_can_be_changed(fresh, cast):
    national_sentence("1.2", "Ohjaaja saa tavoitteet viimeistään edellisenä päivänä.")
    fresh.work()
    nation.answer_all(cast.aino, nation.offered(cast.aino))
    nation.publish("1.3", lambda draft: draft.remove("partner-registration"))
    fresh.work()
    url = nation.offered(cast.aino)
    page = cast.aino.get(url + "?step=goals-and-tasks").text
    again = re.search(r'action="([^"]*/reopening)"', page)[1]
    assert "Muuta vastausta" in page
    assert cast.aino.post(again).status_code == 303
    assert cast.aino.post(url + "/use").status_code == 409
    nation.take(cast.aino, url, "take")
    assert OWN not in cast.aino.get(STEP).text
    assert OWN in cast.aino.get(SHELF).text


def test_a_provider_two_behind_gets_one_offer_to_the_newest(fresh, cast):
    publish()
    fresh.work()
    first = nation.offered(cast.aino)
    nation.publish("1.2", lambda draft: draft.rename("contact-response", "first-answer"))
    nation.publish("1.3", lambda draft: draft.rename("first-answer", "very-first-answer"))
    fresh.work()
    page = cast.aino.get("/o/lumo/updates").text
    assert page.count("Odottaa sinua") == 1
    assert "1.0 → 1.3" in page
    assert "Tilalla tarjotaan 1.2" in page
    assert cast.aino.post(first + "/use").status_code == 409
    assert "Viitemalli 1.2 korvaa tämän päivityksen." in cast.aino.get(first).text
    done = nation.take(cast.aino, nation.offered(cast.aino))
    assert "Yhtään ei puutu." in done.text
    step = cast.aino.get("/o/lumo/map/very-first-answer").text
    assert NOTE in step
    assert CALL in step


def test_going_back_brings_every_word_back_and_offers_the_update_again(fresh, cast, used):
    url, before, after = used
    assert after != before
    assert "Palaa viitemalliin 1.0" in cast.aino.get(url).text
    answer = cast.aino.post(url + "/return")
    assert answer.status_code == 303
    assert "Seuraatte taas viitemallia 1.0." in cast.aino.follow(answer).text
    assert overlays() == before
    assert nation.offered(cast.aino) == url
    fresh.work()
    assert cast.aino.post(url + "/return").status_code == 409
    assert "Tähän vastattiin jo" in cast.aino.get(url + "?step=goals-and-tasks").text
    assert cast.aino.post(url + "/use").status_code == 303
    assert overlays() == after


def test_work_done_since_is_kept_when_going_back(cast, used):
    url, before, _ = used
    write(cast, "contact-response", note_fi=f"Uusi ohje.\n\n{SINCE}")
    write(cast, "mid-review", note_fi="Kutsumme kaikki.")
    cast.aino.post(url + "/return")
    now = overlays()
    assert now["contact-response"]["note"]["fi"] == f"Uusi ohje.\n\n{SINCE}"
    assert now["contact-response"]["guidance"] == before["contact-response"]["guidance"]
    assert now["mid-review"]["note"] == {"fi": "Kutsumme kaikki."}


def test_going_back_over_a_removed_step_brings_its_words_home(fresh, cast):
    before = overlays()

    def change(draft) -> None:
        draft.remove("contact-response")
        draft.rename("goals-and-tasks", "goals")
        draft.copy("mid-review", "brand-new")

    nation.publish("1.2", change)
    fresh.work()
    url = nation.offered(cast.aino)
    nation.take(cast.aino, url)
    write(cast, "brand-new", note_fi="Vain uudella askeleella.")
    write(cast, "goals", note_fi="Kirjoitettu uuteen askeleeseen.")
    cast.aino.post(url + "/return")
    now = overlays()
    assert now["contact-response"] == before["contact-response"]
    assert now["goals-and-tasks"] == before["goals-and-tasks"] | {"note": {"fi": "Kirjoitettu uuteen askeleeseen."}}
    page = cast.aino.get(SHELF).text
    assert "Vain uudella askeleella." in page
    assert NOTE not in page
    assert NOTE in cast.aino.get("/o/lumo/map/contact-response").text
    fresh.work()
    assert "Yhtään ei puutu." in nation.take(cast.aino, nation.offered(cast.aino)).text


def test_after_the_transition_there_is_no_way_back(cast, used):
    url, _, after = used
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert "Palaa viitemalliin 1.0" not in cast.aino.get(url).text
        assert cast.aino.post(url + "/return").status_code in (303, 409)
    assert overlays() == after


def test_going_back_while_a_newer_update_waits_puts_both_into_one(fresh, cast, used):
    url, before, _ = used
    nation.publish("1.2", lambda draft: draft.rename("contact-response", "first-answer"))
    fresh.work()
    newer = nation.offered(cast.aino)
    assert newer != url
    cast.aino.post(url + "/return")
    assert overlays() == before
    assert nation.offered(cast.aino) == newer
    assert "1.0 → 1.2" in cast.aino.get(newer).text
    assert "Yhtään ei puutu." in nation.take(cast.aino, newer).text


def test_a_withdrawal_restores_the_handbook_of_who_made_no_edits(fresh, cast):
    before = overlays()

    def change(draft) -> None:
        draft.remove("contact-response")
        draft.rename("goals-and-tasks", "goals")
        draft.remove("partner-registration", "merge", ("need-of-workplace",))

    nation.publish("1.2", change)
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    assert NOTE in cast.aino.get(SHELF).text
    nation.withdraw("1.3")
    fresh.work()
    url = nation.offered(cast.aino)
    assert "perui version" in cast.aino.get(url + "?step=contact-response").text
    done = nation.take(cast.aino, url)
    assert "Yhtään ei puutu." in done.text
    assert overlays() == before | {"release": "1.3"}
    assert NOTE not in cast.aino.get(SHELF).text
    assert NOTE in cast.aino.get(SHELF + "?show=settled").text


def test_a_withdrawal_keeps_what_was_written_in_between(fresh, cast):
    nation.publish("1.2", lambda draft: draft.rename("contact-response", "first-answer"))
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    write(cast, "first-answer", note_fi=SINCE)
    nation.withdraw("1.3")
    fresh.work()
    assert "Yhtään ei puutu." in nation.take(cast.aino, nation.offered(cast.aino)).text
    step = cast.aino.get("/o/lumo/map/contact-response").text
    assert SINCE in step
    assert CALL in step


def test_an_answer_holds_also_after_a_withdrawal_when_the_same_texts_meet_again(fresh, cast):
    said = "Ohjaaja saa tavoitteet viimeistään edellisenä päivänä."
    national_sentence("1.2", said)
    fresh.work()
    nation.take(cast.aino, nation.offered(cast.aino))
    nation.withdraw("1.3")
    fresh.work()
    assert nation.answer_all(cast.aino, nation.offered(cast.aino)) == 0
    cast.aino.post(nation.offered(cast.aino) + "/use")
    national_sentence("1.4", said)
    fresh.work()
    url = nation.offered(cast.aino)
    assert "Tähän vastattiin jo" in cast.aino.get(url + "?step=goals-and-tasks").text
    assert cast.aino.post(url + "/use").status_code == 303
    assert OWN in cast.aino.get(STEP).text


def test_words_written_while_the_update_waits_meet_the_question_before_they_move(fresh, cast):
    def change(draft) -> None:
        draft.remove("mid-review", "merge", ("contact-response",))
        draft.remove("regular-guidance")

    nation.publish("1.2", change)
    fresh.work()
    url = nation.offered(cast.aino)
    write(cast, "mid-review", note_fi="Kutsumme kaikki.")
    write(cast, "regular-guidance", note_fi="Poissaolosta soitetaan.")
    answer = cast.aino.post(url + "/use")
    assert answer.status_code == 303
    assert "Katso päivitys vielä kerran läpi." in cast.aino.follow(answer).text
    assert overlays()["release"] == "1.0"
    assert "Kutsumme kaikki." in cast.aino.get(url).text
    assert cast.aino.post(url + "/use").status_code == 409
    assert "Yhtään ei puutu." in nation.take(cast.aino, url).text
    assert "Kutsumme kaikki." in cast.aino.get("/o/lumo/map/contact-response").text
    assert "Poissaolosta soitetaan." in cast.aino.get(SHELF).text


def test_an_update_is_given_to_a_colleague_with_one_mail(fresh, cast):
    publish()
    fresh.work()
    url = nation.offered(cast.aino)
    page = cast.aino.get(url).text.split('name="member"')[1].split("</select>")[0]
    options = re.findall(r'<option value="([0-9a-f-]{36})"[^>]*>([^<]*)<', page)
    assert any(name == "Aino Alanko" for _, name in options)
    other = next((value, name) for value, name in options if name != "Aino Alanko") if len(options) > 1 else options[0]
    letters = len(fresh.letters())
    for _ in range(2):
        assert cast.aino.post(url + "/assignment", {"member": other[0]}).status_code == 303
    fresh.work()
    assert other[1] in cast.aino.get(url).text
    assert len(fresh.letters()) == letters + (other[1] != "Aino Alanko")
    assert cast.aino.post(url + "/assignment", {"member": ""}, htmx=True).status_code == 200
    assert "sopi Aino" not in cast.aino.get(url).text


@pytest.mark.parametrize("member", ["x", "00000000-0000-7000-8000-000000000000"])
def test_only_an_editor_of_the_provider_can_be_given_an_update(fresh, cast, member):
    publish()
    fresh.work()
    url = nation.offered(cast.aino)
    assert cast.aino.post(url + "/assignment", {"member": member}).status_code in (404, 422)


@pytest.mark.parametrize("who", ["kerttu", "eero", "ville", "siiri", "nelli"])
def test_nobody_else_goes_back_or_assigns(cast, used, who):
    url, _, after = used
    visitor = getattr(cast, who)
    for deed in ("/return", "/assignment", "/use"):
        assert visitor.post(url + deed).status_code in (403, 404)
    assert overlays() == after
