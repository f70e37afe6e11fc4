"""Web, worker and scheduler start as the role that owns nothing, and as no other; the web serves under gunicorn."""

import os
import re
import signal
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from parasta_saas.core import rls
from tests import cast as the_cast
from tests.installation import PARASTA, ended, environment, running, wait_until

GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app")
WEB, WORKER, SCHEDULER = (sys.executable, "-c", "import wsgi"), (*PARASTA, "worker"), (*PARASTA, "scheduler")


def superuser_url(world) -> str:
    return sa.make_url(world.superuser).set(database=world.name).render_as_string(hide_password=False)


def refusal(url: str) -> str | None:
    with Session(sa.create_engine(url, poolclass=sa.NullPool)) as session:
        return rls.role_problem(session)


def test_the_service_refuses_to_start_above_the_rules(fresh):
    """Each a process of its own; under gunicorn the whole web service stops instead of trying for ever."""
    above, owner = superuser_url(fresh), fresh.owner_url
    asked = [
        (WEB, above, 3, "a superuser"), (WORKER, above, 1, "a superuser"),
        (SCHEDULER, owner, 1, "who owns tables"), (GUNICORN, owner, 3, "who owns tables"),
    ]  # fmt: skip
    changes = {"PORT": str(the_cast.free_port()), "WEB_CONCURRENCY": "1"}
    with ThreadPoolExecutor(len(asked)) as pool:
        done = list(pool.map(lambda a: ended(a[0], environment(fresh, DATABASE_URL=a[1], **changes)), asked))
    for (command, _url, code, why), process in zip(asked, done, strict=True):
        assert process.returncode == code, command
        sentence = next(line for line in process.stderr.splitlines() if "DATABASE_URL" in line)
        assert why in sentence and sentence.endswith("Use the role parasta_app.")
        assert "Traceback" not in process.stderr and the_cast.PASSWORD not in process.stderr


@pytest.mark.parametrize(
    ("powers", "why"),
    [("bypassrls", "above row-level security"), ("in role parasta_owner", "who owns tables"),
     ("in role parasta_owner noinherit", "who owns tables"), ("in role parasta_reader", "may become a role above"),
     ("in role parasta_app", None)],
)  # fmt: skip
def test_what_a_role_may_become_counts_too(fresh, powers, why):
    made = f"probe_{fresh.name}"
    with fresh.superuser_connection() as above:
        above.execute(f"create role {made} login password 'probe' {powers}")
        above.execute(f"grant connect on database {fresh.name} to {made}")
        try:
            url = sa.make_url(fresh.settings.database_url).set(username=made, password="probe")
            said = refusal(url.render_as_string(hide_password=False))
        finally:
            above.execute(f"revoke all on database {fresh.name} from {made}")
            above.execute(f"drop role {made}")
    assert (said is None) if why is None else (said and why in said)


def test_the_service_role_of_a_new_installation_may_start(fresh):
    assert refusal(fresh.settings.database_url) is None


def test_without_postgresql_a_command_says_so_in_one_sentence(fresh):
    nowhere = "postgresql+psycopg://parasta_app:hush@127.0.0.1:9/parasta"
    process = ended(SCHEDULER, environment(fresh, DATABASE_URL=nowhere))
    assert process.returncode == 1
    assert process.stderr.startswith("Error: PostgreSQL does not answer at DATABASE_URL: ")
    assert "Traceback" not in process.stderr and "hush" not in process.stderr


def test_without_redis_a_worker_says_so_in_one_sentence(fresh):
    process = ended((*PARASTA, "worker", "--burst"), environment(fresh, REDIS_URL="redis://:hush@127.0.0.1:9/0"))
    assert process.returncode == 1
    assert process.stderr.splitlines()[-1].startswith("Error: Redis does not answer at REDIS_URL: ")
    assert "Traceback" not in process.stderr and "hush" not in process.stderr


class Browser:
    """A client over real HTTP with cookies of its own."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar())
        )

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        """Status and text, after what redirects lead to; 0 when nobody answers."""
        body = urlencode(form).encode() if form else None
        request = urllib.request.Request(self.address + path, body, {"Origin": self.address, "Accept-Language": "fi"})
        try:
            with self.opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()
        except OSError:
            return 0, ""


def signed_in(address: str, who: str) -> Browser:
    browser = Browser(address)
    status, shown = browser.ask("/demo/sign-in", person=who)
    assert status == 200, shown[:500]
    return browser


def test_gunicorn_serves_the_map_and_ends_cleanly(fresh):
    """Two processes with four threads each; people who ask at once never get each other's page."""
    fresh.dirty = True
    port, log = the_cast.free_port(), fresh.folder / "gunicorn.log"
    address = f"http://127.0.0.1:{port}"
    env = environment(fresh, PORT=str(port), PUBLIC_URL=address, WEB_CONCURRENCY="2")
    with running(GUNICORN, env, log) as process:
        assert wait_until(lambda: Browser(address).ask("/readyz")[0] == 200, 60), log.read_text()
        status, shown = signed_in(address, "aino").ask("/o/lumo/map")
        assert status == 200 and "Aino Alanko" in shown and shown.count("/o/lumo/map/") > 40
        people = [signed_in(address, who) for who in ("aino", "siiri", "stina", "matti")]
        names = ["aino@lumo", "siiri@kaari", "stina@fjarden", "matti@paja"]
        with ThreadPoolExecutor(8) as pool:
            pages = list(pool.map(lambda n: people[n % 4].ask("/organisations"), range(40)))
        for number, (status, shown) in enumerate(pages):
            assert status == 200 and re.findall(r"(\w+@\w+)\.example", shown)[0] == names[number % 4]
        os.kill(process.pid, signal.SIGTERM)
        assert process.wait(30) == 0
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)
    assert "Traceback" not in log.read_text() and '"ERROR"' not in log.read_text()


def test_the_test_server_knows_the_service_as_an_ordinary_role(fresh):
    """The suite itself runs as the role that production uses."""
    with psycopg.connect(fresh.settings.database_url.replace("+psycopg", "")) as connection:
        role, above = connection.execute(
            "select rolname, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles"
            " where rolname = current_user"
        ).fetchone()
    assert (role, above) == ("parasta_app", False)
