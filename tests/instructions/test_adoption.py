"""Who follows which release: by name for the national body, as a number for everyone, with a reminder a week."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.core import clock
from parasta_saas.core.errors import Conflict, Forbidden, NotFound
from parasta_saas.instructions import lateness
from parasta_saas.instructions.queries.adoption import adoption_of
from parasta_saas.instructions.services import reminders
from parasta_saas.reference import queries as reference
from parasta_saas.reference import services as releases
from tests.core.probe import rows
from tests.reference import road
from tests.visitor import form_key

HOME = "/o/viitemalli/adoption"
TODAY = date(2026, 6, 1)
LETTER = "Muistutus: viitemalli 1.1 odottaa teitä"


def release(number, until=None):
    return SimpleNamespace(number=number, transition_until=until)


def publish(fresh, days):
    """Release 1.1, whose transition ends so many days from now (or ended, where negative)."""
    ago = clock.now() - timedelta(days=120 if days <= 0 else 0)
    with clock.frozen(ago), acting_as("tapio") as tapio:
        draft = reference.draft_for(tapio, road.draft_id())
        releases.publish_release(
            tapio, draft, transition_until=clock.today() + timedelta(days=days + (120 if days <= 0 else 0))
        )
    fresh.work()


@pytest.mark.parametrize(
    ("number", "newer", "state"),
    [
        ("1.1", [release("1.1"), release("1.0")], "current"),
        ("1.0", [release("1.1", TODAY + timedelta(days=31)), release("1.0")], "waits"),
        ("1.0", [release("1.1", TODAY + timedelta(days=30)), release("1.0")], "near"),
        ("1.0", [release("1.1", TODAY), release("1.0")], "near"),
        ("1.0", [release("1.1", TODAY - timedelta(days=1)), release("1.0")], "late"),
        (
            "1.0",
            [release("1.2", TODAY + timedelta(days=90)), release("1.1", TODAY - timedelta(days=1)), release("1.0")],
            "late",
        ),
        ("1.1", [release("1.2", TODAY + timedelta(days=90)), release("1.1", TODAY - timedelta(days=1))], "waits"),
        ("1.0", [release("1.1"), release("1.0")], "waits"),
        ("2.0", [release("1.1"), release("1.0")], "current"),
        (None, [release("1.1")], "none"),
        ("1.0", [], "current"),
    ],
)
def test_who_is_late_follows_from_the_end_of_the_transition(number, newer, state):
    assert lateness.place(number, newer, TODAY).state == state


def test_a_reminder_waits_a_week():
    at = datetime(2026, 6, 1, tzinfo=UTC)
    asked = [(state, days) for state in lateness.STATES for days in (0, 6, 7) if
             lateness.may_be_reminded(state, at - timedelta(days=days), at)]  # fmt: skip
    assert asked == [("late", 7), ("near", 7)] and lateness.may_be_reminded("late", None, at)


def test_the_list_says_by_name_who_follows_what(fresh, cast):
    publish(fresh, 90)
    page = cast.tapio.get(HOME)
    assert page.status_code == 200 and "0 / 3 järjestäjästä noudattaa viitemallia 1.1" in page.text
    for name in ("Lumon koulutuskuntayhtymä", "Kaaren ammattiopisto", "Yrkesinstitutet Fjärden"):
        assert name in page.text
    assert "Siirtymässä" in page.text and "/reminders" not in page.text


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("days", [10, -5])
def test_one_late_provider_is_reminded_once_a_week(fresh, cast, htmx, days):
    publish(fresh, days)
    page = cast.tapio.get(HOME)
    assert ("Aika loppumassa" if days > 0 else "Myöhässä") in page.text
    answer = cast.tapio.post(f"{HOME}/lumo/reminders", {"_key": form_key(page)}, htmx=htmx)
    assert answer.status_code == (200 if htmx else 303)
    fresh.work()
    letters = [m for m in fresh.letters("aino@lumo.example") if m.subject == LETTER]
    assert len(letters) == 1 and not [m for m in fresh.letters("siiri@kaari.example") if m.subject == LETTER]
    assert "/o/lumo/updates/" in letters[0].text
    again = cast.tapio.post(f"{HOME}/lumo/reminders", {}, htmx=htmx)
    assert again.status_code == 409 and "viikon sisällä" in again.text
    assert "Muistutettu" in cast.tapio.get(HOME).text


@pytest.mark.parametrize("htmx", [False, True])
def test_everyone_who_is_late_is_reminded_at_once_and_only_once(fresh, cast, htmx):
    publish(fresh, 10)
    cast.tapio.post(f"{HOME}/kaari/reminders", {})
    assert "Muistuta kaikkia myöhässä olevia (2)" in cast.tapio.get(HOME).text
    assert cast.tapio.post(f"{HOME}/reminders", {}, htmx=htmx).status_code == (200 if htmx else 303)
    assert cast.tapio.post(f"{HOME}/reminders", {}, htmx=htmx).status_code == 409
    fresh.work()
    sent = rows(fresh, "select count(*), count(distinct tenant_id) from mail where template = 'release_reminder'")
    assert sent[0][1] == 3 and sent[0][0] == rows(
        fresh, "select count(*) from membership m join organisation o on o.id = m.organisation_id"
        " where o.kind = 'provider' and m.roles && array['quality_manager', 'provider_admin']"
    )[0][0]  # fmt: skip


def test_after_a_week_a_provider_may_be_reminded_again(fresh, cast):
    publish(fresh, 10)
    with acting_as("tapio") as tapio:
        assert reminders.remind_provider(tapio, slug="lumo") == "Lumon koulutuskuntayhtymä"
    with clock.frozen(clock.now() + timedelta(days=7, minutes=1)), acting_as("tapio") as tapio:
        assert next(r for r in adoption_of(tapio) if r.follower.organisation.slug == "lumo").remindable
        assert reminders.remind_late(tapio) == 3


def test_whoever_has_caught_up_gets_no_letter(fresh, cast):
    publish(fresh, 10)
    cast.tapio.post(f"{HOME}/kaari/reminders", {})
    with fresh.superuser_connection() as above:
        above.execute("update handbook set release_id = (select id from reference_release where number = '1.1')")
    fresh.work()
    assert rows(fresh, "select count(*) from mail where template = 'release_reminder'") == [(0,)]


def test_nobody_is_reminded_who_is_in_time_or_not_there(fresh, cast):
    publish(fresh, 90)
    assert cast.tapio.post(f"{HOME}/lumo/reminders", {}).status_code == 409
    assert cast.tapio.post(f"{HOME}/reminders", {}).status_code == 409
    for slug in ("paja", "nobody", "viitemalli"):
        assert cast.tapio.post(f"{HOME}/{slug}/reminders", {}).status_code == 404


def test_the_public_page_says_how_many_follow_and_nobody_by_name(fresh, cast):
    publish(fresh, 10)
    with acting_as("tapio") as tapio:
        first = reference.current_release().number
        assert first == "1.1" and len(adoption_of(tapio)) == 3
    assert "0 / 3 järjestäjästä noudattaa" in cast.nobody.get("/reference/releases/1.1").text
    old = cast.nobody.get("/reference/releases/1.0").text
    assert "3 / 3 järjestäjästä noudattaa" in old and "Lumon" not in old
    update = cast.siiri.follow(cast.siiri.get("/o/kaari/updates"))
    address = update.text.split("/o/kaari/updates/")[1][:36]
    answer = cast.siiri.post(f"/o/kaari/updates/{address}/use", {})
    assert answer.status_code == 303, answer.text
    fresh.work()
    assert "1 / 3 järjestäjästä noudattaa" in cast.aino.get("/reference/releases/1.1").text
    assert "Ajan tasalla" in cast.tapio.get(HOME).text


@pytest.mark.parametrize(
    "query", ["?show=late", "?show=near&sort=name", "?sort=release", "?sort=since", "?show=x&sort=y"]
)
def test_the_list_is_filtered_and_ordered(fresh, cast, query):
    publish(fresh, 10)
    page = cast.tapio.get(HOME + query)
    assert page.status_code == 200
    assert ("Tällaista järjestäjää ei ole" in page.text) is ("show=late" in query)


def test_the_order_by_name_is_finnish(fresh, cast):
    page = cast.tapio.get(f"{HOME}?sort=name").text
    assert page.index("Kaaren") < page.index("Lumon") < page.index("Yrkesinstitutet")


@pytest.mark.parametrize(("who", "place"), [("aino", "lumo"), ("matti", "paja"), ("siiri", "kaari"), ("ville", "lumo")])
def test_for_everyone_else_there_is_no_list(cast, who, place):
    visitor = getattr(cast, who)
    for home in (HOME, HOME.replace("viitemalli", place)):
        assert visitor.get(home).status_code == 404
        assert visitor.post(f"{home}/reminders", {}).status_code == 404
        assert visitor.post(f"{home}/lumo/reminders", {}).status_code == 404


def test_services_ask_who_acts(fresh):
    with acting_as("aino") as aino:
        for deed in (lambda: reminders.remind_late(aino), lambda: reminders.remind_provider(aino, slug="kaari"),
                     lambda: reminders.count_adoption(aino)):  # fmt: skip
            with pytest.raises(Forbidden):
                deed()
        with pytest.raises(NotFound):
            adoption_of(aino)
    with acting_as("tapio") as tapio, pytest.raises(Conflict):
        reminders.remind_late(tapio)


def test_providers_see_neither_reminders_nor_who_follows_what(fresh, cast):
    publish(fresh, 10)
    cast.tapio.post(f"{HOME}/reminders", {})
    from sqlalchemy import text

    from parasta_saas.core.db import db

    with acting_as("aino"):
        assert db.session.scalar(text("select count(*) from adoption_reminder")) == 0
        assert db.session.scalar(text("select count(*) from adoption")) == 1
        assert db.session.scalar(text("select count(*) from adoption_total")) == 2
        with pytest.raises(Exception, match="row-level security|permission denied"):
            db.session.execute(text("update adoption_total set followers = 99"))
    with acting_as("aino"), pytest.raises(Exception, match="permission denied"):
        db.session.execute(text("delete from adoption_total"))


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_the_list_speaks_three_languages(fresh, cast, code):
    assert cast.tapio.get(HOME, headers={"Accept-Language": code}).status_code == 200


def test_the_list_costs_the_same_for_any_number_of_providers(fresh, cast):
    cast.tapio.get(HOME)
    fresh.statements.clear()
    cast.tapio.get(HOME)
    spent = [line for line in fresh.statements if "set_config" not in line]
    assert len(spent) <= 7, spent
