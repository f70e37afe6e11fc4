"""The day begins once for every provider, however many schedulers there are and whatever died meanwhile."""

from datetime import datetime

import pytest

from parasta_saas.core import clock, daily, events, jobs

SEEN: list[tuple[str, str]] = []


@pytest.fixture
def listening():
    """A function that notes for whom it ran."""

    def note(actor, body):
        SEEN.append((actor.organisation_slug, body["day"]))

    daily.daily(note)
    SEEN.clear()
    yield
    del events.HANDLERS[f"{note.__module__}.note"]


def at(hour: int, day: int = 25):
    return clock.frozen(datetime(2026, 11, day, hour, 30, tzinfo=clock.HELSINKI))


def test_a_day_begins_once_for_each_provider(fresh, listening):
    with fresh.app.app_context(), at(6):
        assert daily.begin_day() and not daily.begin_day()
        for delivery in jobs._dispatched():
            jobs.deliver(delivery)
        assert not daily.begin_day()
    assert sorted(SEEN) == [(slug, "2026-11-25") for slug in ("fjarden", "kaari", "lumo")]


def test_nobody_is_woken_at_night_and_the_next_day_begins_anew(fresh, listening):
    with fresh.app.app_context():
        with at(3):
            assert not daily.begin_day()
        with at(9):
            assert daily.begin_day()
        with at(7, 26):
            assert daily.begin_day()
