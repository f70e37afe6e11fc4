"""The change plan: words, actions, successes, reviews, reminders."""

from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as, system_at
from parasta_saas.core import clock, daily
from parasta_saas.improvement.queries import plan as plans
from parasta_saas.improvement.services import actions as services
from parasta_saas.improvement.services import reminders
from parasta_saas.tenants import queries as tenants
from tests.improvement.rooms import MIRRORS, PLAN, actions, lumo_mirror
from tests.instructions.pages import statements
from tests.visitor import form_key

DAYS = {"starts_on": "2026-12-01", "ends_on": "2027-05-31"}


@pytest.fixture
def mirror(fresh):
    return lumo_mirror()


def member(slug: str):
    with acting_as("aino") as aino:
        return next(m for m in tenants.members_of(aino) if m.email.startswith(f"{slug}@"))


def mine(owner: str):
    return next(a for a in actions() if a.owner.startswith(owner))


def plan_of(who: str = "aino"):
    with acting_as(who) as actor:
        return plans.plan_of(actor)


def test_an_empty_plan_says_where_to_begin(cast):
    page = cast.siiri.get("/o/kaari/plan").text
    assert "Muutama lause riittää" in page
    assert "Aloita peilaamalla" in page
    assert cast.pekka.get("/o/kaari/plan").status_code == 200


def test_the_plan_is_written_in_the_working_languages(cast):
    body = {"why_fi": "Tasaista palvelua.", "goals_fi": "- Vastaus **kahdessa** päivässä", "version": "0", **DAYS}
    assert cast.siiri.post("/o/kaari/plan/edit", body).status_code == 303
    page = cast.siiri.get("/o/kaari/plan").text
    assert "Tasaista palvelua." in page
    assert "<strong>kahdessa</strong>" in page
    assert "1.12.2026–31.5.2027" in page
    assert 'name="why_sv"' not in cast.siiri.get("/o/kaari/plan/edit").text
    assert 'name="why_sv"' in cast.aino.get(f"{PLAN}/edit").text


@pytest.mark.parametrize("htmx", [False, True])
def test_days_the_wrong_way_round_are_sent_back_with_everything_typed(cast, mirror, htmx):
    body = {"why_fi": "Tämä jää.", "starts_on": "2027-05-31", "ends_on": "2026-12-01", "version": "99"}
    answer = cast.aino.post(f"{PLAN}/edit", body, htmx=htmx)
    assert answer.status_code == 422
    assert "Tämä jää." in answer.text
    assert "Aseta viimeinen päivä" in answer.text or "viimeinen päivä" in answer.text.lower()


def test_two_who_write_at_once_lose_nothing(cast, mirror):
    version = str(plan_of().version)
    assert cast.aino.post(f"{PLAN}/edit", {"why_fi": "ensin", "version": version}).status_code == 303
    answer = cast.aino.post(f"{PLAN}/edit", {"why_fi": "sitten", "version": version})
    assert answer.status_code == 422
    assert "sitten" in answer.text
    assert plan_of().why["fi"] == "ensin"


@pytest.mark.parametrize("htmx", [False, True])
def test_an_action_is_born_from_a_gap_in_one_press(cast, mirror, htmx):
    url = f"{PLAN}/actions/from/{mirror.id}/partnership-agreement"
    answer = cast.aino.post(url, {}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    born = next(a for a in actions() if a.step_key == "partnership-agreement")
    assert (born.title, born.owner, born.state) == ("Kumppanuudesta sopiminen", "Aino Alanko", "todo")
    assert born.due_on == clock.today() + timedelta(days=60)
    assert "Sovitaan opettajakohtaisesti" in born.details
    page = cast.aino.get(f"{MIRRORS}/{mirror.id}/gaps").text
    assert f"/plan/actions/{born.id}" in page
    assert "Kumppanuudesta sopiminen" in cast.eero.get(PLAN).text


def test_a_double_press_makes_one_action(cast, mirror):
    key = form_key(cast.aino.get(f"{MIRRORS}/{mirror.id}/gaps"))
    url = f"{PLAN}/actions/from/{mirror.id}/partnership-agreement"
    assert cast.aino.post(url, {"_key": key}).status_code == 303
    assert "jo tallennettu" in cast.aino.follow(cast.aino.post(url, {"_key": key})).text
    assert sum(a.step_key == "partnership-agreement" for a in actions()) == 1


def test_who_and_when_may_be_said_at_once_and_the_owner_gets_a_mail(fresh, cast, mirror):
    due = clock.today() + timedelta(days=20)
    body = {"owner": str(member("eero").id), "due_on": due.isoformat()}
    url = f"{PLAN}/actions/from/{mirror.id}/partnership-agreement"
    assert cast.aino.post(url, body).status_code == 303
    fresh.work()
    letter = next(m for m in fresh.letters("eero@lumo.example") if "toimenpide" in m.subject)
    assert "Kumppanuudesta sopiminen" in letter.subject
    assert "Aino Alanko antoi sinulle" in letter.text
    assert not [m for m in fresh.letters("aino@lumo.example") if "Kumppanuudesta" in m.subject]


def test_no_gap_no_action_and_no_answer_no_gap(cast, mirror):
    assert cast.aino.post(f"{PLAN}/actions/from/{mirror.id}/contact-response", {}).status_code == 422
    assert cast.aino.post(f"{PLAN}/actions/from/{mirror.id}/termination", {}).status_code == 404
    past = {"due_on": "2020-01-01"}
    answer = cast.aino.post(f"{PLAN}/actions/from/{mirror.id}/partnership-agreement", past)
    assert answer.status_code == 422
    assert "Tämä päivä on jo mennyt" in answer.text


@pytest.mark.parametrize("htmx", [False, True])
def test_a_free_action_needs_words_and_an_owner_of_the_staff(cast, mirror, htmx):
    before = len(actions())
    assert cast.aino.post(f"{PLAN}/actions", {"details": "jää"}, htmx=htmx).status_code == 422
    for foreign in (member("ville").id, mirror.id):  # a student; nobody at all
        answer = cast.aino.post(f"{PLAN}/actions", {"title": "Opas", "owner": str(foreign)}, htmx=htmx)
        assert answer.status_code == 404
    assert len(actions()) == before
    added = cast.aino.post(f"{PLAN}/actions", {"title": "Opas työpaikoille"}, htmx=htmx)
    assert added.status_code == (200 if htmx else 303)
    assert "Opas työpaikoille" in cast.aino.get(PLAN).text


def test_the_owner_marks_an_action_done_and_its_success_stands_first(cast, mirror):
    action = mine("Eero")
    url = f"{PLAN}/actions/{action.id}"
    assert "Merkitse valmiiksi" in cast.eero.get(url).text
    done = cast.eero.post(f"{url}/state", {"state": "done", "success": "Opiskelijat tulevat *mielellään*."})
    assert done.status_code == 303
    page = cast.kerttu.get(PLAN).text
    assert page.index("Opiskelijat tulevat <em>mielellään</em>.") < page.index("Toimenpiteet</h2>")
    assert cast.eero.post(f"{url}/state", {"state": "done"}).status_code == 409
    assert cast.eero.post(f"{url}/state", {"state": "doing"}).status_code == 303


def test_dropping_needs_a_reason(cast, mirror):
    url = f"{PLAN}/actions/{mine('Eero').id}/state"
    answer = cast.aino.post(url, {"state": "dropped"})
    assert answer.status_code == 422
    assert "Kerro, miksi tästä luovutaan." in answer.text
    assert cast.aino.post(url, {"state": "dropped", "because": "Tehdään ensi vuonna."}).status_code == 303
    assert "Tehdään ensi vuonna." in cast.aino.get(PLAN).text


@pytest.mark.parametrize(("who", "status"), [("oskari", 403), ("kerttu", 403), ("ville", 404), ("siiri", 404)])
def test_somebody_elses_action_is_not_moved(cast, mirror, who, status):
    action = mine("Eero")
    visitor = getattr(cast, who)
    assert visitor.post(f"{PLAN}/actions/{action.id}/state", {"state": "done"}).status_code == status
    assert mine("Eero").state == "doing"
    assert visitor.post(f"{PLAN}/actions/{action.id}", {"title": "Minun"}).status_code == status


def test_a_foreign_action_is_nowhere(cast, mirror):
    with acting_as("siiri") as siiri:
        other = services.plan_action(siiri, title="Kaaren oma").id
    assert cast.aino.get(f"{PLAN}/actions/{other}").status_code == 404
    assert cast.aino.post(f"{PLAN}/actions/{other}/state", {"state": "done"}).status_code == 404


def test_two_who_change_an_action_at_once_lose_nothing(cast, mirror):
    action = mine("Eero")
    url, body = f"{PLAN}/actions/{action.id}", {"title": "Uusi nimi", "version": str(action.version)}
    assert cast.aino.post(url, {**body, "owner": str(action.owner_id)}).status_code == 303
    answer = cast.aino.post(url, {**body, "title": "Toinen nimi"})
    assert answer.status_code == 422
    assert "Toinen nimi" in answer.text


def test_everybody_tells_successes_and_removes_their_own(cast, mirror):
    assert cast.eero.post(f"{PLAN}/successes", {}).status_code == 422
    told = cast.eero.post(f"{PLAN}/successes", {"words": "Paja Oy kiitti <b>meitä</b>"}, htmx=True)
    assert "Paja Oy kiitti &lt;b&gt;meitä" in told.text
    with acting_as("eero") as eero:
        success = plans.successes_of(eero)[0]
    url = f"{PLAN}/successes/{success.id}"
    assert cast.oskari.post(f"{url}/removal").status_code == 403
    gone = cast.eero.post(f"{url}/removal", htmx=True)
    assert "Paja Oy kiitti" not in gone.text
    assert f"{url}/return" in gone.text
    assert "Paja Oy kiitti" in cast.eero.post(f"{url}/return", htmx=True).text
    assert cast.siiri.post(f"/o/kaari/plan/successes/{success.id}/removal").status_code == 404


@pytest.mark.parametrize("htmx", [False, True])
def test_a_review_keeps_what_was_seen_and_sets_the_next_day(cast, mirror, htmx):
    today = clock.today()
    body = {"held_on": today.isoformat(), "seen": "Vastaukset nopeutuivat.", "next": "Jatketaan."}
    wrong = [
        {"held_on": (today + timedelta(days=1)).isoformat()}, {"review_on": today.isoformat()},
        {"review_on": (today - timedelta(days=5)).isoformat()}, {"seen": ""}, {"held_on": "eilen"},
    ]  # fmt: skip
    for bad in wrong:
        answer = cast.aino.post(f"{PLAN}/reviews", {**body, **bad}, htmx=htmx)
        assert answer.status_code == 422, bad
        assert "Jatketaan." in answer.text
    after = today + timedelta(days=60)
    assert cast.eero.post(f"{PLAN}/reviews", body).status_code == 403
    assert cast.aino.post(f"{PLAN}/reviews", {**body, "review_on": after.isoformat()}, htmx=htmx).status_code in (
        200,
        303,
    )
    page = cast.eero.get(PLAN).text
    assert "Vastaukset nopeutuivat." in page
    assert f"Seuraava katselmus: {after.day}.{after.month}.{after.year}" in page
    assert 'aria-current="step"' in page


def test_reviews_and_actions_are_reminded_of_once(fresh, cast, mirror):
    plan, action = plan_of(), mine("Eero")
    with clock.frozen(clock.start_of_day(plan.review_on - timedelta(days=6)) + timedelta(hours=9)):
        with system_at("lumo") as system:
            assert reminders.remind(system) == 1
        with system_at("lumo") as system:
            assert reminders.remind(system) == 0
    with clock.frozen(clock.start_of_day(action.due_on - timedelta(days=2)) + timedelta(hours=9)):
        for expected in (1, 0):
            with system_at("lumo") as system:
                assert reminders.remind(system) == expected
    fresh.work()
    assert sum("katselmus" in m.subject for m in fresh.letters("aino@lumo.example")) == 1
    letters = [m for m in fresh.letters("eero@lumo.example") if "Miten etenee" in m.subject]
    assert len(letters) == 1
    assert str(action.id) in letters[0].text


def test_a_new_day_reminds_by_itself(fresh, cast, mirror):
    action = mine("Eero")
    with clock.frozen(clock.start_of_day(action.due_on - timedelta(days=2)) + timedelta(hours=9)):
        assert daily.begin_day()
        fresh.work()
    assert sum("Miten etenee" in m.subject for m in fresh.letters("eero@lumo.example")) == 1


def test_nobody_is_reminded_where_there_is_no_plan(fresh):
    with system_at("kaari") as system:
        assert reminders.remind(system) == 0


def test_my_actions_and_a_workshop_stand_on_the_map(fresh, cast, mirror):
    page = cast.eero.get("/o/lumo/map").text
    assert "Sinulla on yksi muutossuunnitelman toimenpide" in page
    assert "Sinulla on" not in cast.oskari.get("/o/lumo/map").text
    cast.aino.post(f"/o/lumo/workshops/of/{mirror.id}")
    assert "Peilaustyöpaja on käynnissä" in cast.oskari.get("/o/lumo/map").text


def test_the_plan_costs_the_same_for_two_actions_and_for_thirty(fresh, cast, mirror):
    def cost():
        return statements(fresh, lambda: cast.aino.get(PLAN))[0]

    cost()
    before = cost()
    with acting_as("aino") as aino:
        for number in range(30):
            services.plan_action(aino, title=f"Toimi {number}", owner=member("eero") if number == 0 else None)
    assert cost() == before <= 11


def test_the_plan_reads_in_swedish(cast, mirror):
    cast.aino.post("/language", {"language": "sv"})
    page = cast.aino.get(PLAN).text
    assert "Vad som har lyckats" in page
    assert "Arbetsplatserna får olika service" in page
