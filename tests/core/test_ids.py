import threading
import time
from uuid import RFC_4122, UUID

import pytest

from parasta_saas.core import ids
from parasta_saas.core.ids import uuid7


def test_an_id_is_a_uuid_of_version_seven():
    made = uuid7()
    assert made.version == 7
    assert made.variant == RFC_4122


def test_an_id_begins_with_the_milliseconds_of_now():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    assert before <= made.int >> 80 <= time.time_ns() // 1_000_000 + 1


def test_later_ids_are_greater():
    made = [uuid7() for _ in range(20_000)]
    assert made == sorted(set(made))


def test_ids_stay_distinct_and_ordered_in_each_of_several_threads():
    made: list[list[UUID]] = [[] for _ in range(4)]
    threads = [threading.Thread(target=lambda own=own: own.extend(uuid7() for _ in range(3_000))) for own in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(own == sorted(own) for own in made)
    assert len({one for own in made for one in own}) == 12_000


@pytest.mark.parametrize("step", [-5_000, 0])
def test_ids_grow_although_the_clock_stands_or_is_set_back(monkeypatch, step):
    first = uuid7()
    at = time.time_ns() + step * 1_000_000
    monkeypatch.setattr(time, "time_ns", lambda: at)
    made = [first, *(uuid7() for _ in range(100))]
    assert made == sorted(set(made))


def test_a_full_millisecond_runs_over_into_the_next(monkeypatch):
    monkeypatch.setattr(ids, "_last_ms", 10**13)
    monkeypatch.setattr(ids, "_last_random", 2**74 - 1)
    assert uuid7().int >> 80 == 10**13 + 1
