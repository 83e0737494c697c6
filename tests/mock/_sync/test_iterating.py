# Generated from tests/mock/_async/test_iterating.py by tools/unasync.py; edit that file instead.
"""Operations that yield: a mock gives a real generator."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from typing import Any

import pytest

from dbkit.mock import CallInvalid, MockConnections, MockConsumers, NotStubbed, ResultInvalid, in_turn
from dbkit.types import Connection, ConnectionFilter, ConsumerRef, NotFound, ProjectId


@pytest.fixture
def asking(project: ProjectId) -> ConnectionFilter:
    return ConnectionFilter(project_id=project)


def test_a_constant_can_be_iterated_over_again(connection: Connection, asking: ConnectionFilter) -> None:
    mock = MockConnections().with_iterate(iter([connection, connection])).build()
    for _ in range(2):
        assert [found for found in mock.iterate(asking)] == [connection, connection]
    assert len(mock.calls.iterate) == 2


def test_it_is_a_generator(connection: Connection, asking: ConnectionFilter) -> None:
    mock = MockConnections().with_iterate([connection]).build()
    given = mock.iterate(asking)
    assert isinstance(given, Generator)
    with closing(given):
        assert next(given) == connection


def test_a_callable_that_yields_is_closed_where_nobody_asks_on(
    connection: Connection, asking: ConnectionFilter
) -> None:
    events = []

    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        try:
            yield connection
            yield connection
        finally:
            events.append("closed")

    given = MockConnections().with_iterate(iterate).build().iterate(asking)
    assert isinstance(given, Generator)
    with closing(given):
        assert next(given) is connection
    assert events == ["closed"]


def test_plain_callables(connection: Connection, asking: ConnectionFilter) -> None:
    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection

    mock = MockConnections().with_iterate(in_turn(iterate, lambda filter, order: [connection])).build()
    assert [found for found in mock.iterate(asking)] == [connection]
    assert [found for found in mock.iterate(asking)] == [connection]


def test_an_error_in_the_middle(connection: Connection, asking: ConnectionFilter) -> None:
    def iterate(filter: ConnectionFilter, *, order: str) -> Iterator[Connection]:
        yield connection
        raise NotFound

    given = MockConnections().with_iterate(iterate).build().iterate(asking)
    assert next(given) is connection
    with pytest.raises(NotFound):
        next(given)


def test_items_are_checked(connection: Connection, asking: ConnectionFilter) -> None:
    builder: Any = MockConnections()
    mock = builder.with_iterate(lambda filter, order: [connection, None]).unverified().build()
    given = mock.iterate(asking)
    assert next(given) is connection
    with pytest.raises(ResultInvalid, match=r"connections\.iterate yields Connection, and its stub gave NoneType"):
        next(given)


def test_what_cannot_be_iterated_over(asking: ConnectionFilter) -> None:
    builder: Any = MockConnections()
    mock = builder.with_iterate(lambda filter, order: 5).unverified().build()
    with pytest.raises(ResultInvalid, match="gave int, not several values"):
        mock.iterate(asking)


def test_it_refuses_at_the_call(project: ProjectId, asking: ConnectionFilter) -> None:
    asks_nothing: Any = project
    mock = MockConnections().unverified().build()
    with pytest.raises(NotStubbed, match="with_iterate"):
        mock.iterate(asking)
    with pytest.raises(CallInvalid, match="filter is ConnectionFilter"):
        mock.iterate(asks_nothing)


def test_an_operation_that_yields(connection: Connection, project: ProjectId) -> None:
    mock = MockConsumers().with_connections([connection]).build()
    assert [found for found in mock.connections(project, ConsumerRef("ada"))] == [connection]
    assert mock.calls.connections[0].consumer_ref == "ada"
