"""What a mock checks at each call, and what it notes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from dbkit.mock import (
    AsyncMockConnections,
    AsyncMockGroups,
    AsyncMockProviders,
    CallInvalid,
    NotStubbed,
    ResultInvalid,
    calls_in_order,
    in_turn,
)
from dbkit.mock.calls.connection import ConnectionCreateManyCall, ConnectionGetCall, ConnectionUpdateCall
from dbkit.mock.calls.group import GroupFindCall
from dbkit.types import (
    Connection,
    ConnectionFilter,
    ConnectionId,
    ConnectionStatus,
    Group,
    GroupFilter,
    GroupRef,
    NewConnection,
    Page,
    ProjectId,
    ProviderFilter,
)

Calling = Callable[[Any, Any, Any], Any]

CALLS: list[tuple[str, Calling, str]] = [
    ("get", lambda mock, project, key: mock.get(str(project), key), "project_id is ProjectId, not str"),
    ("get", lambda mock, project, key: mock.get(project, None), "connection_id is ConnectionId, not NoneType"),
    ("get_many", lambda mock, project, key: mock.get_many(project, key), r"Sequence\[ConnectionId\], not UUID"),
    ("get_many", lambda mock, project, key: mock.get_many(project, [key, "x"]), "not tuple of UUID, str"),
    ("page", lambda mock, project, key: mock.page(GroupFilter(project_id=project)), "filter is ConnectionFilter"),
    ("page", lambda mock, project, key: mock.page(None), "filter is ConnectionFilter, not NoneType"),
    (
        "page",
        lambda mock, project, key: mock.page(ConnectionFilter(project_id=project), order="status"),
        "order is ConnectionOrder, not str",
    ),
    (
        "page",
        lambda mock, project, key: mock.page(ConnectionFilter(project_id=project), order=[]),
        "order is ConnectionOrder, not empty list",
    ),
    ("page", lambda mock, project, key: mock.page(ConnectionFilter(project_id=project), limit="5"), "limit is int"),
    ("get_many", lambda mock, project, key: mock.get_many(project, {key}), "not set of UUID"),
    ("create", lambda mock, project, key: mock.create(None), "new is NewConnection"),
    ("create_many", lambda mock, project, key: mock.create_many([key]), r"Iterable\[NewConnection\]"),
    ("create_many", lambda mock, project, key: mock.create_many(None), "not NoneType"),
    ("create_many", lambda mock, project, key: mock.create_many([], returning=1), "returning is .*True.*, not int"),
    ("update", lambda mock, project, key: mock.update(project, key, expected_version=True, status=1), "int, not bool"),
    ("update", lambda mock, project, key: mock.update(project, key, expected_version=1), "needs a change: any of"),
    (
        "update",
        lambda mock, project, key: mock.update(project, key, expected_version=1, nickname="crm"),
        "cannot change nickname; it can change provider_app_id, ",
    ),
    (
        "update",
        lambda mock, project, key: mock.update(project, key, expected_version=1, status="working"),
        "the change of status does not fit its type: str",
    ),
    ("upsert", lambda mock, project, key: mock.upsert(None, on="pk_connections"), "new is NewConnection"),
    ("lock", lambda mock, project, key: mock.lock(project, key, strength="all"), "strength is LockStrength, not str"),
    (
        "lock",
        lambda mock, project, key: mock.lock(project, key, nowait=True, skip_locked=True),
        "nowait and skip_locked do not go together",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("operation", "call", "says"), CALLS)
async def test_arguments_of_another_type(
    connection: Connection, project: ProjectId, key: ConnectionId, operation: str, call: Calling, says: str
) -> None:
    builder: Any = AsyncMockConnections()
    mock = getattr(builder, f"with_{operation}")(lambda *_, **__: None).unverified().build()
    with pytest.raises(CallInvalid, match=rf"connections\.{operation}.*{says}"):
        await call(mock, project, key)
    assert len(mock.calls) == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda mock, project, key: mock.get(project),
        lambda mock, project, key: mock.get(project, key, 1),
        lambda mock, project, key: mock.get(project_id=project, id=key),
        lambda mock, project, key: mock.page(),
        lambda mock, project, key: mock.update(project, key, status=ConnectionStatus.WORKING),
        lambda mock, project, key: mock.lock(project, key, True),
    ],
)
async def test_arguments_that_the_operation_does_not_take(project: ProjectId, key: ConnectionId, call: Calling) -> None:
    mock = AsyncMockConnections().build()
    with pytest.raises(TypeError):
        await call(mock, project, key)


def test_an_operation_that_the_entity_does_not_have() -> None:
    mock: Any = AsyncMockGroups().build()
    with pytest.raises(AttributeError):
        _ = mock.restore


RESULTS: list[tuple[str, Calling, object]] = [
    ("get", lambda mock, project, key: mock.get(project, key), None),
    ("get", lambda mock, project, key: mock.get(project, key), UUID(int=1)),
    ("get_many", lambda mock, project, key: mock.get_many(project, [key]), [None]),
    ("exists", lambda mock, project, key: mock.exists(project, key), 1),
    ("page", lambda mock, project, key: mock.page(ConnectionFilter(project_id=project)), []),
    ("count", lambda mock, project, key: mock.count(ConnectionFilter(project_id=project)), "1"),
    ("create_many", lambda mock, project, key: mock.create_many([]), []),
    ("create_many", lambda mock, project, key: mock.create_many([], returning=True), 0),
    ("delete", lambda mock, project, key: mock.delete(project, key), True),
    ("lock", lambda mock, project, key: mock.lock(project, key), None),
    ("lock", lambda mock, project, key: mock.lock(project, key, skip_locked=True), 0),
]


@pytest.mark.parametrize(("operation", "call", "result"), RESULTS)
async def test_a_result_of_another_type(
    project: ProjectId, key: ConnectionId, operation: str, call: Calling, result: object
) -> None:
    builder: Any = AsyncMockConnections()
    for stub in (lambda *_, **__: result, in_turn(lambda *_, **__: result)):
        mock = getattr(builder, f"with_{operation}")(stub).unverified().build()
        with pytest.raises(ResultInvalid, match=rf"connections\.{operation} gives .*, and its stub gave"):
            await call(mock, project, key)


async def test_a_constant_for_the_other_overload(new: NewConnection) -> None:
    mock = AsyncMockConnections().with_create_many(3).unverified().build()
    with pytest.raises(ResultInvalid, match="its stub gave int"):
        await mock.create_many([new], returning=True)


async def test_a_record_of_each_call(
    connection: Connection, new: NewConnection, project: ProjectId, key: ConnectionId
) -> None:
    mock = AsyncMockConnections().with_get(connection).with_update(connection).with_create_many(1).build()
    await mock.get(project_id=project, connection_id=key)
    await mock.update(project, key, expected_version=1, status=ConnectionStatus.WORKING, provider_app_id=None)
    await mock.create_many(iter([new]))
    assert mock.calls.get[0].connection_id == key
    assert mock.calls.get == (ConnectionGetCall(project, key),)
    changes = {"status": ConnectionStatus.WORKING, "provider_app_id": None}
    assert mock.calls.update[0].changes == changes
    assert mock.calls.update == (ConnectionUpdateCall(project, key, 1, {**changes}),)  # type: ignore[arg-type]
    assert mock.calls.create_many == (ConnectionCreateManyCall(new=(new,), returning=False),)
    assert mock.calls.find == ()
    assert [call.called for call in mock.calls] == ["connections.get", "connections.update", "connections.create_many"]


async def test_a_record_has_the_defaults_of_what_was_left_out(project: ProjectId) -> None:
    mock = AsyncMockConnections().with_page(Page((), None)).build()
    await mock.page(ConnectionFilter(project_id=project))
    (call,) = mock.calls.page
    assert (call.order, call.limit, call.after) == ("id", 50, None)


def test_a_record_is_a_value(project: ProjectId, key: ConnectionId) -> None:
    call = ConnectionGetCall(project, connection_id=key)
    assert call == ConnectionGetCall(project_id=project, connection_id=key)
    assert call != ConnectionGetCall(project, ConnectionId(project))
    assert call != GroupFindCall(project, GroupRef("hooli"))
    assert len({call, ConnectionGetCall(project, key)}) == 1
    assert repr(call) == f"ConnectionGetCall(project_id={project!r}, connection_id={key!r})"
    with pytest.raises(AttributeError, match="does not change"):
        call.connection_id = key  # type: ignore[misc]
    unfit: Any = ConnectionGetCall
    for arguments, named in [((project,), {}), ((project, key), {"more": 1}), ((project,), {"key": key})]:
        with pytest.raises(TypeError):
            unfit(*arguments, **named)


async def test_calls_of_several_mocks_are_in_one_order(
    connection: Connection, group: Group, project: ProjectId, key: ConnectionId
) -> None:
    connections = AsyncMockConnections().with_get(connection).build()
    groups = AsyncMockGroups().with_find(group).build()
    providers = AsyncMockProviders().with_count(0).build()
    await connections.get(project, key)
    await groups.find(project, group.group_ref)
    await providers.count(ProviderFilter())
    await connections.get(project, key)
    calls = calls_in_order(providers, groups, connections)
    assert [call.called for call in calls] == ["connections.get", "groups.find", "providers.count", "connections.get"]
    assert [call.sequence for call in calls] == sorted(call.sequence for call in calls)


async def test_a_call_without_a_stub_is_not_noted(project: ProjectId, key: ConnectionId) -> None:
    mock = AsyncMockConnections().unverified().build()
    with pytest.raises(NotStubbed):
        await mock.get(project, key)
    assert len(mock.calls) == 0
