"""Words, addresses and the next step: pure."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from parasta_saas.core import i18n
from parasta_saas.partnerships import addresses, nextstep, wording

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2024, 8, 20), "2 v 3 kk"), (date(2025, 11, 24), "1 vuosi"), (date(2026, 9, 25), "1 kuukausi"),
        (date(2026, 11, 1), ""), (date(2026, 12, 1), ""),
    ],
)  # fmt: skip
def test_how_long_a_partnership_has_lasted(since, words):
    with i18n.using("fi"):
        assert wording.lasted(since, date(2026, 11, 24)) == words


@pytest.mark.parametrize(
    ("limit", "language", "words"),
    [
        ({"value": 1, "unit": "working_day"}, "fi", "Vastaamme 1 arkipäivässä."),
        ({"value": 2, "unit": "working_day"}, "sv", "Vi svarar inom 2 arbetsdagar."),
        ({"value": 3, "unit": "day"}, "en", "We answer within 3 days."),
        ({"value": 1, "unit": "month"}, "fi", "Vastaamme 1 kuukaudessa."),
    ],
)
def test_the_promise_is_said_in_the_readers_language(limit, language, words):
    with i18n.using(language):
        assert wording.promise(limit) == words


def test_a_stage_and_a_talk_are_told_in_any_language():
    with i18n.using("sv"):
        assert wording.told("stage", "paused") == "Skedet är nu: På paus."
        assert "1.12.2026 kl. 14.00" in wording.told("talk", "2026-12-01T12:00:00+00:00")


def test_what_people_wrote_is_told_as_it_is():
    assert wording.told("call", "100 % varma: %(words)s") == "100 % varma: %(words)s"


@pytest.mark.parametrize("kind", wording.ENTRIES)
def test_every_kind_of_entry_has_finnish_and_swedish_words(kind):
    sentence = wording.ENTRIES[kind].sentence
    for code in ("fi", "sv"):
        with i18n.using(code):
            assert sentence == "%(words)s" or i18n._(sentence, words="X") != sentence % {"words": "X"}


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Kahvila Kanerva", "kahvila-kanerva"), ("Sähköpalvelu Ääri Ky", "sahkopalvelu-aari-ky"),
        ("  Café Å & Ö ", "cafe-a-o"), ("Київ", "tyopaikka"), ("x" * 90, "x" * 40),
    ],
)  # fmt: skip
def test_a_name_becomes_an_address(name, stem):
    assert addresses.stem_of(name) == stem


def test_a_taken_address_gets_a_number():
    assert addresses.free_slug("Paja Oy", {"paja-oy", "paja-oy-2"}) == "paja-oy-3"
    assert addresses.free_slug("Paja Oy", set()) == "paja-oy"


def _next(talk=None, *contacts):
    return nextstep.of(SimpleNamespace(next_talk_at=talk), contacts, NOW)


def test_the_next_step_is_the_talk_then_people_then_a_talk():
    known = SimpleNamespace(invited_at=None, joined_at=None)
    invited = SimpleNamespace(invited_at=NOW, joined_at=None)
    assert _next(NOW + timedelta(days=1)).what == "talk"
    assert _next(NOW - timedelta(days=1), invited).what == "talked"
    assert _next().what == "contact"
    assert _next(None, known) == ("invite", known)
    assert _next(None, known, invited).what == "agree_talk"
