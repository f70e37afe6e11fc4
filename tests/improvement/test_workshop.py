"""A workshop: phones join by a code, vote, the votes are shown, the room says, it goes on."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock, jobs
from parasta_saas.improvement import tries
from parasta_saas.improvement.queries import mirror as mirrors
from tests.improvement.rooms import (
    MIRRORS,
    answers,
    here,
    joined,
    kaari_mirror,
    lumo_mirror,
    opened,
    phone,
    poll_of,
    tally,
)  # fmt: skip
from tests.instructions.pages import statements


@pytest.fixture
def workshop(fresh):
    return opened()


def lead(workshop, *rest: str) -> str:
    return "/".join(("/o/lumo/workshops", str(workshop.id), *rest))


def vote(visitor, workshop, choice: str, step: str | None = None, **kw):
    return visitor.post(f"/mirror/{workshop.code}", {"step": step or workshop.step_key, "choice": choice}, **kw)


def test_the_leader_opens_one_workshop_and_no_second(fresh, cast):
    mirror = lumo_mirror()
    page = cast.aino.follow(cast.aino.post(f"/o/lumo/workshops/of/{mirror.id}")).text
    assert "Liity puhelimella" in page
    assert "27 Työturvallisuusperehdytys" in page
    assert cast.aino.post(f"/o/lumo/workshops/of/{mirror.id}").status_code == 409
    assert "Työpaja on käynnissä. Sitä vetää Aino Alanko." in cast.eero.get(f"{MIRRORS}/{mirror.id}").text
    assert cast.eero.post(f"/o/lumo/workshops/of/{mirror.id}").status_code == 403


def test_a_phone_joins_votes_and_changes_its_mind(fresh, cast, workshop):
    visitor = joined(fresh, workshop.code, "Kaisa Kanerva")
    page = visitor.get(f"/mirror/{workshop.code}").text
    assert "Työturvallisuusperehdytys" in page
    assert "Yksi painallus on äänesi." in page
    assert "Aino" not in page  # nobody's name
    assert vote(visitor, workshop, "no").status_code == 303
    again = vote(visitor, workshop, "partly", htmx=True)
    assert again.status_code == 200
    assert "Sinä vastasit: Osittain" in again.text
    assert tally(workshop) == {"partly": 1}
    screen = cast.aino.get(lead(workshop, "screen")).text
    assert "1 / 1" in screen
    assert "Kaisa" in screen
    assert "Kanerva" not in screen  # a first name is enough
    assert "Osittain" not in screen  # not before they are shown


def test_the_whole_way_of_one_step(fresh, cast, workshop):
    one, two = joined(fresh, workshop.code), joined(fresh, workshop.code)
    vote(one, workshop, "no"), vote(two, workshop, "no")
    assert cast.aino.post(lead(workshop, "showing"), {"show": "yes"}).status_code == 303
    late = vote(one, workshop, "as_is")
    assert late.status_code == 422
    assert "Äänet ovat jo näkyvissä" in late.text
    assert tally(workshop) == {"no": 2}
    assert 'value="no" checked' in cast.aino.get(lead(workshop)).text  # the room's answer is proposed
    said = cast.aino.post(
        lead(workshop, "outcomes", workshop.step_key), {"outcome": "no", "note": "Uusi lomake", "version": "0"},
        htmx=True,
    )  # fmt: skip
    assert said.status_code == 200
    assert "28 Aloittamisen varmistaminen" in said.text
    assert "Aloittamisen varmistaminen" in one.get(f"/mirror/{workshop.code}").text
    mirror = lumo_mirror()
    assert answers(mirror)[workshop.step_key].note == "Uusi lomake"
    gaps = cast.aino.get(f"{MIRRORS}/{mirror.id}/gaps").text
    assert "ei vielä 2" in gaps


def test_a_vote_for_a_step_that_the_room_has_left_is_told_so(fresh, cast, workshop):
    visitor = joined(fresh, workshop.code)
    cast.aino.post(lead(workshop, "place"), {"step": "demo-do"})
    answer = vote(visitor, workshop, "no", htmx=True)
    assert answer.status_code == 422
    assert "Työpaja on siirtynyt seuraavaan askeleeseen." in answer.text
    assert "Näytön toteuttaminen" in answer.text
    assert tally(here(workshop)) == {}


def test_a_step_may_be_voted_on_again(fresh, cast, workshop):
    visitor = joined(fresh, workshop.code)
    vote(visitor, workshop, "no")
    cast.aino.post(lead(workshop, "showing"), {"show": "yes"})
    cast.aino.post(lead(workshop, "showing"), {"show": "no"})
    assert vote(visitor, workshop, "as_is").status_code == 303
    assert tally(workshop) == {"as_is": 1}


def test_one_phone_has_one_vote_however_fast_it_presses(fresh, workshop):
    visitor = joined(fresh, workshop.code)
    name = fresh.app.config["SESSION_COOKIE_NAME"]
    cookie = visitor.client.get_cookie(name)

    def press(choice: str) -> int:
        other = phone(fresh)
        other.client.set_cookie(name, cookie.value)
        return vote(other, workshop, choice).status_code

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(press, ["no", "partly", "no", "as_is"])) == {303}
    assert sum(tally(workshop).values()) == 1


def test_nothing_new_costs_little_and_sends_nothing(fresh, cast, workshop):
    visitor = joined(fresh, workshop.code)
    page = visitor.get(f"/mirror/{workshop.code}").text
    assert visitor.get(poll_of(page), htmx=True).status_code == 204
    screen = cast.aino.get(lead(workshop, "screen")).text
    fresh.statements.clear()
    assert cast.aino.get(poll_of(screen), htmx=True).status_code == 204
    assert sum("set_config" not in s for s in fresh.statements) <= 7
    leader = cast.aino.get(lead(workshop)).text
    assert cast.aino.get(poll_of(leader), htmx=True).status_code == 204
    joined(fresh, workshop.code)
    for address, page in ((poll_of(screen), "screen"), (poll_of(leader), "votes")):
        answer = cast.aino.get(address, htmx=True)
        assert answer.status_code == 200
        assert answer.text.count("<html") == 0
        assert f'id="{page}"' in answer.text
        assert "/ 2" in answer.text
    assert visitor.get(poll_of(visitor.get(f"/mirror/{workshop.code}").text), htmx=True).status_code == 204


def test_the_votes_opened_by_hand_lead_to_the_whole_page(cast, workshop):
    answer = cast.aino.get(lead(workshop, "votes"))
    assert (answer.status_code, answer.location) == (303, lead(workshop))


def test_a_screen_costs_the_same_for_three_phones_and_for_thirty(fresh, cast, workshop):
    def cost():
        return statements(fresh, lambda: cast.aino.get(lead(workshop, "screen")))[0]

    joined(fresh, workshop.code, "Yksi")
    cost()
    before = cost()
    for number in range(8):
        vote(joined(fresh, workshop.code, f"N{number}"), workshop, "no")
    assert cost() == before <= 13


def test_closing_ends_the_code_and_forgets_the_names(fresh, cast, workshop):
    visitor = joined(fresh, workshop.code, "Kaisa")
    vote(visitor, workshop, "no")
    assert cast.aino.post(f"{MIRRORS}/{workshop.mirror_id}/finish").status_code == 409
    assert cast.aino.post(lead(workshop, "closing")).status_code == 303
    page = visitor.get(f"/mirror/{workshop.code}")
    assert page.status_code == 200
    assert "Työpaja on päättynyt." in page.text
    assert "every 2s" not in page.text
    assert vote(visitor, workshop, "as_is").status_code == 422
    late = phone(fresh).post("/mirror", {"join_code": workshop.code})
    assert late.status_code == 422
    assert "Tämä työpaja on päättynyt." in late.text
    with acting_as("aino") as aino:
        assert mirrors.names_in(mirrors.workshop_for(aino, workshop.id)) == []
    assert tally(workshop) == {"no": 1}
    assert cast.aino.post(lead(workshop, "showing"), {"show": "yes"}).status_code == 409
    assert cast.aino.post(lead(workshop, "closing")).status_code == 303  # a second press harms nothing
    assert cast.aino.post(f"/o/lumo/workshops/of/{workshop.mirror_id}").status_code == 303


def test_the_code_ends_with_the_day(fresh, cast, workshop):
    with clock.frozen(clock.now() + timedelta(days=1)):
        answer = phone(fresh).post("/mirror", {"join_code": workshop.code})
        assert answer.status_code == 422
        assert "Tämä työpaja on päättynyt." in answer.text
        assert cast.aino.post(f"/o/lumo/workshops/of/{workshop.mirror_id}").status_code == 303
    assert here(workshop).closed_at is not None


def test_looking_changes_nothing(fresh, workshop):
    scanner = phone(fresh)
    page = scanner.get(f"/mirror/{workshop.code}")
    assert page.status_code == 200
    assert "Lumon koulutuskuntayhtymä kysyy" in page.text
    assert scanner.client.head(f"/mirror/{workshop.code}").status_code == 200
    with acting_as("aino") as aino:
        assert mirrors.phones_in(mirrors.workshop_for(aino, workshop.id)) == 0
    assert vote(scanner, workshop, "no").status_code == 303  # sent to the door, counted nowhere
    assert tally(workshop) == {}


@pytest.mark.parametrize("typed", ["K4TX9M", "<script>alert(1)</script>", "'; drop", "x" * 39, "\x00"])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_wrong_code_gets_a_kind_page(fresh, typed, htmx):
    answer = phone(fresh).post("/mirror", {"join_code": typed, "first_name": "Kaisa"}, htmx=htmx)
    assert answer.status_code == 422
    assert "Kaisa" in answer.text
    assert "<script>alert(1)" not in answer.text
    page = phone(fresh).get("/mirror/K4TX9M")
    assert page.status_code == 404
    assert "Katso isoa näyttöä ja kirjoita koodi uudelleen." in page.text


def test_too_many_wrong_codes_must_wait_even_with_a_right_one(fresh, workshop):
    visitor = phone(fresh)
    for _try in range(tries.MOST):
        visitor.post("/mirror", {"join_code": "K4TX9M"})
    answer = visitor.post("/mirror", {"join_code": workshop.code})
    assert answer.status_code == 422
    assert "Odota kymmenen minuuttia" in answer.text
    jobs.queue(fresh.app).connection.flushdb()
    assert visitor.post("/mirror", {"join_code": workshop.code}).status_code == 303


def test_without_redis_codes_still_open(fresh, workshop, monkeypatch):
    from redis.exceptions import RedisError

    def gone(_app=None):
        raise RedisError("away")

    monkeypatch.setattr(jobs, "queue", gone)
    assert phone(fresh).post("/mirror", {"join_code": "K4TX9M"}).status_code == 422
    assert phone(fresh).post("/mirror", {"join_code": workshop.code}).status_code == 303


def test_a_code_lets_in_to_its_own_workshop_only(fresh, cast, workshop):
    kaari = kaari_mirror()
    cast.siiri.post(f"/o/kaari/workshops/of/{kaari.id}")
    with acting_as("siiri") as siiri:
        other = mirrors.going_workshop(siiri, kaari)
    visitor = joined(fresh, workshop.code)
    assert vote(visitor, other, "no").status_code == 303  # to the other's door: this browser has not joined there
    with acting_as("siiri") as siiri:
        assert mirrors.tally_of(other).votes == {}
    assert cast.aino.get(f"/o/lumo/workshops/{other.id}").status_code == 404
    assert cast.aino.post(f"/o/lumo/workshops/{other.id}/showing", {"show": "yes"}).status_code == 404
    assert visitor.get(lead(workshop)).status_code == 303  # to sign in
    assert visitor.get(f"{MIRRORS}/").status_code == 303


@pytest.mark.parametrize("path", ["showing", "place", "closing", "outcomes/demo-do"])
@pytest.mark.parametrize("who", ["eero", "kerttu"])
def test_only_leaders_lead(cast, workshop, path, who):
    visitor = getattr(cast, who)
    assert visitor.get(lead(workshop)).status_code == 200
    assert visitor.get(lead(workshop, "screen")).status_code == 200
    body = {"show": "yes", "step": "demo-do", "outcome": "no"}
    assert visitor.post(lead(workshop, *path.split("/")), body).status_code == 403
    assert here(workshop).version == workshop.version


@pytest.mark.parametrize(("path", "body"), [("showing", {}), ("place", {}), ("showing", {"show": "maybe"})])
@pytest.mark.parametrize("htmx", [False, True])
def test_a_move_without_sense_is_sent_back(cast, workshop, path, body, htmx):
    assert cast.aino.post(lead(workshop, path), body, htmx=htmx).status_code == 422
    assert cast.aino.post(lead(workshop, "place"), {"step": "no-such"}).status_code == 404


def test_an_outcome_of_another_step_than_the_rooms_is_a_conflict(cast, workshop):
    answer = cast.aino.post(lead(workshop, "outcomes", "demo-do"), {"outcome": "no", "version": "0"})
    assert answer.status_code == 409


def test_the_door_speaks_the_browsers_language(fresh, workshop):
    visitor = phone(fresh)
    page = visitor.get(f"/mirror/{workshop.code}", headers={"Accept-Language": "sv"}).text
    assert "Anslut till verkstaden" in page
