from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dbkit.types import Cursor, CursorInvalid, Page, decode_cursor, encode_cursor, uuid7

BINDING = b"connections id {}"

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(position=st.lists(JSON, max_size=5), binding=st.binary())
def test_a_cursor_gives_back_its_position(position: list[Any], binding: bytes) -> None:
    assert decode_cursor(binding, encode_cursor(binding, position), "connections") == position


@given(bindings=st.lists(st.binary(), min_size=2, max_size=2, unique=True), position=st.lists(st.text(), max_size=2))
def test_a_cursor_of_another_query_is_refused(bindings: list[bytes], position: list[str]) -> None:
    cursor = encode_cursor(bindings[0], position)
    with pytest.raises(CursorInvalid):
        decode_cursor(bindings[1], cursor, "connections")


@given(position=st.lists(st.text(), min_size=1, max_size=3), data=st.data())
def test_a_damaged_cursor_is_refused(position: list[str], data: st.DataObject) -> None:
    cursor = encode_cursor(BINDING, position)
    at = data.draw(st.integers(0, len(cursor) - 1))
    other = data.draw(st.sampled_from("Aa0-_").filter(lambda letter: letter != cursor[at]))
    damaged = cursor[:at] + other + cursor[at + 1 :]
    try:
        # The last letter carries bits that stand for nothing: then it is the same cursor.
        assert decode_cursor(BINDING, damaged, "connections") == position
    except CursorInvalid:
        return
    assert at == len(cursor) - 1


@given(position=st.lists(st.text(), min_size=1, max_size=3), data=st.data())
def test_a_cursor_cut_short_is_refused(position: list[str], data: st.DataObject) -> None:
    cursor = encode_cursor(BINDING, position)
    with pytest.raises(CursorInvalid):
        decode_cursor(BINDING, cursor[: data.draw(st.integers(0, len(cursor) - 1))], "connections")


@pytest.mark.parametrize("cursor", ["", "x", "ä", "====", "a b", "A" * 11, "🙂" * 20, None, 5, b"bytes"])
def test_what_is_no_cursor_is_refused(cursor: Any) -> None:
    with pytest.raises(CursorInvalid) as caught:
        decode_cursor(BINDING, cursor, "connections")
    assert caught.value.entity == "connections"
    assert caught.value.__context__ is None


def test_a_cursor_holds_what_orders_are_made_of() -> None:
    key, now = uuid7(), datetime(2025, 1, 6, 12, tzinfo=UTC)
    cursor = encode_cursor(BINDING, [now, key, None, 5])
    assert decode_cursor(BINDING, cursor, "connections") == ["2025-01-06T12:00:00Z", str(key), None, 5]


def test_a_cursor_travels_in_a_url() -> None:
    cursor = encode_cursor(BINDING, ["?&=/+ %", "ä"])
    assert set(cursor) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_a_page_is_its_items() -> None:
    page = Page((1, 2), Cursor("more"))
    assert list(page) == [1, 2]
    assert len(page) == 2
    assert not Page((), None)
