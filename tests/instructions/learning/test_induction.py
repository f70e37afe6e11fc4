"""A role induction: one step after the other, resumed where left, a self-check, opened again by changes only."""

import re

import pytest

from tests.instructions.learning.pages import ID, INDUCTION, STEP, begin, publish, read_all, seen
from tests.instructions.pages import statements
from tests.visitor import form_key

COVERAGE = f"{INDUCTION}/coverage"
QUESTION = {
    "version": "0", "role": "wl_coordinator", "text_fi": "Kuka soittaa?", "option_0_fi": "Minä",
    "option_1_fi": "Ei kukaan",
    "right": "0", "why_fi": "Koska vastuu on minun.",
}  # fmt: skip


def eeros(cast) -> str:
    """The address of the induction that Eero is in the middle of."""
    return re.search(rf"{INDUCTION}/{ID}", cast.eero.get(INDUCTION).text)[0]


def answers(page, places):
    names = list(dict.fromkeys(re.findall(r'name="(q_[0-9a-f-]{36})"', page.text)))
    return {name: str(places[i]) for i, name in enumerate(names)}


def write(cast, **changed):
    return cast.aino.post(f"{INDUCTION}/questions", {**QUESTION, **changed})


def test_a_coordinator_goes_through_the_role_and_it_counts_as_read(fresh, cast):
    at = begin(cast.kerttu)
    last = read_all(cast.kerttu, at)
    assert last.location == at
    page = cast.kerttu.follow(last)
    assert "Perehdytys on valmis" in page.text and "Valmis" in page.text
    with fresh.superuser_connection() as db:
        assert db.execute("select count(*) from handbook_reading where role = 'wl_coordinator'").fetchone() == (1,)
    text = cast.aino.get(COVERAGE).text
    assert "Valmis" in text.split("Kerttu Kivi")[1][:300]


def test_eero_goes_on_where_he_left_and_answers_the_questions(fresh, cast):
    at = eeros(cast)
    assert "13 / 27" in cast.eero.get(at).text
    last = read_all(cast.eero, at)
    assert last.location == f"{at}/check"
    page = cast.eero.get(last.location)
    wrong = cast.eero.post(last.location, {"_key": form_key(page), **answers(page, [0, 0])})
    assert wrong.status_code == 422
    assert "Ei aivan. Oikea vastaus: Jakso alkaa vasta" in wrong.text and "Oikein." in wrong.text
    done = cast.eero.post(last.location, {"_key": form_key(wrong), **answers(page, [1, 0])})
    assert "Perehdytys on valmis" in cast.eero.follow(done).text


@pytest.mark.parametrize("places", [[], [1], ["7", "0"], ["x", "0"]])
def test_an_unanswered_question_is_asked_again_and_nothing_is_finished(fresh, cast, places):
    at = f"{eeros(cast)}/check"
    page = cast.eero.get(at)
    names = answers(page, [0, 0])
    form = dict(zip(names, map(str, places), strict=False))
    refused = cast.eero.post(at, form)
    assert refused.status_code == 422 and "Vastaa ensin jokaiseen kysymykseen." in refused.text
    assert "Oikea vastaus" not in refused.text


def test_right_answers_before_the_steps_are_read_do_not_finish(fresh, cast):
    at = eeros(cast)
    page = cast.eero.get(f"{at}/check")
    done = cast.eero.post(f"{at}/check", answers(page, [1, 0]))
    assert "Joitakin askelia on vielä lukematta" in cast.eero.follow(done).text


def test_a_new_version_opens_only_the_steps_that_changed_and_shows_the_words(fresh, cast):
    at = begin(cast.kerttu)
    read_all(cast.kerttu, at)
    key = re.findall(rf'href="{at}/steps/([a-z-]+)"', cast.kerttu.get(at).text)[1]
    publish(cast, key, "Tämä on uutta.")
    page = cast.kerttu.get(at)
    assert page.text.count("Muuttunut lukemisesi jälkeen") == 1 and "Yksi askel on muuttunut" in page.text
    step = cast.kerttu.get(f"{at}/steps/{key}")
    assert "Mitä muuttui lukemisesi jälkeen" in step.text and "<ins>Tämä on uutta" in step.text
    assert "Valmis, askelia muuttunut" in cast.aino.get(COVERAGE).text
    again = cast.kerttu.post(f"{at}/steps/{key}", {"seen": seen(step)})
    assert "Perehdytys on valmis" in cast.kerttu.follow(again).text


def test_words_that_changed_while_one_read_are_read_once_more(fresh, cast):
    at = f"{eeros(cast)}/steps/{STEP}"
    old = seen(cast.eero.get(at))
    publish(cast)
    answer = cast.eero.post(at, {"seen": old})
    assert "muuttui, kun luit sitä" in cast.eero.follow(answer).text
    for nonsense in ("", "x" * 64, "y" * 500):
        assert cast.eero.post(at, {"seen": nonsense}).location == at


def test_reading_a_step_twice_changes_nothing(fresh, cast):
    at = f"{eeros(cast)}/steps/{STEP}"
    form = {"seen": seen(cast.eero.get(at))}
    for _ in range(2):
        assert cast.eero.post(at, form).status_code == 303
    with fresh.superuser_connection() as db:
        assert db.execute("select count(*) from induction_step where step_key = %s", (STEP,)).fetchone() == (1,)


def test_a_step_that_is_gone_leads_back_and_loses_nothing(fresh, cast):
    at = eeros(cast)
    with fresh.superuser_connection() as db:
        db.execute("update induction_step set step_key = 'vanished' where step_key = %s", (STEP,))
    assert "12 / 27" in cast.eero.get(at).text
    for visit in (cast.eero.get, cast.eero.post):
        answer = visit(f"{at}/steps/vanished")
        assert answer.status_code == 303 and answer.location == at
        assert "ei enää kuulu tähän rooliin" in cast.eero.follow(answer).text


def test_a_role_that_has_no_steps_any_more_says_so(fresh, cast):
    at = eeros(cast)
    with fresh.superuser_connection() as db:
        db.execute("update induction set role = 'own:entinen'")
    page = cast.eero.get(at)
    assert page.status_code == 200 and "ei ole enää askelia" in page.text
    assert cast.eero.get(INDUCTION).status_code == 200 and cast.aino.get(COVERAGE).status_code == 200


def test_beginning_twice_goes_on_with_the_same_one(fresh, cast):
    assert begin(cast.kerttu) == begin(cast.kerttu)


def test_a_local_role_has_an_induction_too(fresh, cast):
    at = begin(cast.kerttu, role="own:vastuuopettaja")
    assert "Soita ohjaajalle" in cast.kerttu.get(at).text


@pytest.mark.parametrize("role", ["", "student", "auditor", "own:nobody", "x" * 300])
def test_a_role_without_steps_is_refused_with_what_to_do(cast, role):
    answer = cast.kerttu.post(INDUCTION, {"role": role})
    assert answer.status_code == 422 and "role" in answer.text


def test_an_induction_of_somebody_else_is_not_there(cast):
    at = eeros(cast)
    for path in (at, f"{at}/steps/{STEP}", f"{at}/check"):
        assert cast.aino.get(path).status_code == 404
        assert cast.siiri.get(path.replace("/lumo/", "/kaari/")).status_code == 404
    assert cast.kerttu.post(f"{at}/steps/{STEP}", {"seen": "x"}).status_code == 404
    assert cast.kerttu.post(f"{at}/check").status_code == 404


def test_a_foreign_unit_is_not_there(cast):
    answer = cast.kerttu.post(INDUCTION, {"role": "wl_coordinator", "unit": "0" * 8 + "-0000-0000-0000-" + "0" * 12})
    assert answer.status_code == 404


def test_a_question_is_written_asked_removed_and_returned(fresh, cast):
    assert write(cast).status_code == 303
    page = cast.aino.get(f"{INDUCTION}/questions")
    assert "Kuka soittaa?" in page.text
    at = begin(cast.kerttu)
    assert "Kuka soittaa?" in cast.kerttu.get(f"{at}/check").text
    question = re.search(rf'href="({INDUCTION}/questions/{ID})">Kuka soittaa', page.text)[1]
    assert cast.aino.post(f"{question}/removal").status_code == 303
    assert "Kuka soittaa?" not in cast.kerttu.get(f"{at}/check").text
    assert cast.aino.post(f"{question}/removal").status_code == 409
    assert cast.aino.post(f"{question}/return").status_code == 303
    changed = cast.aino.post(question, {**QUESTION, "version": "3", "text_fi": "Kuka vastaa?"})
    assert changed.status_code == 303 and "Kuka vastaa?" in cast.kerttu.get(f"{at}/check").text
    late = cast.aino.post(question, {**QUESTION, "version": "1", "text_fi": "Myöhässä?"})
    assert late.status_code == 422 and "Myöhässä?" in late.text


@pytest.mark.parametrize(("changed", "words"), [
    ({"text_fi": ""}, "Kirjoita kysymys."), ({"option_1_fi": ""}, "vähintään kaksi vaihtoehtoa"),
    ({"right": "3"}, "niistä, jotka kirjoitit"), ({"right": "9"}, "Valitse jokin vaihtoehdoista"),
    ({"text_sv": "Vem ringer?"}, "jokainen myös tällä kielellä"), ({"role": "student"}, "näytetyistä rooleista"),
    ({"role": ""}, "Valitse rooli."), ({"text_fi": "x" * 401}, "Lyhennä"),
])  # fmt: skip
def test_a_question_that_cannot_be_asked_says_how_to_mend_it(cast, changed, words):
    answer = write(cast, **changed)
    assert answer.status_code == 422 and words in answer.text
    assert "Koska vastuu on minun." in answer.text


def test_only_editors_write_questions(cast):
    page = cast.aino.get(f"{INDUCTION}/questions")
    question = re.search(rf"{INDUCTION}/questions/{ID}", page.text)[0]
    assert cast.eero.get(f"{INDUCTION}/questions").status_code == 403
    assert cast.eero.post(f"{INDUCTION}/questions", QUESTION).status_code == 403
    assert cast.eero.get(question).status_code == 404 and cast.eero.post(f"{question}/removal").status_code == 404


def test_script_in_a_question_is_words(fresh, cast):
    write(cast, text_fi="<script>alert(1)</script>?")
    assert "<script>alert(1)" not in cast.kerttu.get(f"{begin(cast.kerttu)}/check").text


def test_coverage_has_names_for_editors_and_numbers_for_the_others(cast):
    named, counted = cast.aino.get(COVERAGE).text, cast.oskari.get(COVERAGE).text
    assert "Eero Elo" in named and "13/27" in named and "Keskustan kampus" in named
    assert "Eero Elo" not in counted and "Keskustan kampus" in counted
    assert cast.oskari.get(f"{COVERAGE}.csv").status_code == 403
    assert '"Eero Elo";"Kesken";"13/27"' in cast.aino.get(f"{COVERAGE}.csv").text


def test_the_pages_cost_the_same_however_many_rows_there_are(fresh, cast):
    at = eeros(cast)
    visits = [(cast.eero, INDUCTION), (cast.eero, at), (cast.eero, f"{at}/steps/{STEP}"), (cast.eero, f"{at}/check"),
              (cast.aino, COVERAGE), (cast.aino, f"{INDUCTION}/questions")]  # fmt: skip
    before = [statements(fresh, lambda v=v, p=p: v.get(p))[0] for v, p in visits]
    for visitor, role in ((cast.kerttu, "wl_coordinator"), (cast.eero, "guidance_counsellor"),
                          (cast.oskari, "agreement_coordinator")):  # fmt: skip
        read_all(visitor, begin(visitor, role))
        write(cast, role="teacher")
    after = [statements(fresh, lambda v=v, p=p: v.get(p))[0] for v, p in visits]
    assert before == after
    print("statements", dict(zip((p for _v, p in visits), after, strict=True)))


@pytest.mark.parametrize(("who", "at"), [("stina", "fjarden"), ("pekka", "kaari"), ("siiri", "kaari")])
def test_it_works_in_one_language_and_for_one_person(fresh, cast, who, at):
    visitor = getattr(cast, who)
    for path in ("reading", "reading/coverage", "induction", "induction/coverage"):
        assert visitor.get(f"/o/{at}/{path}").status_code == 200
    here = visitor.post(f"/o/{at}/induction", {"role": "wl_coordinator"}).location
    assert read_all(visitor, here).location == here
