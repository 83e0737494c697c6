from __future__ import annotations

from typing import Any

import pytest

from tests.differential.comparing import difference
from tests.differential.playing import Moment, Trace
from tests.differential.program import BEGIN, Step


def _row(slug: str, name: str) -> dict[str, Any]:
    return {"Provider": {"slug": slug, "display_name": name}}


def _trace(isolation: str, *rows: dict[str, Any]) -> Trace:
    begun = Moment(Step(0, BEGIN, named={"isolation": isolation}), {0: None}, ())
    return Trace([begun, Moment(Step(0, "page", "providers"), {0: {"page": [list(rows), False]}}, ())])


@pytest.mark.parametrize(
    ("isolation", "rows", "is_same"),
    [
        ("repeatable read", [_row("one", "b"), _row("one", "a"), _row("two", "c")], True),
        ("read committed", [_row("one", "b"), _row("one", "a"), _row("two", "c")], False),
        ("repeatable read", [_row("two", "c"), _row("one", "a"), _row("one", "b")], False),
        ("repeatable read", [_row("one", "a"), _row("one", "x"), _row("two", "c")], False),
    ],
)
def test_rows_with_one_key_come_in_either_order_where_a_snapshot_shows_two(
    isolation: str, rows: list[dict[str, Any]], is_same: bool
) -> None:
    of_postgres = _trace(isolation, _row("one", "a"), _row("one", "b"), _row("two", "c"))
    assert (difference(of_postgres, _trace(isolation, *rows)) is None) is is_same
