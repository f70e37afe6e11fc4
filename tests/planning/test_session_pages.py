"""The table: three sides, each from its own device, with and without HTMX."""

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.planning import queries
from tests.placements.people import other_guardian, other_teacher
from tests.planning.table import agreed, called, goals, proposed
from tests.visitor import Visitor, form_key

BUDGET = 10


@pytest.fixture
def table(fresh):
    return called()


def at(table, who: str) -> str:
    return table.kanerva if who in ("kaisa", "matti", "hanna") else table.lumo


@pytest.mark.parametrize(
    ("who", "status"),
    [("eero", 200), ("kerttu", 200), ("aino", 200), ("sanni", 200), ("ville", 200), ("mirja", 200), ("kaisa", 200),
     ("iida", 404), ("siiri", 404), ("emil", 404), ("matti", 404), ("hanna", 404), ("nobody", 303)],
)  # fmt: skip
def test_those_around_the_table_see_it_and_no_others(cast, table, who, status):
    assert getattr(cast, who).get(at(table, who)).status_code == status


def test_other_teacher_other_guardian_and_classmate_see_nothing(fresh, table):
    for visitor in (other_teacher(fresh), other_guardian(fresh), Visitor(fresh, "otso@lumo.example")):
        assert visitor.get(table.lumo).status_code == 404
        assert visitor.post(f"{table.lumo}/goals", {"kind": "goal", "words": "CANARY"}).status_code == 404
    assert goals(table.id) == []


def test_another_workplace_of_the_same_person_does_not_open_it(cast, table):
    assert cast.matti.get(f"/o/paja/sessions/{table.id}").status_code == 404
    assert cast.kaisa.get(table.lumo).status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(("who", "side"), [("eero", "teacher"), ("ville", "student"), ("kaisa", "workplace")])
def test_whoever_proposes_agrees(cast, table, who, side, htmx):
    visitor, here = getattr(cast, who), at(table, who)
    key = form_key(visitor.get(here))
    form = {"kind": "goal", "words": "Palvelee asiakkaita <b>hyvin</b>.", "_key": key}
    answer = visitor.post(f"{here}/goals", form, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    (goal,) = goals(table.id)
    assert [s for s in ("teacher", "workplace", "student") if goal.agreed_by(s)] == [side]
    if htmx:
        assert "&lt;b&gt;hyvin" in answer.text and 'id="goals"' in answer.text and "hx-swap-oob" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"words": "x" * 401}, {"kind": "wish"}, {"kind": ""}, {"words": "x" * 10_000_000}]
)
def test_a_proposal_that_cannot_be_is_mended_in_place(cast, table, wrong, htmx):
    answer = cast.ville.post(f"{table.lumo}/goals", {"kind": "goal", "words": "Käyttää kassaa.", **wrong}, htmx=htmx)
    assert answer.status_code == 422
    assert wrong.get("words", "Käyttää kassaa.")[:300] in answer.text
    assert goals(table.id) == []


@pytest.mark.parametrize("htmx", [False, True])
def test_the_three_agree_each_for_themselves_and_close(cast, table, htmx):
    for kind in ("goal", "task"):
        proposed(table.id, "eero", kind, f"{kind} kassalla")
    for who in ("ville", "kaisa"):
        for goal in goals(table.id):
            form = {"wording": 1, "side": {"ville": "student", "kaisa": "workplace"}[who], "agreed": "yes"}
            answer = getattr(cast, who).post(f"{at(table, who)}/goals/{goal.id}/agreement", form, htmx=htmx)
            assert answer.status_code == (200 if htmx else 303)
    assert all(g.agreed for g in goals(table.id))
    answer = cast.eero.post(f"{table.lumo}/closure", htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    page = cast.kaisa.get(table.kanerva).text
    assert "Tästä sovittiin" in page and "goal kassalla" in page
    assert '<form method="post" action="/o/kahvila' not in page


def test_a_student_cannot_agree_for_the_workplace(cast, table):
    goal = proposed(table.id, "eero", "goal", "Käyttää kassaa.")
    form = {"wording": 1, "side": "workplace"}
    answer = cast.ville.post(f"{table.lumo}/goals/{goal}/agreement", form)
    assert answer.status_code == 403 and "omasta puolestaan" in answer.text
    assert not goals(table.id)[0].agreed_by("workplace")


@pytest.mark.parametrize("who", ["mirja", "aino", "sanni", "kerttu"])
def test_those_who_look_on_neither_propose_nor_agree(cast, table, who):
    goal = proposed(table.id, "eero", "goal", "Käyttää kassaa.")
    visitor = getattr(cast, who)
    assert visitor.post(f"{table.lumo}/goals", {"kind": "goal", "words": "CANARY"}).status_code == 403
    assert visitor.post(f"{table.lumo}/goals/{goal}/agreement", {"wording": 1}).status_code == 403
    assert visitor.post(f"{table.lumo}/goals/{goal}/removal").status_code == 403
    assert visitor.post(f"{table.lumo}/goals/{goal}", {"wording": 1, "words": "X"}).status_code == 403
    assert [g.words for g in goals(table.id)] == ["Käyttää kassaa."]


@pytest.mark.parametrize("htmx", [False, True])
def test_closing_too_early_says_what_is_missing(cast, table, htmx):
    proposed(table.id, "eero", "goal", "Käyttää kassaa.")
    agreed(table.id, "ville", "kaisa")
    answer = cast.eero.post(f"{table.lumo}/closure", htmx=htmx)
    assert answer.status_code == 422
    assert "Sopikaa kaikki kolme ainakin yhdestä työtehtävästä." in answer.text
    assert "Ei vielä:" in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("ville", 403), ("kaisa", 403), ("mirja", 403), ("aino", 403), ("iida", 404)]
)
def test_only_the_teacher_or_a_coordinator_closes(cast, table, who, status):
    assert getattr(cast, who).post(f"{at(table, who)}/closure").status_code == status


def test_a_closed_session_refuses_every_change(cast, table):
    ids = [proposed(table.id, "eero", kind, "Käyttää kassaa.") for kind in ("goal", "task")]
    agreed(table.id, "ville", "kaisa")
    assert cast.kerttu.post(f"{table.lumo}/closure").status_code == 303
    with acting_as("eero") as actor:
        session = queries.session_for(actor, table.id)
        item, person = queries.agenda_of(session)[0], session.participants[0]
    for path, form in (
        ("goals", {"kind": "goal", "words": "Uusi"}), (f"goals/{ids[0]}", {"words": "Uusi", "wording": 1}),
        (f"goals/{ids[0]}/agreement", {"wording": 1, "agreed": "no"}), (f"goals/{ids[0]}/removal", {}),
        (f"agenda/{item.id}", {"decision": "Uusi", "version": item.version}),
        (f"participants/{person.id}/presence", {"present": "yes"}), ("closure", {}),
    ):  # fmt: skip
        answer = cast.eero.post(f"{table.lumo}/{path}", form)
        assert answer.status_code == 409, path
        assert "päätetty" in answer.text, path
    assert all(g.agreed for g in goals(table.id))


@pytest.mark.parametrize("htmx", [False, True])
def test_an_answer_to_old_words_is_a_conflict_that_shows_the_new_ones(cast, table, htmx):
    goal = proposed(table.id, "eero", "goal", "Käyttää kassaa.")
    page = cast.kaisa.get(f"{table.kanerva}/goals/{goal}")
    form = {"words": "Käyttää kassaa ja tilittää.", "wording": 1, "_key": form_key(page)}
    assert cast.kaisa.post(f"{table.kanerva}/goals/{goal}", form).status_code == 303
    answer = cast.ville.post(f"{table.lumo}/goals/{goal}/agreement", {"wording": 1}, htmx=htmx)
    assert answer.status_code == 409 and "Käyttää kassaa ja tilittää." in answer.text
    second = cast.ville.post(f"{table.lumo}/goals/{goal}", {"words": "Oma", "wording": 1}, htmx=htmx)
    assert second.status_code == 409 and "Oma" in second.text
    assert [g.words for g in goals(table.id)] == ["Käyttää kassaa ja tilittää."]
    assert not goals(table.id)[0].agreed_by("teacher")


@pytest.mark.parametrize("htmx", [False, True])
def test_two_who_write_one_decision_do_not_overwrite_each_other(cast, table, htmx):
    with acting_as("eero") as actor:
        item = queries.agenda_of(queries.session_for(actor, table.id))[2]
    form = {"decision": "Eero soittaa tiistaisin.", "version": item.version}
    assert cast.eero.post(f"{table.lumo}/agenda/{item.id}", form, htmx=htmx).status_code == (200 if htmx else 303)
    answer = cast.kaisa.post(
        f"{table.kanerva}/agenda/{item.id}", {"decision": "Soitto torstaisin.", "version": item.version}, htmx=htmx
    )
    assert answer.status_code == 409
    assert "Eero soittaa tiistaisin." in answer.text and "Soitto torstaisin." in answer.text
    both = {"decision": "Eero soittaa tiistaisin tai torstaisin.", "version": item.version + 1}
    assert cast.kaisa.post(f"{table.kanerva}/agenda/{item.id}", both).status_code == 303
    assert both["decision"] in cast.mirja.get(table.lumo).text


def test_a_guardian_writes_no_decision(cast, table):
    with acting_as("eero") as actor:
        item = queries.agenda_of(queries.session_for(actor, table.id))[0]
    answer = cast.mirja.post(f"{table.lumo}/agenda/{item.id}", {"decision": "CANARY", "version": 1})
    assert answer.status_code == 403


def test_each_is_marked_present_by_themselves_and_everyone_by_the_teacher(cast, table):
    with acting_as("eero") as actor:
        people = {p.part: p.id for p in queries.session_for(actor, table.id).participants}

    def say(who, part):
        return getattr(cast, who).post(f"{at(table, who)}/participants/{people[part]}/presence").status_code

    assert say("ville", "student") == 303 and say("ville", "instructor") == 403
    assert say("kaisa", "instructor") == 303 and say("kaisa", "student") == 403
    assert say("mirja", "guardian") == 303 and say("mirja", "teacher") == 403
    assert say("eero", "teacher") == 303 and say("eero", "guardian") == 303
    with acting_as("eero") as actor:
        assert all(p.present_at for p in queries.session_for(actor, table.id).participants)


def test_what_was_agreed_goes_to_everyone_by_mail(cast, fresh, table):
    fresh.work()
    proposed(table.id, "eero", "goal", "Käyttää kassaa.")
    proposed(table.id, "kaisa", "task", "Iltapäivän kassavuorot.")
    agreed(table.id, "eero", "ville", "kaisa")
    proposed(table.id, "eero", "goal", "Ei sovittu.")
    cast.eero.post(f"{table.lumo}/closure")
    fresh.work()
    told = [m for m in fresh.letters() if "Mitä sovittiin" in m.subject]
    assert len(told) == 4
    assert all("Iltapäivän kassavuorot." in m.text and "Ei sovittu." not in m.text for m in told)


def test_a_goal_of_another_session_is_not_there(cast, table):
    with acting_as("matti") as actor:
        from parasta_saas.placements import queries as placements

        placement = placements.placements_of(actor).items[0]
        foreign = queries.goals_of(queries.sessions_of(actor, placement)[0])[0].id
    for path in (f"goals/{foreign}/agreement", f"goals/{foreign}", f"goals/{foreign}/removal"):
        assert cast.eero.post(f"{table.lumo}/{path}", {"wording": 1, "words": "X"}).status_code == 404


def test_a_double_click_proposes_once(cast, table):
    for _ in range(2):
        cast.ville.post(f"{table.lumo}/goals", {"kind": "goal", "words": "Käyttää kassaa.", "_key": "twice"})
    assert len(goals(table.id)) == 1


@pytest.mark.parametrize("who", ["eero", "kaisa", "ville", "mirja"])
def test_the_page_costs_the_same_however_much_is_on_the_table(cast, fresh, table, who):
    visitor, here = getattr(cast, who), at(table, who)
    visitor.get(here)
    few = _statements(fresh, visitor, here)
    for n in range(12):
        proposed(table.id, "eero", "goal" if n % 2 else "task", f"Kohta {n}")
    assert _statements(fresh, visitor, here) == few <= BUDGET


def _statements(world, visitor, url) -> int:
    world.statements.clear()
    assert visitor.get(url).status_code == 200
    return len([s for s in world.statements if "set_config" not in s])
