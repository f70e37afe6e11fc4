"""An update tried out before it is in force, and how much work it was."""

from datetime import datetime, timedelta

from parasta_saas.instructions.desk import spent
from tests.instructions import nation
from tests.instructions.pages import statements

NOON = datetime(2026, 11, 24, 12)
MINIMUM = "saa nimetyn yhteyshenkilön"
STEP = "/o/lumo/map/contact-response"


def main(page):
    """The words on a page about a step, without its forms."""
    return page.text.split("<main")[1].split('id="talk"')[0]


def offer(fresh, cast, change):
    nation.publish("1.2", change)
    fresh.work()
    return nation.offered(cast.aino)


def test_trying_shows_what_would_change_and_changes_nothing(fresh, cast):
    def change(draft):
        draft.rewrite("contact-response", "nimetyn", "oman", "minimum")
        draft.remove("matching")

    at = offer(fresh, cast, change)
    before = main(cast.aino.get(STEP))
    tried = cast.aino.get(f"{at}/rehearsal")
    assert tried.status_code == 200
    assert "<ins>oman</ins>" in tried.text and "<del>nimetyn</del>" in tried.text
    assert "Ei enää viitemallissa" in tried.text
    assert MINIMUM in before and main(cast.aino.get(STEP)) == before


def test_trying_costs_the_same_however_much_changes(fresh, cast):
    at = offer(fresh, cast, lambda draft: draft.rewrite("contact-response", "nimetyn", "oman", "minimum"))
    count, _size = statements(fresh, lambda: cast.aino.get(f"{at}/rehearsal"))
    assert count <= 9


def test_only_editors_try(fresh, cast):
    at = offer(fresh, cast, lambda draft: draft.remove("matching"))
    assert cast.eero.get(f"{at}/rehearsal").status_code == 403
    assert cast.siiri.get(f"{at.replace('/lumo/', '/kaari/')}/rehearsal").status_code == 404


def test_after_it_is_in_use_the_trial_leads_to_the_account(fresh, cast):
    at = offer(fresh, cast, lambda draft: draft.remove("matching"))
    done = nation.take(cast.aino, at)
    assert "ovat tallessa" in done.text or "ei koskenut" in done.text
    assert cast.aino.get(f"{at}/rehearsal").location.endswith(at)


def test_the_minutes_begin_with_the_first_answer():
    assert spent([NOON + timedelta(minutes=2), NOON], NOON + timedelta(minutes=5, seconds=1)) == 6
    assert spent([NOON], NOON) == 1
    assert spent([], NOON) is None
    assert spent([NOON - timedelta(days=2)], NOON) is None
