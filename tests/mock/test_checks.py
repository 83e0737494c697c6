"""From annotations to checks that are as strict as a type checker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import pytest

from dbkit.mock.base.checks import check_of, kind_of
from dbkit.types import GroupRef, Instant, Integer, JsonObject, OutboxEventId, Page, ProjectId, Text, Upserted, numeric


class Shade(StrEnum):
    LIGHT = "light"


Count = NewType("Count", int)
KEY = UUID(int=1)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

CHECKS: list[tuple[Any, list[object], list[object]]] = [
    (Any, [1, None], []),
    (object, [1, None], []),
    (None, [None], [0, False]),
    (int, [1], [True, 1.0, "1"]),
    (bool, [True], [1, None]),
    (str, ["a", Shade.LIGHT], [b"a", None]),
    (Count, [1], ["1", True]),
    (ProjectId, [KEY], [str(KEY), KEY.int]),
    (GroupRef, ["hooli"], ["a\x00", 1]),
    (OutboxEventId, [1], [2**63, "1", True]),
    (Text, ["a"], ["a\x00", None]),
    (Integer, [1], [2**31, "1", True]),
    (Instant, [NOON], [NOON.replace(tzinfo=None), NOON.isoformat()]),
    (datetime, [NOON], [NOON.date()]),
    (Decimal, [Decimal(1)], [1, "1"]),
    (Annotated[Decimal, numeric(4, 2)], [Decimal("1.25")], [Decimal("1.255"), 1]),
    (Shade, [Shade.LIGHT], ["light"]),
    (Literal["id", "-id"], ["id"], ["status", [], None]),
    (Literal[True], [True], [1, False]),
    (str | None, ["a", None], [1]),
    (int | str | None, [1, "a", None], [True, b"a"]),
    (list[int], [[], [1]], [(1,), ["1"], [1, None]]),
    (tuple[int, ...], [(), (1, 2)], [[1], (1, "2")]),
    (tuple[int, str], [(1, "2")], [(1,), (1, 2), (1, "2", 3), [1, "2"]]),
    (frozenset[Shade], [frozenset({Shade.LIGHT})], [{Shade.LIGHT}, frozenset({"light"})]),
    (Sequence[str], [("a",), ["a"]], ["ab", b"ab", {"a"}, [1]]),
    (Iterable[str], [("a",), {"a"}], ["ab", [1], 1]),
    (dict[str, int], [{"a": 1}], [{"a": "1"}, {1: 1}, []]),
    (Mapping[Shade, int], [{Shade.LIGHT: 1}], [{"light": 1}]),
    (JsonObject, [{"a": [1, None, {"b": 1.5}]}], [{1: 1}, {"a": KEY}, []]),
    (Page[int], [Page((1,), None), Page((), None)], [Page(("1",), None), (1,)]),
    (Upserted[int], [Upserted(1, inserted=True)], [Upserted("1", inserted=True), Upserted(1, inserted=1), 1]),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("annotation", "fit", "unfit"), CHECKS, ids=lambda each: str(each)[:40])
def test_values(annotation: Any, fit: list[object], unfit: list[object]) -> None:
    check = check_of(annotation)
    assert [value for value in fit if not check(value)] == []
    assert [value for value in unfit if check(value)] == []


def test_a_kind_is_a_type_and_never_the_value() -> None:
    assert kind_of("hunter2") == "str"
    assert kind_of(["hunter2", KEY, KEY]) == "list of UUID, str"
    assert kind_of(()) == "empty tuple"
