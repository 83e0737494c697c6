# Generated from tests/mock/_async/test_verification.py by tools/unasync.py; edit that file instead.
"""What is wrong at the end of a test: unused stubs, and refusals that the code under test swallowed."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest

from dbkit.mock import MockConnections, NotStubbed, UnusedStub, in_turn
from dbkit.mock.base.verification import watching
from dbkit.types import Connection, ConnectionFilter, ConnectionId, NotFound, ProjectId


def test_all_stubs_used(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(connection).with_find(in_turn(None, NotFound)).build()
    mock.get(project, key)
    mock.find(project, key)
    with pytest.raises(NotFound):
        mock.find(project, key)
    mock.verify_all_used()
    mock.verify()


def test_unused_stubs_are_named(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    builder = MockConnections().with_get(connection).with_find(in_turn(None, NotFound)).with_iterate([connection])
    mock = builder.unverified().build()
    mock.find(project, key)
    with pytest.raises(UnusedStub) as raised:
        mock.verify_all_used()
    assert str(raised.value) == (
        "connections.get was never called; connections.find used 1 of its 2 outcomes in turn; "
        "connections.iterate was never called. Take away the stubs that the code does not need."
    )


def test_a_call_that_goes_too_far_uses_all(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_find(in_turn(None)).unverified().build()
    for _ in range(2):
        with suppress(AssertionError):
            mock.find(project, key)
    mock.verify_all_used()


def test_a_refusal_that_was_swallowed_is_raised_again(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().unverified().build()
    with suppress(Exception):
        mock.get(project, key)
    mock.verify_all_used()
    with pytest.raises(NotStubbed, match="with_get"):
        mock.verify()


def test_an_assertion_inside_of_a_stub_that_was_swallowed_is_raised_again(
    connection: Connection, project: ProjectId, key: ConnectionId
) -> None:
    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        assert connection_id != key, "another connection was meant"
        return connection

    mock = MockConnections().with_get(get).unverified().build()
    with suppress(Exception):
        mock.get(project, key)
    with pytest.raises(AssertionError, match="another connection"):
        mock.verify()


def test_an_item_that_was_swallowed_is_raised_again(project: ProjectId) -> None:
    builder: Any = MockConnections()
    mock = builder.with_iterate(lambda filter, order: [None]).unverified().build()
    with suppress(Exception):
        for _ in mock.iterate(ConnectionFilter(project_id=project)):
            pass
    with pytest.raises(AssertionError, match="NoneType"):
        mock.verify()


def test_mocks_are_collected_by_the_innermost_block() -> None:
    with watching() as outer:
        first = MockConnections().build()
        with watching() as inner:
            second = MockConnections().build()
            MockConnections().unverified().build()
        third = MockConnections().build()
    MockConnections().build()
    assert outer == [first, third]
    assert inner == [second]
