"""A national update: offered to each provider, questions answered, taken into use, nothing of the provider's lost."""

import re

import pytest

from tests.faults.providers import publish
from tests.visitor import form_key  # noqa: F401

OWN = "Ohjaaja saa tavoitteet selkokielisenä listana sähköpostiin ennen jakson alkua."
CALL = "Jos työpaikka jätti numeron, soita aina ensin."


@pytest.fixture
def offered(fresh, cast):
    """Release 1.1 is published and offered to every provider."""

    def story() -> str:
        publish()
        fresh.work()
        page = cast.aino.follow(cast.aino.get("/o/lumo/updates"))
        return re.search(r"/o/lumo/updates/[0-9a-f-]{36}", page.text)[0]

    return fresh.staged("update offered", story)


def ask(cast, url):
    page = cast.aino.get(url + "?step=goals-and-tasks")
    return page, re.search(r"/o/lumo/updates/[0-9a-f-]{36}/items/[0-9a-f-]{36}/answer", page.text)[0]


def test_each_provider_gets_one_update_one_mail_and_one_line_in_its_log(fresh, offered):
    assert len(fresh.letters("aino@lumo.example")) == len(fresh.letters("siiri@kaari.example")) == 1
    with fresh.superuser_connection() as above:
        rows = above.execute("select count(*), count(distinct tenant_id) from national_update").fetchone()
        log = above.execute("select count(*) from audit_entry where name = 'instructions.update_offered'").fetchone()
    assert rows == (3, 3)
    assert log == (3,)


def test_clean_changes_ask_nothing_and_the_same_sentence_asks(cast, offered):
    page = cast.aino.get(offered)
    assert page.status_code == 200
    assert "Tavoitteista ja työtehtävistä sopiminen" in page.text
    assert "Yhteydenottoon vastaaminen" in page.text
    both = cast.aino.get(offered + "?step=contact-response").text
    assert CALL in both


@pytest.mark.parametrize("htmx", [False, True])
def test_keeping_our_own_words_and_taking_the_update_into_use(fresh, cast, offered, htmx):
    page, url = ask(cast, offered)
    count = len(re.findall(r'name="choice_\d+" value="keep"', page.text))
    answer = cast.aino.post(url, {f"choice_{n}": "keep" for n in range(count)}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    done = cast.aino.follow(cast.aino.post(offered + "/use"))
    assert "Kaikki omat sananne ovat tallessa" in done.text
    assert "Yhtään ei puutu." in done.text
    assert OWN in cast.aino.get("/o/lumo/map/goals-and-tasks").text
    step = cast.aino.get("/o/lumo/map/contact-response").text
    assert CALL in step
    assert "Viitemalli 1.1" in step


def test_taking_the_national_sentence_puts_ours_on_the_shelf(cast, offered):
    page, url = ask(cast, offered)
    count = len(re.findall(r'name="choice_\d+" value="take"', page.text))
    cast.aino.post(url, {f"choice_{n}": "take" for n in range(count)})
    assert OWN in cast.aino.get("/o/lumo/shelf").text
    done = cast.aino.follow(cast.aino.post(offered + "/use"))
    assert "Kaikki omat sananne ovat tallessa" in done.text
    assert OWN in done.text


def test_an_answer_can_be_taken_back_until_the_update_is_in_use(cast, offered):
    page, url = ask(cast, offered)
    count = len(re.findall(r'name="choice_\d+" value="take"', page.text))
    cast.aino.post(url, {f"choice_{n}": "take" for n in range(count)})
    assert cast.aino.post(url.replace("/answer", "/reopening")).status_code == 303
    assert OWN not in cast.aino.get("/o/lumo/shelf").text
    assert "Mikä virke jää voimaan teillä?" in cast.aino.get(offered + "?step=goals-and-tasks").text


def test_the_update_waits_until_every_question_is_answered(cast, offered):
    answer = cast.aino.post(offered + "/use")
    assert answer.status_code == 409
    assert "kysymyk" in answer.text


def test_a_second_answer_is_a_conflict(cast, offered):
    page, url = ask(cast, offered)
    count = len(re.findall(r'name="choice_\d+" value="keep"', page.text))
    words = {f"choice_{n}": "keep" for n in range(count)}
    assert cast.aino.post(url, words).status_code == 303
    second = cast.aino.post(url, words)
    assert second.status_code == 409
    assert "Aino Alanko on jo vastannut tähän kysymykseen." in second.text


def test_a_question_without_a_choice_says_what_to_do(cast, offered):
    _, url = ask(cast, offered)
    answer = cast.aino.post(url, {})
    assert answer.status_code == 422
    assert "Valitse, mikä virke jää voimaan." in answer.text


def test_a_combined_sentence_keeps_what_was_typed_when_a_choice_is_missing(cast, offered):
    _, url = ask(cast, offered)
    answer = cast.aino.post(url, {"choice_0": "combine", "own_0": "Tämä on <b>meidän</b> virkkeemme."})
    if answer.status_code == 422:
        assert "Tämä on &lt;b&gt;meidän&lt;/b&gt; virkkeemme." in answer.text
    else:
        assert answer.status_code == 303


@pytest.mark.parametrize(("who", "status"), [("kerttu", 404), ("eero", 404), ("ville", 404), ("siiri", 404)])
def test_only_the_editors_of_that_provider_see_and_decide(cast, offered, who, status):
    _, url = ask(cast, offered)
    visitor = getattr(cast, who)
    assert visitor.get(offered).status_code in (403, status)
    assert visitor.post(url, {"choice_0": "keep"}).status_code in (403, status)
    assert visitor.post(offered + "/use").status_code in (403, status)


def test_a_local_change_made_meanwhile_is_asked_about_again(fresh, cast, offered):
    page, url = ask(cast, offered)
    count = len(re.findall(r'name="choice_\d+" value="keep"', page.text))
    cast.aino.post(url, {f"choice_{n}": "keep" for n in range(count)})
    edit = cast.aino.get("/o/lumo/map/goals-and-tasks/edit")
    version = re.search(r'name="version" value="(\d+)"', edit.text)[1]
    changed = "Ohjaaja saa tavoitteet aina paperilla ennen jakson alkua."
    cast.aino.post("/o/lumo/map/goals-and-tasks/edit", {"version": version, "guidance_fi": changed})
    assert cast.aino.post(offered + "/use").status_code == 409
    again = cast.aino.get(offered + "?step=goals-and-tasks").text
    assert "Mikä virke jää voimaan teillä?" in again
    assert "aina paperilla" in again


def test_the_desk_asks_the_database_little(fresh, cast, offered):
    cast.aino.get(offered)
    fresh.statements.clear()
    cast.aino.get(offered)
    asked = [s for s in fresh.statements if "set_config" not in s]
    assert len(asked) <= 16, asked
