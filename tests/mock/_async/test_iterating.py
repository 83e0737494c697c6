"""Operations that yield: a mock gives a real generator."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

import pytest

from dbkit.mock import AsyncMockConnections, AsyncMockConsumers, CallInvalid, NotStubbed, ResultInvalid, in_turn
from dbkit.types import Connection, ConnectionFilter, ConsumerRef, NotFound, ProjectId


@pytest.fixture
def asking(project: ProjectId) -> ConnectionFilter:
    return ConnectionFilter(project_id=project)


async def test_a_constant_can_be_iterated_over_again(connection: Connection, asking: ConnectionFilter) -> None:
    mock = AsyncMockConnections().with_iterate(iter([connection, connection])).build()
    for _ in range(2):
        assert [found async for found in mock.iterate(asking)] == [connection, connection]
    assert len(mock.calls.iterate) == 2


async def test_it_is_a_generator(connection: Connection, asking: ConnectionFilter) -> None:
    mock = AsyncMockConnections().with_iterate([connection]).build()
    given = mock.iterate(asking)
    assert isinstance(given, AsyncGenerator)
    async with aclosing(given):
        assert await anext(given) == connection


async def test_a_callable_that_yields_is_closed_where_nobody_asks_on(
    connection: Connection, asking: ConnectionFilter
) -> None:
    events = []

    async def iterate(filter: ConnectionFilter, *, order: str) -> AsyncIterator[Connection]:
        try:
            yield connection
            yield connection
        finally:
            events.append("closed")

    given = AsyncMockConnections().with_iterate(iterate).build().iterate(asking)
    assert isinstance(given, AsyncGenerator)
    async with aclosing(given):
        assert await anext(given) is connection
    assert events == ["closed"]


async def test_plain_callables(connection: Connection, asking: ConnectionFilter) -> None:
    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection

    mock = AsyncMockConnections().with_iterate(in_turn(iterate, lambda filter, order: [connection])).build()
    assert [found async for found in mock.iterate(asking)] == [connection]
    assert [found async for found in mock.iterate(asking)] == [connection]


async def test_an_error_in_the_middle(connection: Connection, asking: ConnectionFilter) -> None:
    async def iterate(filter: ConnectionFilter, *, order: str) -> AsyncIterator[Connection]:
        yield connection
        raise NotFound

    given = AsyncMockConnections().with_iterate(iterate).build().iterate(asking)
    assert await anext(given) is connection
    with pytest.raises(NotFound):
        await anext(given)


async def test_items_are_checked(connection: Connection, asking: ConnectionFilter) -> None:
    builder: Any = AsyncMockConnections()
    mock = builder.with_iterate(lambda filter, order: [connection, None]).unverified().build()
    given = mock.iterate(asking)
    assert await anext(given) is connection
    with pytest.raises(ResultInvalid, match=r"connections\.iterate yields Connection, and its stub gave NoneType"):
        await anext(given)


async def test_what_cannot_be_iterated_over(asking: ConnectionFilter) -> None:
    builder: Any = AsyncMockConnections()
    mock = builder.with_iterate(lambda filter, order: 5).unverified().build()
    with pytest.raises(ResultInvalid, match="gave int, not several values"):
        mock.iterate(asking)


def test_it_refuses_at_the_call(project: ProjectId, asking: ConnectionFilter) -> None:
    asks_nothing: Any = project
    mock = AsyncMockConnections().unverified().build()
    with pytest.raises(NotStubbed, match="with_iterate"):
        mock.iterate(asking)
    with pytest.raises(CallInvalid, match="filter is ConnectionFilter"):
        mock.iterate(asks_nothing)


async def test_an_operation_that_yields(connection: Connection, project: ProjectId) -> None:
    mock = AsyncMockConsumers().with_connections([connection]).build()
    assert [found async for found in mock.connections(project, ConsumerRef("ada"))] == [connection]
    assert mock.calls.connections[0].consumer_ref == "ada"
