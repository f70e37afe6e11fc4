"""A provider's own time limit stays while it is tighter and permitted; if not, this is told."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parasta_saas.instructions.limits import (
    LimitOutcome,
    is_tighter,
    merge_limit,
    permitted,
    permitted_values,
)


def limit(value, anchor, low, high, unit="working_day"):
    span = None if low is None else {"min": low, "max": high}
    return {"value": value, "unit": unit, "anchor": anchor, "range": span}


AFTER, BEFORE, EVERY = (
    limit(5, "after:enquiry", 2, 5),
    limit(5, "before:placement_start", 5, 20),
    limit(12, "every", 1, 12, "month"),
)
MOMENT = limit(0, "before:signing", None, None)


@pytest.mark.parametrize(
    ("national", "own", "outcome", "value"),
    [
        (AFTER, None, "national", 5),
        (AFTER, 3, "kept", 3),
        (AFTER, 5, "same", 5),
        (AFTER, 7, "tightened", 5),
        (AFTER, 1, "out_of_range", 5),
        (BEFORE, 10, "kept", 10),
        (BEFORE, 3, "tightened", 5),
        (BEFORE, 21, "out_of_range", 5),
        (EVERY, 6, "kept", 6),
        (EVERY, 24, "tightened", 12),
        (MOMENT, 3, "not_by_number", 0),
        (limit(0, "at:session", 1, 2), 1, "not_by_number", 0),
        (limit(2, "at:session", 1, 2), 1, "not_by_number", 2),
        (limit(12, "every", None, None), 6, "not_by_number", 12),
        (None, 3, "not_by_number", None),
        (None, None, "national", None),
    ],
)
def test_the_tighter_limit_applies_while_it_is_permitted(national, own, outcome, value):
    merged = merge_limit(national, own)
    assert (merged.outcome.value, merged.value, merged.own) == (outcome, value, own)
    assert merged.asks is (outcome not in ("national", "kept", "same"))


def test_a_number_of_days_does_not_become_a_number_of_months():
    merged = merge_limit(EVERY, 3, base=AFTER)
    assert (merged.outcome, merged.value, merged.own) == (LimitOutcome.OTHER_MEASURE, 12, 3)
    assert merge_limit(AFTER, 3, base=AFTER).outcome is LimitOutcome.KEPT


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([AFTER, BEFORE, EVERY, MOMENT, None]), st.integers(0, 40))
def test_the_limit_in_force_is_never_looser_than_the_national_one(national, own):
    value = merge_limit(national, own).value
    assert value == (national or {}).get("value") or is_tighter(national, value)


def test_a_form_can_ask_for_the_permitted_numbers():
    assert [permitted_values(each) for each in (AFTER, BEFORE, EVERY, MOMENT, None)] == [
        (2, 5),
        (5, 20),
        (1, 12),
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("param", "value", "allowed"),
    [
        ({"min": 1, "max": 3}, 3, True),
        ({"min": 1, "max": 3}, 4, False),
        ({"min": None, "max": 3}, -5, True),
        ({"min": 1, "max": 3}, True, False),
        ({"min": 1, "max": 3}, "2", False),
        ({"one_of": ["puhelin", "viesti"]}, "viesti", True),
        ({"one_of": []}, 1, False),
    ],
)
def test_a_named_parameter_has_a_range_or_a_choice(param, value, allowed):
    assert permitted(param, value) is allowed
