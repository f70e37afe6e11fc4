import base64
import json
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parasta_saas.core.i18n import using
from parasta_saas.core.keyset import BadCursor, Cursor, Page, decode, encode, page_of

ID = UUID("01936000-0000-7000-8000-000000000001")
values = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40),
    st.integers(-(2**63) + 1, 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.uuids(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
)


def cursor_of(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@given(st.lists(values, min_size=1, max_size=4), st.booleans())
def test_a_cursor_comes_back_as_it_went(key, backward):
    cursor = Cursor(tuple(key), backward)
    assert decode(encode(cursor)) == cursor
    assert decode(encode(cursor), *map(type, key)) == cursor


def test_a_cursor_fits_into_an_address_as_it_is():
    assert encode(Cursor(("Äijälä & pojat/?", ID))).replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?",
        "äö",
        "a",
        "Ww",
        cursor_of([]),
        cursor_of([False]),
        cursor_of({"a": 1}),
        cursor_of("abc"),
        cursor_of(["no", "a"]),
        cursor_of([1, "a"]),
        cursor_of([False, ["a"]]),
        cursor_of([False, {}]),
        cursor_of([False, {"x": "a"}]),
        cursor_of([False, {"u": 1}]),
        cursor_of([False, {"u": "a"}]),
        cursor_of([False, {"t": "24.11.2026"}]),
        cursor_of([False, {"u": ID.hex, "t": "a"}]),
        cursor_of([False, "a\0b"]),
        cursor_of([False, "\ud800"]),
        cursor_of([False, float("nan")]),
        cursor_of([False, float("inf")]),
        cursor_of([False, 2**63]),
        base64.urlsafe_b64encode(b"[false,1e999]").decode(),
        base64.urlsafe_b64encode(b"[" * 1_400).decode(),
        "A" * 2_001,
    ],
)
def test_a_malformed_cursor_is_told_to_the_reader(text):
    with using("en"), pytest.raises(BadCursor, match="from its beginning"):
        decode(text)


@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_at_all_breaks_the_reading(text):
    try:
        assert decode(text).key
    except BadCursor as refused:
        assert refused.status == 422


@pytest.mark.parametrize("kinds", [(str,), (UUID, str), (str, str), (str, UUID, int)])
def test_a_key_of_other_types_is_refused(kinds):
    text = encode(Cursor(("koivu", ID)))
    assert decode(text, str, UUID).key == ("koivu", ID)
    with pytest.raises(BadCursor):
        decode(text, *kinds)


def test_a_moment_is_no_day_but_nothing_may_stand_for_either():
    text = encode(Cursor((datetime(2026, 11, 24, tzinfo=UTC),)))
    with pytest.raises(BadCursor):
        decode(text, date)
    assert decode(encode(Cursor((None,))), date).key == (None,)


def fetch(rows: list[int], size: int, text: str | None) -> Page[int]:
    cursor = decode(text, int) if text else None
    if cursor is None:
        found = rows
    elif cursor.backward:
        found = [row for row in reversed(rows) if row < cursor.key[0]]
    else:
        found = [row for row in rows if row > cursor.key[0]]
    return page_of(found[: size + 1], size, lambda row: (row,), cursor)


@given(st.sets(st.integers(0, 99)).map(sorted), st.integers(1, 12))
def test_walking_there_and_back_shows_every_row_once(rows, size):
    pages = [fetch(rows, size, None)]
    while pages[-1].next:
        pages.append(fetch(rows, size, pages[-1].next))
    assert [row for page in pages for row in page.items] == rows

    back = [pages[-1]]
    while back[-1].previous:
        back.append(fetch(rows, size, back[-1].previous))
    assert [page.items for page in reversed(back)] == [page.items for page in pages]
    assert all(page.next for page in back[1:])


def test_an_empty_list_has_no_neighbours():
    assert page_of([], 10, lambda row: (row,)) == Page([])
