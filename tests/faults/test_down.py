"""Something that the service leans on is away for a while: people go on, nothing is lost, and one mail is one mail."""

import asyncio
import re
import threading
import time

import psycopg
import pytest
from aiosmtpd.controller import Controller

from parasta_saas.cli import mail_sink
from parasta_saas.cli.demo.acting import acting_as
from parasta_saas.cli.servers import Home, Redis
from parasta_saas.core import i18n, jobs, links, schema, scope
from parasta_saas.core.access import Actor
from parasta_saas.tenants import services as tenants
from tests import cast as the_cast
from tests.core.probe import rows
from tests.installation import PARASTA, environment, kill, running, wait_until
from tests.instructions.pages import typed
from tests.partnerships.pages import letter_form

pytestmark = pytest.mark.faults
STEP, CONTACT = "/o/lumo/map/matching", "/contact/lumo"
SOON = 2.0  # a person does not wait longer for the page


def invite(email: str) -> None:
    """A mail with a link is queued."""
    with acting_as("kerttu") as kerttu:
        tenants.invite_person(
            kerttu, organisation_id=kerttu.organisation_id, email=email, name="Uusi Utu", language="fi",
            roles=["teacher"],
        )  # fmt: skip


def mail_state(world, email: str) -> tuple[int, bool, bool]:
    """(attempts of its delivery, sent?, waits for another attempt?)"""
    (row,) = rows(
        world,
        "select d.attempts, m.sent_at is not null, d.done_at is null and d.failed_at is null and d.leased_until > now()"
        " from mail m join outbox o on o.body->>'mail_id' = m.id::text join delivery d on d.message_id = o.id"
        " where m.to_address = %s",
        email,
    )
    return row


def due(world) -> None:
    """The pause before the next attempt is over."""
    rows(world, "update delivery set leased_until = now() - interval '1 second' where done_at is null returning id")


# -- Redis


@pytest.fixture
def redis(fresh, monkeypatch, tmp_path):
    """A Redis of this test's own, which the application uses."""
    server = Redis(Home.open(tmp_path / "redis"))
    monkeypatch.setitem(fresh.app.config, "REDIS_URL", server.start())
    monkeypatch.delitem(fresh.app.extensions, "parasta_queue")
    fresh.dirty = True
    yield server
    server.destroy()


def three_acts(cast) -> list[tuple[int, float]]:
    """Sign-in mail, a published instruction, a first contact: (status, seconds) of each."""
    instruction = {**typed(cast.aino.get(f"{STEP}/edit")), "note_fi": "Teemme tämän tiistaisin."}
    enquiry, done = letter_form(cast.nobody, words="Kuuletteko?"), []
    for visitor, address, form in (
        (cast.nobody, "/sign-in", {"email": "eero@lumo.example"}), (cast.aino, f"{STEP}/edit", instruction),
        (cast.nobody, CONTACT, enquiry),
    ):  # fmt: skip
        began = time.monotonic()
        status = visitor.post(address, form).status_code
        done.append((status, time.monotonic() - began))
    return done


def all_letters_came(world) -> bool:
    wanted = ("eero@lumo.example", "kalle@kello.example", "kerttu@lumo.example")
    return all(world.letters(to) for to in wanted)


def test_without_redis_people_go_on_and_the_work_is_done_when_it_is_back(fresh, cast, redis):
    redis.stop()
    done = three_acts(cast)
    assert [status for status, _ in done] == [303] * 3 and max(seconds for _, seconds in done) < SOON
    assert "Teemme tämän tiistaisin." in cast.aino.get(STEP).text
    assert cast.nobody.get("/readyz").json["redis"]["ok"] is False
    assert not all_letters_came(fresh)
    redis.start()
    fresh.work()
    assert all_letters_came(fresh) and len(fresh.letters("eero@lumo.example")) == 1
    assert cast.nobody.get("/readyz").status_code == 200


def test_running_processes_outlive_redis(fresh, cast, redis):
    """While Redis is away the scheduler does the work; when it is back the same worker goes on."""
    env = environment(fresh, REDIS_URL=fresh.app.config["REDIS_URL"], LEASE_SECONDS="3", SWEEP_SECONDS="0.5")
    log = fresh.folder / "outlive.log"
    with running((*PARASTA, "worker"), env, log) as worker, running((*PARASTA, "scheduler"), env, log) as scheduler:
        assert wait_until(lambda: jobs.queue().connection.keys("rq:worker:*"), 60), log.read_text()
        redis.stop()
        three_acts(cast)
        assert wait_until(lambda: all_letters_came(fresh), 60), log.read_text()
        redis.start()
        cast.siiri.post("/sign-in", {"email": "siiri@kaari.example"})
        assert wait_until(lambda: fresh.letters("siiri@kaari.example"), 60), log.read_text()
        assert (worker.poll(), scheduler.poll()) == (None, None), log.read_text()
    assert len(fresh.letters("eero@lumo.example")) == 1


# -- the mail server


class Takes(mail_sink.Keeper):
    """Takes a letter, and answers only when told to."""

    def __init__(self, folder) -> None:
        super().__init__(folder)
        self.taken, self.answer = threading.Event(), threading.Event()

    async def handle_DATA(self, server, session, envelope):
        reply = await super().handle_DATA(server, session, envelope)
        self.taken.set()
        while not self.answer.is_set():
            await asyncio.sleep(0.05)
        return reply


class Refuses:
    """Has no time now."""

    async def handle_DATA(self, server, session, envelope):
        return "451 Try again later"


def test_a_mail_waits_while_the_mail_server_is_down_and_is_sent_once(fresh, cast):
    fresh.sink.stop()
    invite("uusi@lumo.example")
    cast.nobody.post("/sign-in", {"email": "eero@lumo.example"})
    try:
        fresh.work()
        assert mail_state(fresh, "uusi@lumo.example") == (1, False, True)
        due(fresh)
        fresh.work()
        assert mail_state(fresh, "uusi@lumo.example") == (2, False, True)
    finally:
        fresh.sink = mail_sink.start(fresh.mail_folder, fresh.smtp_port)
    due(fresh)
    fresh.work()
    assert mail_state(fresh, "uusi@lumo.example") == (3, True, False)
    assert len(fresh.letters("uusi@lumo.example")) == len(fresh.letters("eero@lumo.example")) == 1


def test_a_mail_that_the_server_does_not_take_now_is_tried_again(fresh, monkeypatch):
    busy = Controller(Refuses(), hostname="127.0.0.1", port=the_cast.free_port())
    busy.start()
    try:
        with monkeypatch.context() as elsewhere:
            elsewhere.setitem(fresh.app.config, "SMTP_URL", f"smtp://127.0.0.1:{busy.port}")
            invite("uusi@lumo.example")
            fresh.work()
    finally:
        busy.stop()
    assert mail_state(fresh, "uusi@lumo.example") == (1, False, True)
    assert "451" in rows(fresh, "select last_error from delivery where last_error is not null")[0][0]
    due(fresh)
    fresh.work()
    assert mail_state(fresh, "uusi@lumo.example") == (2, True, False)


def link_of(letter: mail_sink.Letter) -> str:
    return re.search(r"/invitation/(\S+)", letter.text)[1]


def test_a_worker_killed_in_the_middle_of_a_mail_leaves_one_mail_whose_link_opens(fresh):
    """The server has the letter and the worker never learns of it: the next one has the same Message-ID."""
    fresh.dirty = True
    keeper = Takes(fresh.mail_folder)
    server = Controller(keeper, hostname="127.0.0.1", port=the_cast.free_port())
    server.start()
    env = environment(fresh, SMTP_URL=f"smtp://127.0.0.1:{server.port}", LEASE_SECONDS="2", SWEEP_SECONDS="0.5")
    log = fresh.folder / "killed.log"
    try:
        with running((*PARASTA, "worker"), env, log) as worker:
            invite("uusi@lumo.example")
            jobs.sweep()
            assert keeper.taken.wait(60), log.read_text()
            kill(worker)
        (first,) = fresh.letters("uusi@lumo.example")
        assert mail_state(fresh, "uusi@lumo.example")[1] is False
        keeper.answer.set()
        with running((*PARASTA, "worker"), env, log), running((*PARASTA, "scheduler"), env, log):
            assert wait_until(lambda: mail_state(fresh, "uusi@lumo.example")[1], 60), log.read_text()
    finally:
        keeper.answer.set()
        server.stop()
    (second,) = fresh.letters("uusi@lumo.example")
    assert second.message_id == first.message_id and link_of(second) != link_of(first)
    for letter in (first, second):
        with scope.acting(Actor.anonymous()):
            assert links.open_link("invitation", link_of(letter))[1].organisation_slug == "lumo"


# -- the database


@pytest.fixture
def database(fresh):
    """`database(False)` closes it to everyone and cuts all connections; `database(True)` opens it again."""

    def let(people_in: bool) -> None:
        with psycopg.connect(schema.plain_url(fresh.superuser), autocommit=True) as above:
            above.execute(f'alter database "{fresh.name}" allow_connections {people_in}')
            if not people_in:
                cut = "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s"
                above.execute(cut, (fresh.name,))

    yield let
    let(True)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_without_a_database_everyone_is_told_so_and_goes_on_afterwards(fresh, cast, database, language):
    as_read = {"headers": {"Accept-Language": language}}
    with i18n.using(language):
        words = i18n._("A short break")
    assert cast.aino.get("/o/lumo/map").status_code == 200
    form = letter_form(cast.nobody)
    database(False)
    for visitor, address in ((cast.aino, "/o/lumo/map"), (cast.nobody, CONTACT), (cast.aino, "/")):
        answer = visitor.get(address, headers={"Accept-Language": language})
        assert answer.status_code == 503 and words in answer.text and f'<html lang="{language}"' in answer.text
    for visitor in (cast.aino, cast.nobody):
        assert visitor.get("/healthz").json == {"alive": True}
        ready = visitor.get("/readyz")
        assert ready.status_code == 503 and not ready.json["database"]["ok"] and ready.json["redis"]["ok"]
    notice = cast.nobody.post(CONTACT, form, htmx=True, **as_read)
    assert notice.status_code == 503 and "<html" not in notice.text and 'role="alert"' in notice.text
    database(True)
    assert cast.aino.get("/o/lumo/map").status_code == 200, "with the same session, at once"
    assert cast.nobody.post(CONTACT, form).status_code == 303, "with the same form"
    assert cast.nobody.get("/readyz").status_code == 200
