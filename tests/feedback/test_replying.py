"""A named person replies once, in time; the workplace reads it by mail, by link and in the portal."""

import pytest

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.feedback import queries, services
from tests.feedback.asking import ask, path_in, placement_of, state_of
from tests.visitor import form_key

WORDS = "Kutsu tuli **myöhään**."


@pytest.fixture
def answered(fresh):
    """A low answer of Kaisa's that waits for Eero."""
    pulse_id, _path = ask()
    with acting_as("kaisa") as kaisa:
        services.answer_pulse(kaisa, queries.pulse_for(kaisa, pulse_id, locked=True), score=2, words=WORDS)
    return pulse_id


def reply(visitor, pulse_id, words, *, htmx=False):
    data = {"_key": form_key(visitor.get(f"/o/lumo/feedback/{pulse_id}")), "reply": words}
    return visitor.post(f"/o/lumo/feedback/{pulse_id}/reply", data, htmx=htmx)


def test_the_named_person_gets_a_mail_with_the_words_and_the_last_day(fresh, answered):
    fresh.work()
    letter = next(m for m in fresh.letters("eero@lumo.example") if str(answered) in m.text)
    assert WORDS in letter.text and "2 / 5" in letter.text
    assert f"/o/lumo/feedback/{answered}" in letter.text


def test_waiting_answers_stand_first_with_who_and_by_when(cast, answered):
    page = cast.kerttu.get("/o/lumo/feedback/").text
    assert "1 palaute odottaa vastausta" in page and "Eero Elo vastaa viimeistään" in page


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_a_reply_reaches_the_one_who_answered(fresh, cast, answered, htmx):
    done = reply(cast.eero, answered, "Kutsumme **ajoissa** ensi kerralla. <script>alert(1)</script>", htmx=htmx)
    assert done.status_code == (200 if htmx else 303)
    fresh.work()
    letter = next(m for m in fresh.letters("kaisa@kahvila-kanerva.example") if "Kutsumme" in m.text)
    page = cast.nobody.get(path_in(letter))
    assert "<strong>ajoissa</strong>" in page.text and "<script>alert" not in page.text
    assert state_of(answered).seen_at is None  # looking is not reading
    seen = cast.nobody.post(path_in(letter) + "/seen", {"_key": form_key(page)}, htmx=htmx)
    assert seen.status_code == (200 if htmx else 303)
    assert state_of(answered).seen_at is not None


def test_the_owner_sees_the_reply_in_the_portal_until_it_is_read(fresh, cast, answered):
    reply(cast.eero, answered, "Kiitos, kutsumme ajoissa.")
    assert "Eero Elo vastasi sinulle" in cast.kaisa.get("/o/kahvila-kanerva/today").text
    page = cast.kaisa.get(f"/o/kahvila-kanerva/questions/{answered}")
    assert "Kiitos, kutsumme ajoissa." in page.text
    cast.kaisa.post(f"/o/kahvila-kanerva/questions/{answered}/seen", {"_key": form_key(page)})
    assert "vastasi sinulle" not in cast.kaisa.get("/o/kahvila-kanerva/today").text
    assert "Työpaikka on lukenut tämän" in cast.eero.get(f"/o/lumo/feedback/{answered}").text


def test_a_second_reply_is_a_conflict_that_shows_the_first(cast, answered):
    key = form_key(cast.kerttu.get(f"/o/lumo/feedback/{answered}"))
    reply(cast.eero, answered, "Ensimmäinen vastaus.")
    second = cast.kerttu.post(f"/o/lumo/feedback/{answered}/reply", {"_key": key, "reply": "Toinen."})
    assert second.status_code == 409 and "Ensimmäinen vastaus." in second.text
    assert state_of(answered).reply == "Ensimmäinen vastaus."


@pytest.mark.parametrize("htmx", [False, True], ids=["plain", "htmx"])
def test_an_empty_reply_says_what_to_write(cast, answered, htmx):
    refused = reply(cast.eero, answered, "   ", htmx=htmx)
    assert refused.status_code == 422 and "Kirjoita, mitä haluat sanoa työpaikalle." in refused.text


def test_a_question_without_an_answer_takes_no_reply(fresh, cast):
    pulse_id, _path = ask()
    refused = cast.eero.post(f"/o/lumo/feedback/{pulse_id}/reply", {"reply": "Hei."})
    assert refused.status_code == 409 and "ei ole vielä vastannut" in refused.text


@pytest.mark.parametrize(
    ("who", "at", "reading", "replying"),
    [
        ("eero", "lumo", 200, 303),
        ("kerttu", "lumo", 200, 303),
        ("aino", "lumo", 200, 403),
        ("oskari", "lumo", 200, 403),
        ("ville", "lumo", 403, 403),
        ("mirja", "lumo", 403, 403),
        ("iida", "lumo", 403, 403),
        ("siiri", "kaari", 404, 404),
        ("pekka", "kaari", 404, 404),
        ("kaisa", "kahvila-kanerva", 403, 403),
    ],
)
def test_who_reads_answers_and_who_replies(cast, answered, who, at, reading, replying):
    visitor = getattr(cast, who)
    assert visitor.get(f"/o/{at}/feedback/{answered}").status_code == reading
    given = visitor.post(f"/o/{at}/feedback/{answered}/reply", {"reply": "Kiitos."})
    assert given.status_code == replying
    assert (state_of(answered).replied_at is not None) is (replying == 303)


def test_students_do_not_see_what_the_workplace_says(cast, answered):
    with acting_as("eero") as eero:
        placement_id = placement_of(eero, "Ville Virta").id
    assert "Mitä työpaikka sanoo" in cast.eero.get(f"/o/lumo/placements/{placement_id}").text
    assert "Mitä työpaikka sanoo" not in cast.ville.get(f"/o/lumo/placements/{placement_id}").text


def test_the_partnership_shows_the_answer_and_remembers_it(fresh, cast, answered):
    fresh.work()
    from parasta_saas.partnerships import queries as partnerships

    with acting_as("kerttu") as kerttu:
        workplace_id = placement_of(kerttu, "Ville Virta").workplace_id
        partnership_id = partnerships.partnership_with(kerttu, workplace_id).id
    page = cast.kerttu.get(f"/o/lumo/partnerships/{partnership_id}").text
    assert "Mitä työpaikka sanoo" in page and "Työpaikka vastasi kysymykseen" in page


def test_where_the_teacher_is_no_teacher_any_more_the_coordinator_replies(fresh):
    with system_at("lumo") as actor:
        placement = placement_of(actor, "Ville Virta")
        assert queries.replier_of(actor, placement).name == "Eero Elo"
    with fresh.superuser_connection() as above:
        above.execute("update membership set roles = '{}' where name = 'Eero Elo'")
    fresh.dirty = True
    with system_at("lumo") as actor:
        assert queries.replier_of(actor, placement_of(actor, "Ville Virta")).name == "Kerttu Kivi"


def test_the_list_costs_the_same_with_more_answers(fresh, cast, answered):
    def cost():
        fresh.statements.clear()
        assert cast.kerttu.get("/o/lumo/feedback/").status_code == 200
        return len([s for s in fresh.statements if "set_config" not in s])

    cost()
    before = cost()
    pulse_id, _path = ask("Iida Isoaho", step_key="planning-invite")
    if pulse_id:
        with acting_as("hanna") as hanna:
            services.answer_pulse(hanna, queries.pulse_for(hanna, pulse_id, locked=True), score=1)
    assert cost() == before <= 6
