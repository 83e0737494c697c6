"""Every entity has its mocks, and they are what its interfaces say."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any, get_overloads

import pytest

import dbkit.mock
from dbkit.generate.mocks import mock_names
from dbkit.mock.base.calls import Calls
from dbkit.models import ENTITIES, Entity

AnyEntity = Entity[Any, Any, Any]
COLOURS = [("_async", "Async"), ("_sync", "")]

for_each = pytest.mark.parametrize("entity", ENTITIES, ids=lambda entity: entity.singular)
in_each_colour = pytest.mark.parametrize(("folder", "prefix"), COLOURS, ids=["async", "sync"])


def _interface(entity: AnyEntity, folder: str, prefix: str) -> Any:
    module = import_module(f"dbkit.types.{folder}.{entity.singular}")
    return getattr(module, f"{prefix}{entity.value.__name__}TransactionRepository")


def _operations(interface: Any) -> dict[str, Any]:
    bases = [base for base in interface.__mro__ if base.__module__ == interface.__module__]
    return {name: each for base in bases for name, each in vars(base).items() if not name.startswith("_")}


@for_each
@in_each_colour
def test_a_mock_has_the_operations_of_its_interface(entity: AnyEntity, folder: str, prefix: str) -> None:
    operations = _operations(_interface(entity, folder, prefix))
    builder, made = (getattr(dbkit.mock, f"{prefix}{name}") for name in mock_names(entity))
    public = {name for name in vars(made) if not name.startswith("_")}
    assert public == {*operations, "calls"}
    assert {name for name in vars(builder) if name.startswith("with_")} == {f"with_{name}" for name in operations}
    mock: Any = builder().build()
    assert type(mock) is made
    assert set(type(mock.calls)._by_operation) == set(operations)
    assert isinstance(mock.calls, Calls)


@for_each
@in_each_colour
def test_a_mock_has_the_signatures_of_its_interface(entity: AnyEntity, folder: str, prefix: str) -> None:
    made = getattr(dbkit.mock, f"{prefix}{mock_names(entity)[1]}")
    for name, operation in _operations(_interface(entity, folder, prefix)).items():
        mocked = getattr(made, name)
        overloads = _overloads(_interface(entity, folder, prefix), name)
        if overloads:
            assert [inspect.signature(each) for each in get_overloads(mocked)] == overloads
        else:
            assert inspect.signature(mocked) == inspect.signature(operation)
            assert inspect.iscoroutinefunction(mocked) == inspect.iscoroutinefunction(operation)


def _overloads(interface: type[Any], name: str) -> list[inspect.Signature]:
    owner = next(base for base in interface.__mro__ if name in vars(base))

    def overloaded() -> None: ...

    # What stands in the class for an overloaded function does not know whose it is.
    overloaded.__module__, overloaded.__qualname__ = owner.__module__, f"{owner.__name__}.{name}"
    return [inspect.signature(each) for each in get_overloads(overloaded)]


@for_each
@in_each_colour
def test_what_its_annotations_say_can_be_checked(entity: AnyEntity, folder: str, prefix: str) -> None:
    interface = _interface(entity, folder, prefix)
    builder = getattr(dbkit.mock, f"{prefix}{mock_names(entity)[0]}")
    for name in _operations(interface):
        operation = builder._operations[name]
        assert operation.called == f"{entity.name}.{name}"
        parameters = list(inspect.signature(getattr(builder._made, name)).parameters)[1:]
        assert [*operation.names, *(["changes"] if operation.has_changes else [])] == parameters
        assert operation.is_async is (prefix == "Async")
        getattr(builder(), f"with_{name}")(lambda *_, **__: None)


def test_names_are_found_at_their_first_use() -> None:
    assert set(dbkit.mock.__all__) <= set(dir(dbkit.mock))
    with pytest.raises(AttributeError, match="MockNobody"):
        getattr(dbkit.mock, "MockNobody")  # noqa: B009 (a type checker would refuse the attribute)
