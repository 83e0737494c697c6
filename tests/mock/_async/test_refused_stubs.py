"""What is refused when it is stubbed: what type checkers refuse, and values that no row can have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dbkit.mock import (
    AsyncMockBuilders,
    AsyncMockConnections,
    AsyncMockConsumers,
    AsyncMockDeliveryAttempts,
    StubInvalid,
    in_turn,
)
from dbkit.types import (
    Builder,
    Connection,
    ConnectionId,
    DeliveryAttempt,
    DeliveryId,
    Group,
    IllegalTransition,
    NewConnection,
    Page,
    ProjectId,
    Upserted,
)
from tests.mock.conftest import NOON

MOCK: Any = AsyncMockConnections()


def test_an_operation_that_the_entity_does_not_have(connection: Connection) -> None:
    with pytest.raises(AttributeError, match="with_gett"):
        MOCK.with_gett(connection)


CONSTANTS: list[tuple[str, Callable[[Connection, Group], object], str]] = [
    ("get", lambda connection, group: group, "Connection, not Group"),
    ("get", lambda connection, group: None, "Connection, not NoneType"),
    ("get", lambda connection, group: [connection], "Connection, not list of Connection"),
    ("get", lambda connection, group: "not found", "Connection, not str"),
    ("find", lambda connection, group: "connection", r"Connection \| None, not str"),
    ("get_many", lambda connection, group: connection, r"list\[Connection\], not Connection"),
    ("get_many", lambda connection, group: (connection,), r"list\[Connection\], not tuple of Connection"),
    ("get_many", lambda connection, group: [connection, group], r"not list of Connection, Group"),
    ("page", lambda connection, group: [connection], r"Page\[Connection\], not list of Connection"),
    ("page", lambda connection, group: Page((group,), None), r"Page\[Connection\], not Page"),
    ("iterate", lambda connection, group: connection, "yields"),
    ("iterate", lambda connection, group: "abc", "yields"),
    ("iterate", lambda connection, group: [connection, group], "not Group"),
    ("count", lambda connection, group: "3", "int, not str"),
    ("count", lambda connection, group: True, "int, not bool"),
    ("exists", lambda connection, group: 1, "bool, not int"),
    ("create_many", lambda connection, group: "3", r"int or list\[Connection\], not str"),
    ("delete", lambda connection, group: connection, "None, not Connection"),
    ("upsert", lambda connection, group: connection, r"Upserted\[Connection\], not Connection"),
    ("upsert", lambda connection, group: Upserted(group, inserted=True), r"Upserted\[Connection\], not Upserted"),
]


@pytest.mark.parametrize(("operation", "make", "says"), CONSTANTS)
def test_a_constant_of_another_type(
    connection: Connection, group: Group, operation: str, make: Callable[[Connection, Group], object], says: str
) -> None:
    for stub in (make(connection, group), in_turn(make(connection, group))):
        with pytest.raises(StubInvalid, match=f"connections.{operation} .*{says}"):
            getattr(MOCK, f"with_{operation}")(stub)


def test_a_new_value_in_place_of_a_stored_one(new: NewConnection) -> None:
    with pytest.raises(StubInvalid, match="Connection, not NewConnection"):
        MOCK.with_create(new)


def test_an_error_that_cannot_be_made_of_its_class_alone() -> None:
    with pytest.raises(StubInvalid, match="UnicodeDecodeError without its arguments: give an instance"):
        MOCK.with_get(UnicodeDecodeError)
    with pytest.raises(StubInvalid, match="IllegalTransition without its arguments"):
        MOCK.with_update(IllegalTransition)


def test_turns_that_are_empty_or_nested() -> None:
    with pytest.raises(StubInvalid, match="no outcomes"):
        MOCK.with_find(in_turn())
    with pytest.raises(StubInvalid, match="inside"):
        MOCK.with_find(in_turn(None, in_turn(None)))


async def _without_key(project_id: ProjectId) -> None: ...
async def _other_names(project: ProjectId, connection_id: ConnectionId) -> None: ...
async def _swapped(connection_id: ConnectionId, project_id: ProjectId) -> None: ...
async def _needs_more(project_id: ProjectId, connection_id: ConnectionId, more: int) -> None: ...
async def _needs_more_by_name(project_id: ProjectId, connection_id: ConnectionId, *, more: int) -> None: ...
async def _by_name_only(*, project_id: ProjectId, connection_id: ConnectionId) -> None: ...
async def _by_position_only(project_id: ProjectId, connection_id: ConnectionId, /) -> None: ...


@pytest.mark.parametrize(
    "function",
    [_without_key, _other_names, _swapped, _needs_more, _needs_more_by_name, _by_name_only, _by_position_only, str],
)
def test_a_callable_of_another_shape(function: object) -> None:
    with pytest.raises(StubInvalid, match=r"connections.find is called as \(project_id, connection_id\)"):
        MOCK.with_find(function)


async def _with_more(project_id: ProjectId, connection_id: ConnectionId, more: int = 1) -> None: ...
async def _with_defaults(project_id: object = None, connection_id: object = None) -> None: ...
async def _with_anything(*arguments: object, **named: object) -> None: ...
async def _with_any_more(project_id: ProjectId, *keys: object) -> None: ...


@pytest.mark.parametrize("function", [_with_more, _with_defaults, _with_anything, _with_any_more])
async def test_a_callable_that_can_be_called_so(function: object, project: ProjectId, key: ConnectionId) -> None:
    assert await MOCK.with_find(function).build().find(project, key) is None


async def _without_changes(project_id: object, connection_id: object, *, expected_version: int) -> None: ...
async def _without_version(project_id: object, connection_id: object, *, status: object) -> None: ...


@pytest.mark.parametrize("function", [_without_changes, _without_version])
def test_a_callable_that_takes_no_changes(function: object) -> None:
    with pytest.raises(StubInvalid, match=r"\(project_id, connection_id, \*, expected_version, \*\*changes\)"):
        MOCK.with_update(function)


def test_a_callable_that_yields_without_all_arguments() -> None:
    with pytest.raises(StubInvalid, match=r"connections\.iterate is called as \(filter, \*, order\)"):
        MOCK.with_iterate(lambda filter: iter(()))


def test_a_value_that_its_type_refuses(connection: Connection) -> None:
    for stub in (_with(connection, group_ref="a\x00"), _with(connection, version=2**31)):
        with pytest.raises(StubInvalid, match=r"connections\.get cannot give this Connection"):
            MOCK.with_get(stub)


def test_a_value_with_a_state_that_is_none(connection: Connection) -> None:
    for state in ("working", "lost"):
        with pytest.raises(StubInvalid, match="status is str, or breaks a rule of its type"):
            MOCK.with_get(_with(connection, status=state))


def test_a_value_with_a_field_missing(connection: Connection) -> None:
    fields = {name: value for name, value in connection if name != "version"}
    with pytest.raises(StubInvalid, match="version is absent"):
        MOCK.with_get(Connection.model_construct(**fields))


def test_a_value_that_breaks_a_check_wherever_it_is(project: ProjectId) -> None:
    attempt: Any = DeliveryAttempt(
        project_id=project, delivery_id=DeliveryId(project), attempt=0, duration_ms=5, http_status=200
    )
    mock: Any = AsyncMockDeliveryAttempts()
    stubs = [
        ("get", attempt),
        ("find", in_turn(None, attempt)),
        ("get_many", [attempt]),
        ("iterate", [attempt]),
        ("page", Page((attempt,), None)),
        ("create_many", [attempt]),
    ]
    for operation, stub in stubs:
        with pytest.raises(StubInvalid, match=rf"delivery_attempts\.{operation} .*ck_delivery_attempts_attempt"):
            getattr(mock, f"with_{operation}")(stub)


def test_a_value_of_another_entity_that_breaks_a_rule(connection: Connection) -> None:
    with pytest.raises(StubInvalid, match=r"consumers\.connections cannot give this Connection"):
        AsyncMockConsumers().with_connections([connection, _with(connection, provider_metadata=[1])])


def test_a_value_with_what_the_database_computes_otherwise() -> None:
    builder = Builder(
        idp_ref="1", primary_email="ada@example.org", first_name="Ada", full_name="Grace", deleted_at=None,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    AsyncMockBuilders().with_get(_with(builder, full_name="Ada"))
    with pytest.raises(StubInvalid, match="full_name is computed"):
        AsyncMockBuilders().with_get(builder)


def test_a_refusal_tells_nothing_of_the_row(connection: Connection) -> None:
    with pytest.raises(StubInvalid) as raised:
        MOCK.with_get(_with(connection, group_ref="hunter2\x00"))
    assert "hunter2" not in str(raised.value)


def _with(value: Any, **fields: object) -> Any:
    return value.model_copy(update=fields)
