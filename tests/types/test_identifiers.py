from __future__ import annotations

import time
from typing import NewType
from uuid import RFC_4122, UUID

import pytest

from dbkit.types import identifier, uuid7
from dbkit.types.identifiers import _uuid7_of_our_own

AccountId = NewType("AccountId", UUID)

MAKERS = pytest.mark.parametrize("make", [uuid7, _uuid7_of_our_own], ids=["public", "our own"])


@MAKERS
def test_version_and_variant(make: type[UUID]) -> None:
    made = make()
    assert made.version == 7
    assert made.variant == RFC_4122


@MAKERS
def test_made_from_the_time(make: type[UUID]) -> None:
    before = time.time_ns() // 1_000_000
    milliseconds = make().int >> 80
    assert before <= milliseconds <= time.time_ns() // 1_000_000


def test_in_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    # A third of a microsecond apart is what the fraction's 12 bits can tell.
    ticks = iter(range(1_700_000_000_000_000_000, 1_700_000_000_002_000_000, 250))
    monkeypatch.setattr(time, "time_ns", lambda: next(ticks))
    made = [_uuid7_of_our_own() for _ in range(8_000)]
    assert made == sorted(made)


@MAKERS
def test_told_apart(make: type[UUID]) -> None:
    assert len({make() for _ in range(1_000)}) == 1_000


def test_factory() -> None:
    make = identifier(AccountId)
    assert make().version == 7
    assert make() != make()
