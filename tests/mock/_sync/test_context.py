# Generated from tests/mock/_async/test_context.py by tools/unasync.py; edit that file instead.
"""Mocks under code that asks for the database of its context."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dbkit import Transaction, current, using
from dbkit.mock import MockConnections, MockGroups, NotStubbed
from dbkit.types import Connection, ConnectionFilter, ConnectionId, ConnectionStatus, NotFound, ProjectId


@pytest.fixture(autouse=True)
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the pytest plugin leaves it, with no database configured."""
    monkeypatch.delenv("DBKIT_URL", raising=False)
    monkeypatch.setenv("DBKIT_ENV", "test")


def status(project: ProjectId, key: ConnectionId) -> ConnectionStatus:
    return (current().connections.get(project, key)).status


def mend(project: ProjectId, key: ConnectionId) -> Connection:
    with current().transaction() as tx:
        read = tx.connections.lock(project, key)
        return tx.connections.update(project, key, expected_version=read.version, status=ConnectionStatus.WORKING)


def names(project: ProjectId) -> Iterator[str]:
    for connection in current().connections.iterate(ConnectionFilter(project_id=project)):
        yield connection.group_ref


def test_reads(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(connection).build()
    with using(connections=mock):
        assert status(project, key) is ConnectionStatus.CREATED
    assert len(mock.calls.get) == 1


def test_a_transaction(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_lock(connection).with_update(connection).build()
    with using(connections=mock):
        assert mend(project, key) == connection
    assert [call.called for call in mock.calls] == ["connections.lock", "connections.update"]


def test_an_error_in_a_transaction(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_lock(NotFound).build()
    with using(connections=mock), pytest.raises(NotFound):
        mend(project, key)


def test_a_savepoint(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_lock(connection).build()
    with using(connections=mock):
        with current().transaction() as tx, tx.transaction() as nested:
            assert nested.connections is mock
            assert nested.connections.lock(project, key) == connection


def test_work_that_is_run(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_lock(connection).build()

    def work(tx: Transaction) -> Connection:
        return tx.connections.lock(project, key)

    with using(connections=mock):
        assert current().run(work) == connection


def test_a_generator(connection: Connection, project: ProjectId) -> None:
    mock = MockConnections().with_iterate([connection, connection]).build()
    with using(connections=mock):
        assert [name for name in names(project)] == ["hooli", "hooli"]


def test_a_missing_stub_is_found_through_the_context(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().unverified().build()
    with using(connections=mock), pytest.raises(NotStubbed, match="with_get"):
        status(project, key)


def test_blocks_inside_of_blocks(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    outer = MockConnections().with_get(NotFound).build()
    inner = MockConnections().with_get(connection).build()
    groups = MockGroups().unverified().build()
    with using(connections=outer, groups=groups):
        with using(connections=inner):
            assert status(project, key) is ConnectionStatus.CREATED
            assert current().groups is groups
        with pytest.raises(NotFound):
            status(project, key)
