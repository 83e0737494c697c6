# Generated from tests/mock/_async/test_stubs.py by tools/unasync.py; edit that file instead.
"""What a stub does: constants, errors, callables, and several of them in turn."""

from __future__ import annotations

import pytest

from dbkit.mock import MockConnections, NotStubbed, OutcomesUsedUp, in_turn
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionStatus,
    LockNotAvailable,
    NewConnection,
    NotFound,
    Page,
    ProjectId,
    StaleVersion,
    Upserted,
)


def test_a_constant(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(connection).with_find(None).with_count(3).build()
    assert mock.get(project, key) == connection
    assert mock.get(project_id=project, connection_id=key) == connection
    assert mock.find(project, key) is None
    assert mock.count(ConnectionFilter(project_id=project)) == 3


def test_constants_of_every_kind(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    page, upserted = Page((connection,), None), Upserted(connection, inserted=True)
    builder = MockConnections().with_page(page).with_upsert(upserted).with_get_many([connection])
    mock = builder.with_create_many([connection]).with_delete(None).with_exists(False).build()
    assert mock.page(ConnectionFilter(project_id=project)) == page
    assert mock.upsert(connection, on="pk_connections") == upserted
    assert mock.get_many(project, [key]) == [connection]
    assert mock.create_many([connection], returning=True) == [connection]
    assert not mock.exists(project, key)
    mock.delete(project, key, expected_version=1)


def test_an_answer_that_is_changed_does_not_change_the_next(
    connection: Connection, project: ProjectId, key: ConnectionId
) -> None:
    builder = MockConnections().with_get(connection).with_get_many([connection])
    mock = builder.with_page(Page((connection,), None)).with_upsert(Upserted(connection, inserted=True)).build()
    (mock.get(project, key)).provider_metadata["seats"] = 5
    several = mock.get_many(project, [key])
    several[0].provider_metadata.clear()
    several.clear()
    (mock.page(ConnectionFilter(project_id=project))).items[0].provider_metadata.clear()
    (mock.upsert(connection, on="pk_connections")).value.provider_metadata.clear()
    assert mock.get(project, key) == connection
    assert mock.get_many(project, [key]) == [connection]
    assert (mock.page(ConnectionFilter(project_id=project))).items == (connection,)
    assert (mock.upsert(connection, on="pk_connections")).value == connection
    assert connection.provider_metadata == {"seats": [1]}


def test_an_error(project: ProjectId, key: ConnectionId) -> None:
    error = StaleVersion(expected=1, actual=2, entity="connections", key={"connection_id": key})
    mock = MockConnections().with_update(error).with_lock(LockNotAvailable).build()
    for _ in range(2):
        with pytest.raises(StaleVersion) as raised:
            mock.update(project, key, expected_version=1, status=ConnectionStatus.WORKING)
        assert raised.value is error
    with pytest.raises(LockNotAvailable):
        mock.lock(project, key)


def test_an_error_of_a_class_says_which_row_as_the_repository_would(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(NotFound).build()
    with pytest.raises(NotFound) as raised:
        mock.get(project, key)
    assert raised.value.entity == "connections"
    assert raised.value.key == {"project_id": project, "connection_id": key}


def test_a_stale_version_is_one_behind(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_update(StaleVersion).with_delete(StaleVersion).build()
    with pytest.raises(StaleVersion) as raised:
        mock.update(project, key, expected_version=4, status=ConnectionStatus.WORKING)
    assert (raised.value.expected, raised.value.actual) == (4, 5)
    assert raised.value.key == {"project_id": project, "connection_id": key}
    with pytest.raises(StaleVersion):
        mock.delete(project, key)


def test_an_error_beyond_exceptions(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(KeyboardInterrupt).build()
    with pytest.raises(KeyboardInterrupt):
        mock.get(project, key)


def test_a_callable_gets_all_arguments_defaults_too(connection: Connection, project: ProjectId) -> None:
    asked = []

    def page(filter: ConnectionFilter, *, order: str, limit: int, after: str | None) -> Page[Connection]:
        asked.append((filter, order, limit, after))
        return Page((connection,), None)

    mock = MockConnections().with_page(page).build()
    asking = ConnectionFilter(project_id=project)
    mock.page(asking, limit=5)
    assert asked == [(asking, "id", 5, None)]


def test_a_plain_callable(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_get(lambda project_id, connection_id: connection).build()
    assert mock.get(project, key) is connection


def test_a_repository_s_own_method_as_a_callable(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    behind = MockConnections().with_get(connection).build()
    mock = MockConnections().with_get(behind.get).build()
    assert mock.get(project, key) == connection
    assert len(behind.calls.get) == 1


def test_a_callable_gets_the_changes_of_an_update(
    connection: Connection, project: ProjectId, key: ConnectionId
) -> None:
    def update(project_id: object, connection_id: object, *, expected_version: int, **changes: object) -> Connection:
        return connection.model_copy(update={**changes, "version": expected_version + 1})

    mock = MockConnections().with_update(update).build()
    updated = mock.update(project, key, expected_version=4, status=ConnectionStatus.WORKING)
    assert (updated.version, updated.status) == (5, ConnectionStatus.WORKING)


def test_a_callable_gets_several_values_in_a_tuple(
    connection: Connection, new: NewConnection, project: ProjectId, key: ConnectionId
) -> None:
    mock = (
        MockConnections()
        .with_create_many(lambda new, returning: [connection] * len(new) if returning else len(new))
        .with_get_many(lambda project_id, connection_ids: [connection] * len(connection_ids))
        .build()
    )
    assert mock.create_many(iter([new, new])) == 2
    assert mock.create_many([new], returning=True) == [connection]
    assert mock.get_many(project, [key]) == [connection]


def test_outcomes_in_turn(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    later = connection.model_copy(update={"version": 2})

    def get(project_id: ProjectId, connection_id: ConnectionId) -> Connection:
        return later

    mock = MockConnections().with_get(in_turn(connection, NotFound(), get)).unverified().build()
    assert mock.get(project, key) == connection
    with pytest.raises(NotFound):
        mock.get(project, key)
    assert mock.get(project, key) is later
    with pytest.raises(OutcomesUsedUp, match=r"connections\.get has 3 outcomes in turn, and this is call 4"):
        mock.get(project, key)


def test_an_operation_without_a_stub_names_the_line_to_add(project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_find(None).unverified().build()
    with pytest.raises(NotStubbed) as raised:
        mock.get(project, key)
    assert str(raised.value) == "connections.get has no stub. Add `MockConnections().with_get(...)`."


def test_the_last_stub_counts(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    mock = MockConnections().with_find(None).with_find(connection).build()
    assert mock.find(project, key) == connection


def test_a_builder_does_not_change(connection: Connection, project: ProjectId, key: ConnectionId) -> None:
    base = MockConnections().with_find(None)
    other = base.with_find(connection)
    assert base.build().find(project, key) is None
    assert other.build().find(project, key) == connection


def test_each_mock_has_its_own_turns_and_calls(project: ProjectId, key: ConnectionId) -> None:
    builder = MockConnections().with_find(in_turn(None))
    for mock in (builder.build(), builder.build()):
        assert mock.find(project, key) is None
        assert len(mock.calls.find) == 1


def test_a_mock_shows_its_stubs() -> None:
    mock = MockConnections().with_find(None).unverified().build()
    assert repr(mock) == "<MockConnectionRepository: MockConnections with find>"
