"""Seals: one changed byte, one missing line, one line in another place."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from parasta_saas.audit.chain import FIRST, Entry, Whole, newest_first, seal_of, whole

AT = datetime(2026, 11, 24, 12, 30, 15, 123, UTC)


def chain(length: int) -> list[Entry]:
    made: list[Entry] = []
    for seq in range(1, length + 1):
        before = made[-1].hash if made else FIRST
        raw = Entry(seq, AT + timedelta(seconds=seq), "a.b", UUID(int=seq), "Aino", '{"x": 1}', "r", before, b"")
        made.append(replace(raw, hash=seal_of(raw)))
    return made


def test_a_log_as_it_was_written_is_whole():
    assert whole(chain(5)) == Whole(5, None)
    assert whole([]) == Whole(0, None)
    assert newest_first(chain(5)[::-1]) == [True] * 5


CHANGES = {
    "seq": 9, "at": AT, "name": "a.c", "actor_id": None, "actor_name": "Siiri", "body": '{"x": 2}', "request_id": "s",
    "before": b"x", "hash": b"y",
}  # fmt: skip


@pytest.mark.parametrize("field", CHANGES)
def test_one_changed_field_is_found(field):
    lines = chain(5)
    lines[2] = replace(lines[2], **{field: CHANGES[field]})
    assert whole(lines).broken in (3, 9)
    assert not all(newest_first(lines[::-1]))


def test_a_forger_who_seals_anew_is_found_at_the_next_line():
    lines = chain(5)
    forged = replace(lines[2], actor_name="Siiri")
    lines[2] = replace(forged, hash=seal_of(forged))
    assert whole(lines).broken == 4


@pytest.mark.parametrize(("taken", "broken"), [(0, 2), (2, 4)])
def test_a_line_that_was_taken_away_is_found(taken, broken):
    lines = chain(5)
    del lines[taken]
    assert whole(lines).broken == broken


def test_the_zone_of_the_clock_does_not_matter():
    line = chain(1)[0]
    assert seal_of(replace(line, at=line.at.astimezone(timezone(timedelta(hours=2))))) == line.hash
