"""A second person approves: the state table, and what each command does to the handbook."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock
from parasta_saas.instructions import version_flow
from parasta_saas.instructions.services import rounds as services
from tests.instructions.pages import statements
from tests.instructions.versions.people import (
    KEY,
    NEW,
    STEP,
    ask_second_person,
    form_of,
    hidden,
    in_force,
    meeting_of,
    publish,
    save,
    second_editor,
    send,
)

REVIEW = "/o/lumo/reviews/"
COMMANDS = {"submit": "", "take_back": "taking-back", "send_back": "return", "approve": "approval",
            "cancel": "cancellation"}  # fmt: skip


@pytest.fixture
def asked(fresh, cast):
    """Lumo asks a second person; Aino writes, Sanni signs, Kerttu may write, too."""
    second_editor(fresh)
    ask_second_person(fresh)
    return cast


def reviewed(asked, **words) -> str:
    """The address of a review of one draft of Aino's."""
    save(asked.aino, note_fi="Ainon uusi virke.")
    answer = send(asked.aino, KEY, **words)
    assert answer.status_code == 303, answer.text
    return answer.location


def test_every_state_can_be_reached_and_every_refusal_has_words():
    reached = {"draft"} | {move.state for move in version_flow.FLOW.values()}
    assert reached == set(version_flow.STATES) == set(version_flow.ELSEWHERE)
    guards = {guard for move in version_flow.FLOW.values() for guard in move.guards}
    assert guards - {"fits"} <= set(version_flow.REFUSED)
    assert all(move.who for move in version_flow.FLOW.values())


STATES = {
    "draft": lambda cast, at: cast.sanni.post(f"{at}/return", {"because": "Lyhyemmin."}),
    "review": lambda cast, at: None,
    "approved": lambda cast, at: cast.sanni.post(f"{at}/approval"),
    "published": lambda cast, at: cast.sanni.post(f"{at}/approval"),
    "cancelled": lambda cast, at: cast.aino.post(f"{at}/cancellation"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("who", ["aino", "kerttu", "sanni", "eero"])
def test_the_table_says_who_may_do_what_and_the_pages_obey(asked, state, who):
    later = (clock.today() + timedelta(days=9)).isoformat()
    at = reviewed(asked, **({"valid_from": later} if state == "approved" else {}))
    STATES[state](asked, at)
    roles = {"aino": {"quality_manager"}, "kerttu": {"quality_manager"}, "sanni": {"provider_signatory"}}.get(
        who, set()
    )
    moves = version_flow.commands(state)
    for command in ("take_back", "send_back", "approve", "cancel"):
        move = moves.get(command)
        may = move is not None and roles & set(move.who) and not (who == "aino" and "not_own" in move.guards)
        page = getattr(asked, who).get(at)
        shown = f'action="{at}/{COMMANDS[command]}"' in page.text
        assert shown is bool(may), (command, state)
        if not may:
            answer = getattr(asked, who).post(f"{at}/{COMMANDS[command]}", {"because": "Ei näin."})
            assert answer.status_code == (404 if who == "eero" else answer.status_code)
            assert answer.status_code in (403, 404, 409), (command, state)


def test_publishing_becomes_sending_and_nothing_is_in_force(asked):
    assert "Lähetä katselmointiin" in asked.aino.get(f"{NEW}/edit").text
    answer = publish(asked.aino, note_fi="Ainon uusi virke.")
    assert answer.location.startswith(REVIEW)
    assert "Ainon uusi virke." not in in_force(asked.eero)
    assert "Ainon uusi virke." in asked.sanni.get(answer.location).text


def test_another_person_approves_and_it_is_in_force_as_one_version(fresh, asked):
    save(asked.aino, note_fi="Ainon uusi virke.")
    save(asked.aino, STEP, note_fi="Toinenkin askel.")
    before = asked.aino.get("/o/lumo/versions").text.count('id="version-')
    at = send(asked.aino, KEY, "contact-response", note_fi="Kaksi askelta.").location
    fresh.work()
    mail = fresh.letters("sanni@lumo.example")[0]
    assert "luonnoksia 2 askeleeseen" in mail.text and at in mail.text
    assert not fresh.letters("aino@lumo.example") or "Katselmoi" not in fresh.letters("aino@lumo.example")[0].subject
    answer = asked.sanni.post(f"{at}/approval")
    assert "/versions/" in answer.location
    assert "Ainon uusi virke." in in_force(asked.eero) and "Toinenkin askel." in in_force(asked.eero, STEP)
    versions = asked.aino.get("/o/lumo/versions").text
    assert versions.count('id="version-') == before + 1
    assert "hyväksyi Sanni Salo" in versions and "Aino Alanko" in versions and "Kaksi askelta." in versions
    fresh.work()
    assert "hyväksyttiin" in fresh.letters("aino@lumo.example")[0].subject
    assert "Ei luonnoksia" in asked.aino.get("/o/lumo/drafts").text


def test_nobody_approves_their_own_words_not_even_a_sentence(asked):
    save(asked.aino, note_fi="Ainon.")
    save(asked.kerttu, note_fi="Ainon. Kertun.")
    at = send(asked.aino, KEY).location
    for visitor in (asked.aino, asked.kerttu):
        answer = visitor.post(f"{at}/approval")
        assert answer.status_code == 403 and "Pyydä toista henkilöä" in answer.text
    assert asked.sanni.post(f"{at}/approval").status_code == 303


def test_while_it_is_reviewed_a_draft_can_not_be_changed(asked):
    form = form_of(asked.aino)
    at = reviewed(asked)
    assert "katselmoitavana" in asked.aino.get(f"{NEW}/edit").text
    for answer in (save(asked.aino, form=form, note_fi="Salaa."), asked.aino.post(f"{NEW}/draft/discard"),
                   publish(asked.kerttu, note_fi="Ohi.")):  # fmt: skip
        assert answer.status_code == 409 and "katselmoitavana" in answer.text
    assert asked.aino.post(f"{at}/taking-back").status_code == 303
    assert save(asked.aino, note_fi="Avoimesti.").status_code == 303


def test_sent_back_with_a_reason_it_comes_again(fresh, asked):
    at = reviewed(asked)
    answer = asked.sanni.post(f"{at}/return", {"because": " "})
    assert answer.status_code == 422 and "Kerro, mitä pitäisi muuttaa." in answer.text
    assert asked.sanni.post(f"{at}/return", {"because": "Lyhyemmin."}).status_code == 303
    fresh.work()
    assert "Lyhyemmin." in fresh.letters("aino@lumo.example")[0].text
    assert "Lyhyemmin." in asked.aino.get(at).text
    assert publish(asked.aino, note_fi="Lyhyt.").location == at
    asked.sanni.post(f"{at}/approval")
    assert "Lyhyt." in in_force(asked.eero)


def test_a_day_in_the_future_is_kept_and_comes_into_force_that_morning(fresh, asked):
    day = clock.today() + timedelta(days=3)
    at = reviewed(asked, valid_from=day.isoformat())
    assert "valittuna päivänä" in asked.sanni.follow(asked.sanni.post(f"{at}/approval")).text
    assert "Ainon uusi virke." not in in_force(asked.eero)
    with system_at("lumo") as actor:
        assert services.publish_due(actor) == 0
    with clock.frozen(clock.start_of_day(day) + timedelta(hours=7)), system_at("lumo") as actor:
        assert services.publish_due(actor) == 1
        assert services.publish_due(actor) == 0
    assert "Ainon uusi virke." in in_force(asked.eero)
    with fresh.superuser_connection() as above:
        row = above.execute(
            "select valid_from, published_by, approved_by from handbook_version order by number desc limit 1"
        ).fetchone()
    assert row == (day, "Aino Alanko", "Sanni Salo")


@pytest.mark.parametrize("day", ["2020-01-01", "ensi viikolla"])
def test_a_day_that_is_past_or_none_is_refused_in_its_field(asked, day):
    save(asked.aino, note_fi="Ainon uusi virke.")
    answer = send(asked.aino, KEY, valid_from=day, note_fi="Tämä säilyy.")
    assert answer.status_code == 422 and "Tämä säilyy." in answer.text
    assert ("Valitse tämä päivä" in answer.text) is (day == "2020-01-01")


@pytest.mark.parametrize("keys", [[], ["nowhere"], [KEY, "nowhere"]])
def test_drafts_that_are_not_there_are_not_sent(asked, keys):
    save(asked.aino, note_fi="Ainon uusi virke.")
    answer = send(asked.aino, *keys)
    assert answer.status_code == 422 and "Valitse ainakin yksi luonnos." in answer.text


def test_a_text_that_moved_elsewhere_is_merged_and_in_the_same_sentence_goes_back(fresh, asked):
    publish_alone(fresh, asked, "Pohja yksi. Pohja kaksi.")
    save(asked.aino, note_fi="Ainon yksi. Pohja kaksi.")
    at = send(asked.aino, KEY).location
    change(fresh, "Pohja yksi. Muutettu kaksi.")
    asked.sanni.post(f"{at}/approval")
    assert "Ainon yksi. Muutettu kaksi." in in_force(asked.eero)

    save(asked.aino, note_fi="Ainon yksi. Ainon kaksi.")
    at = send(asked.aino, KEY).location
    change(fresh, "Ainon yksi. Muiden kaksi.")
    answer = asked.sanni.follow(asked.sanni.post(f"{at}/approval"))
    assert "on muuttunut" in answer.text
    assert "Ainon kaksi." not in in_force(asked.eero)
    fresh.work()
    assert "pohjana oleva teksti on muuttunut" in fresh.letters("aino@lumo.example")[0].subject
    meeting = meeting_of(asked.aino.post(f"{NEW}/draft/question"))
    page = asked.aino.get(meeting)
    assert "Muiden kaksi." in page.text and "Ainon kaksi." in page.text
    asked.aino.post(meeting, {"seen": hidden(page, "seen"), "way_0": "both", "wants": "draft"})
    asked.aino.post("/o/lumo/reviews", {"keys": [KEY]})
    asked.sanni.post(f"{at}/approval")
    assert "Muiden kaksi. Ainon kaksi." in in_force(asked.eero)


def publish_alone(world, cast, words):
    with world.superuser_connection() as above:
        above.execute("update handbook set reviewed = false")
    publish(cast.aino, note_fi=words)
    ask_second_person(world)


def change(world, words):
    """Somebody else's publication, however it came about."""
    from parasta_saas.instructions import queries
    from parasta_saas.instructions.services.instruction import put_in_force
    from parasta_saas.reference import queries as reference

    with acting_as("kerttu") as actor:
        handbook = queries.handbook_of(actor)
        step = reference.step_of(handbook.release_id, KEY)
        overlay = {"note": {"fi": words}}
        put_in_force(actor, handbook, queries.instruction_on(actor, KEY), step, overlay, reason="edited")
    world.dirty = True


def test_withdrawing_and_taking_back_are_sent_for_review_too(asked):
    version = form_of(asked.aino, STEP)["version"]
    answer = asked.aino.post(f"{STEP}/withdrawal", {"version": version})
    assert answer.location.startswith(REVIEW)
    assert "soita aina ensin" in in_force(asked.eero, STEP)
    asked.sanni.post(f"{answer.location}/approval")
    assert "soita aina ensin" not in in_force(asked.eero, STEP)


def test_an_approval_pressed_twice_counts_once(asked):
    at = reviewed(asked)
    assert asked.sanni.post(f"{at}/approval").status_code == 303
    assert asked.sanni.post(f"{at}/approval").status_code == 409


def test_a_cancelled_review_leaves_its_drafts(asked):
    at = reviewed(asked)
    asked.aino.post(f"{at}/cancellation")
    assert form_of(asked.aino)["note_fi"] == "Ainon uusi virke."
    assert send(asked.aino, KEY).location != at


@pytest.mark.parametrize("path", ["", "/approval", "/return", "/taking-back", "/cancellation"])
def test_a_review_is_nobody_elses(asked, path):
    at = reviewed(asked).replace("/lumo/", "/kaari/") + path
    visit = asked.siiri.post if path else asked.siiri.get
    assert visit(at).status_code == 404
    assert asked.siiri.get(at.replace("/kaari/", "/lumo/")).status_code == 404


def test_the_page_of_a_review_costs_the_same_for_many_steps(fresh, asked):
    save(asked.aino, note_fi="Yksi.")
    at = send(asked.aino, KEY).location
    one, _ = statements(fresh, lambda: asked.sanni.get(at))
    steps = ("mid-review", "safety-check", "planning-invite", "contact-response")
    for step in steps:
        save(asked.aino, f"/o/lumo/map/{step}", note_fi="Lisää.")
    many = send(asked.aino, *steps).location
    assert statements(fresh, lambda: asked.sanni.get(many))[0] == one <= 14
