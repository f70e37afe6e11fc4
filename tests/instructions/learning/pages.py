"""What the tests of reading and induction share."""

import datetime as dt
import html
import re

from parasta_saas.core import clock
from parasta_saas.core.workdays import next_working_day
from tests.instructions.pages import typed
from tests.visitor import form_key

READING, INDUCTION = "/o/lumo/reading", "/o/lumo/induction"
COVERAGE, CSV = f"{READING}/coverage", f"{READING}/coverage.csv"
ID = r"[0-9a-f-]{36}"
STEP = "guidance-plan"  # of a teacher


def ask(cast, *roles, days=10, who="aino", htmx=False):
    """Ask these roles to read the version in force."""
    due = (clock.today() + dt.timedelta(days=days)).isoformat()
    key = form_key(cast.aino.get(COVERAGE))
    return getattr(cast, who).post(f"{READING}/requests", {"_key": key, "roles": list(roles), "due_on": due}, htmx=htmx)


def publish(cast, key=STEP, words="Sovi myös varahenkilöstä."):
    """Aino adds a sentence to a step's guidance; a new version is in force."""
    form = typed(cast.aino.get(f"/o/lumo/map/{key}/edit"))
    form["guidance_fi"] += f" {words}"
    assert cast.aino.post(f"/o/lumo/map/{key}/edit", form).status_code == 303


def number_shown(page) -> int:
    """The version that the button on the page says one has read."""
    return int(re.search(r'name="number" value="(\d+)"', page.text)[1])


def acknowledge(visitor, role="teacher", base=READING, **more):
    page = visitor.get(f"{base}?role={role}")
    return visitor.post(base, {"_key": form_key(page), "role": role, "number": number_shown(page), **more})


def begin(visitor, role="wl_coordinator", **more) -> str:
    """Begin an induction; its address."""
    answer = visitor.post(INDUCTION, {"_key": form_key(visitor.get(INDUCTION)), "role": role, **more})
    assert answer.status_code == 303, answer.text
    return answer.location


def read_all(visitor, at: str):
    """Press *Read, next* until there is nothing more; the last answer."""
    step = re.search(
        rf'href="({at}/steps/[^"]+)"[^>]*>\s*(?:<svg.*?</svg>)?(?:Al|Ja|Bö|Fo)',
        visitor.get(at).text,
        re.S,
    )
    where = html.unescape(step[1])
    for _ in range(60):
        page = visitor.get(where)
        answer = visitor.post(where, {"_key": form_key(page), "seen": seen(page)})
        assert answer.status_code == 303
        if "/steps/" not in answer.location:
            return answer
        where = answer.location
    raise AssertionError("the steps do not come to an end")


def seen(page) -> str:
    return re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)[1]


def morning(days: int):
    """A clock at ten o'clock on the first working day so many days from now."""
    day = next_working_day(clock.today() + dt.timedelta(days=days))
    return clock.frozen(dt.datetime(day.year, day.month, day.day, 10, tzinfo=clock.HELSINKI))
