"""Stubs of the other colour are refused when they are stubbed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest

from dbkit.mock import AsyncMockConnections, MockConnections, StubInvalid


async def _coroutine(*arguments: object, **named: object) -> list[Any]:
    return []


async def _generator(*arguments: object, **named: object) -> AsyncIterator[Any]:
    yield


@pytest.mark.parametrize("operation", ["get", "iterate", "create_many"])
@pytest.mark.parametrize("function", [_coroutine, _generator])
def test_a_plain_operation_awaits_nothing(operation: str, function: object) -> None:
    with pytest.raises(StubInvalid, match=rf"connections\.{operation} is not"):
        getattr(MockConnections(), f"with_{operation}")(function)


def test_what_yields_is_not_awaited_and_what_is_awaited_does_not_yield() -> None:
    builder: Any = AsyncMockConnections()
    with pytest.raises(StubInvalid, match=r"connections\.iterate is not awaited"):
        builder.with_iterate(_coroutine)
    with pytest.raises(StubInvalid, match=r"connections\.get is not iterated over"):
        builder.with_get(_generator)
    builder.with_iterate(_generator).with_get(_coroutine)
