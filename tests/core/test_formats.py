from datetime import UTC, date, datetime, time, timedelta

import pytest

from parasta_saas.core import formats
from parasta_saas.core.i18n import using

MOMENT = datetime(2026, 11, 24, 12, 30, tzinfo=UTC)
JANUARY = date(2027, 1, 11)


@pytest.mark.parametrize(
    ("language", "day", "short", "weekday", "at"),
    [
        ("fi", "24.11.2026", "24.11.", "ti", "24.11.2026 klo 14.30"),
        ("sv", "24.11.2026", "24.11.", "tis", "24.11.2026 kl. 14.30"),
        ("en", "24 Nov 2026", "24 Nov", "Tue", "24 Nov 2026 at 14:30"),
    ],
)
def test_a_moment_is_written_in_finnish_time(language, day, short, weekday, at):
    with using(language):
        assert formats.date(MOMENT) == formats.date(MOMENT.date()) == day
        assert formats.short_date(MOMENT) == short
        assert formats.weekday(MOMENT) == weekday
        assert formats.date_time(MOMENT) == at
    assert formats.date_time(MOMENT, language) == at


def test_late_evening_in_utc_is_the_next_day_in_finland():
    assert formats.date_time(datetime(2026, 12, 31, 22, 5, tzinfo=UTC)) == "1.1.2027 klo 0.05"


@pytest.mark.parametrize(
    ("language", "last", "text"),
    [
        ("fi", date(2027, 3, 26), "11.1.–26.3.2027"),
        ("sv", date(2027, 3, 26), "11.1.–26.3.2027"),
        ("en", date(2027, 3, 26), "11 Jan – 26 Mar 2027"),
        ("fi", date(2027, 1, 26), "11.–26.1.2027"),
        ("en", date(2027, 1, 26), "11–26 Jan 2027"),
        ("fi", date(2028, 1, 26), "11.1.2027–26.1.2028"),
        ("en", date(2028, 1, 26), "11 Jan 2027 – 26 Jan 2028"),
        ("fi", JANUARY, "11.1.2027"),
        ("fi", None, "11.1.2027–"),
    ],
)
def test_a_range_repeats_nothing(language, last, text):
    assert formats.date_range(JANUARY, last, language) == text


@pytest.mark.parametrize(("language", "text"), [("fi", "9.05–14.30"), ("sv", "9.05–14.30"), ("en", "09:05–14:30")])
def test_times_have_the_dot_or_colon_of_the_language(language, text):
    assert formats.time_range(time(9, 5), MOMENT, language) == text


@pytest.mark.parametrize(
    ("language", "past", "future"),
    [
        ("fi", "3 tuntia sitten", "2 päivän päästä"),
        ("sv", "för 3 timmar sedan", "om 2 dagar"),
        ("en", "3 hours ago", "in 2 days"),
    ],
)
def test_how_long_ago_is_said_in_words(language, past, future):
    assert formats.relative(MOMENT, MOMENT + timedelta(hours=3), language) == past
    assert formats.relative(MOMENT, MOMENT - timedelta(days=2), language) == future


def test_figures_have_finnish_spaces_that_do_not_break():
    assert formats.number(1_234_567.5) == "1\u00a0234\u00a0567,5"
    assert formats.number(2, decimals=2) == "2,00"
    assert formats.number(1234.56, decimals=0) == "1\u00a0235"
    assert formats.percent(0.834) == "83\u00a0%"
    assert formats.euros(1250.5) == "1\u00a0250,50\u00a0€"
    assert formats.number(12500.5, language="en") == "12,500.5"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Aino Koski", "AK"),
        ("aino", "A"),
        ("Anna-Maija af Björk", "AB"),
        ("Aino (varalla) Koski", "AK"),
        ("", ""),
        ("  ", ""),
        ("Örn Åkerman", "ÖÅ"),
    ],
)
def test_initials_are_those_of_the_first_and_last_name(name, letters):
    assert formats.initials(name) == letters


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 11, 25), date(2026, 11, 24), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_counts_full_years(birth, on, years):
    assert formats.age(birth, on) == years


def test_every_filter_is_a_function_of_this_module():
    assert all(getattr(formats, name) is filter_ for name, filter_ in formats.FILTERS.items())
