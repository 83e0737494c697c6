"""What all ways must do alike: the same rows in, equal values out."""

from __future__ import annotations

from typing import Any

from benchmarks.ways._async.way import AsyncWay
from benchmarks.world import World
from dbkit.types import Connection, ConnectionStatus, Operation, OperationStatus, OperationType
from dbkit.types.identifiers import uuid7

__all__ = ["async_check"]

_CHANGES = {"status": ConnectionStatus.WORKING, "provider_metadata": {"verified": True}}


async def async_check(world: World, kind: type[AsyncWay], verb: str) -> None:
    """Let one way do one kind of work, and see that it did."""
    async with kind(world.conninfo) as way:
        await _CHECKS[verb](world, way)


def value_of(found: Any) -> Connection:
    """Return what a way answered with as a value: some ways answer with mapped objects."""
    return found if isinstance(found, Connection) else Connection.model_validate(found, from_attributes=True)


async def _get(world: World, way: Any) -> None:
    for key in world.read_keys[:3]:
        assert value_of(await way.get(world.read, key)) == world.stored(world.read, key)


async def _find(world: World, way: Any) -> None:
    assert await way.find(world.read, uuid7()) is None
    assert value_of(await way.find(world.read, world.read_keys[0])).id == world.read_keys[0]


async def _page(world: World, way: Any) -> None:
    first, after = await way.page(world.read, None, 100)
    second, after = await way.page(world.read, after, 100)
    third, end = await way.page(world.read, after, 100)
    assert [len(page) for page in (first, second, third)] == [100, 100, 50]
    assert [value.id for page in (first, second, third) for value in page] == sorted(world.read_keys)
    assert end is None
    assert value_of(second[0]) == world.stored(world.read, second[0].id)


async def _create(world: World, way: Any) -> None:
    world.stock([])
    [new] = world.new_connections(1)
    created = value_of(await way.create(new))
    assert created == world.stored(new.project_id, new.id)
    assert created.model_dump(include=set(new.__dict__)) == new.model_dump()


async def _update(world: World, way: Any) -> None:
    [new] = world.new_connections(1)
    world.stock([new])
    updated = value_of(await way.update(new.project_id, new.id, 1, _CHANGES))
    assert updated == world.stored(new.project_id, new.id)
    assert (updated.version, updated.status, updated.provider_metadata) == (2, *_CHANGES.values())
    assert updated.updated_at > updated.created_at


async def _create_many(world: World, way: Any) -> None:
    world.stock([])
    rows = world.new_connections(20)
    [(argument,)] = way.prepared("create_many", [(rows,)])
    assert await way.create_many(argument) == 20
    stored = [world.stored(row.project_id, row.id) for row in rows]
    assert [value.model_dump(include=set(rows[0].__dict__)) for value in stored] == [row.model_dump() for row in rows]


async def _iterate(world: World, way: Any) -> None:
    found = [value_of(value) async for value in way.iterate(world.iterated)]
    assert len({value.id for value in found}) == world.sizes.iterated
    assert found[-1] == world.stored(world.iterated, found[-1].id)


def operation_of(found: Operation, **expected: Any) -> None:
    """See that an operation is what it should be."""
    assert found.model_dump(include=set(expected)) == expected


async def _get_operation(world: World, way: Any) -> None:
    for key in world.operation_keys[:3]:
        operation_of(await way.get_operation(world.operated, key), id=key, version=1, type=OperationType.READ)


async def _page_of_operations(world: World, way: Any) -> None:
    first, after = await way.page_of_operations(world.operated, None, 200)
    second, end = await way.page_of_operations(world.operated, after, 200)
    assert [value.id for page in (first, second) for value in page] == sorted(world.operation_keys)
    assert end is None


async def _create_operation(world: World, way: Any) -> None:
    world.stock([])
    [new] = world.new_operations(1)
    operation_of(await way.create_operation(new), **new.model_dump())


async def _update_operation(world: World, way: Any) -> None:
    [new] = world.new_operations(1)
    world.stock([new])
    changes = {"status": OperationStatus.RUNNING, "started_at": new.next_poll_at, "metadata": {"objects": []}}
    updated = await way.update_operation(new.project_id, new.id, 1, changes)
    operation_of(updated, id=new.id, version=2, **changes)


_CHECKS = {
    "get_operation": _get_operation,
    "page_of_operations": _page_of_operations,
    "create_operation": _create_operation,
    "update_operation": _update_operation,
    "get": _get,
    "find": _find,
    "page": _page,
    "create": _create,
    "update": _update,
    "create_many": _create_many,
    "iterate": _iterate,
}
