"""What type checkers refuse of mocks is refused at run time too: when it is stubbed, or when it is called."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import dbkit
from dbkit.mock import MockConnections, MockError
from dbkit.types import ConnectionFilter
from tests.typing._sync import mocks_refused
from tests.typing.test_types import MARK

GIVEN = ("connection", "group", "key", "new", "project")

ONLY_BY_TYPE_CHECKERS = {
    "MOCK.with_get(other_type)": "nobody looks at the annotations of a stub at run time",
    "mock.get(key, project)": "identifiers of all kinds are plain UUIDs",
    "return mock": "a repository is taken as what it is",
    "return mock.calls.get[0].connection_id": "a result is returned as another type",
}


def _cases() -> Iterator[Any]:
    text = Path(mocks_refused.__file__).read_text()
    lines = text.splitlines()
    for function in ast.parse(text).body:
        if isinstance(function, ast.FunctionDef):
            for statement in function.body:
                if lines[statement.lineno - 1].endswith(MARK):
                    yield pytest.param(function, statement, id=ast.unparse(statement))


@pytest.fixture
def names(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """What the functions of that module are called with."""
    given = {name: request.getfixturevalue(name) for name in GIVEN}
    builder = MockConnections().with_get(given["connection"]).with_update(given["connection"]).with_create_many(1)
    mock = builder.unverified().build()
    mock.get(given["project"], given["key"])
    with dbkit.connect("memory://") as db:
        yield {**vars(mocks_refused), **given, "mock": mock, "db": db}


def _called(names: dict[str, Any], operation: str) -> Callable[[Any], object]:
    """Return a call of an operation that the code under test could make."""
    project, key = names["project"], names["key"]
    return {
        "get": lambda mock: mock.get(project, key),
        "iterate": lambda mock: list(mock.iterate(ConnectionFilter(project_id=project))),
        "create_many": lambda mock: mock.create_many([names["new"]]),
    }[operation]


@pytest.mark.parametrize(("function", "statement"), list(_cases()))
def test_wrong_use(function: ast.FunctionDef, statement: ast.stmt, names: dict[str, Any]) -> None:
    before = [each for each in function.body if isinstance(each, ast.FunctionDef)]
    exec(compile(ast.Module(before, []), "before", "exec"), names)
    text = ast.unparse(statement)
    if text in ONLY_BY_TYPE_CHECKERS:
        _run(statement, names)
        return
    with pytest.raises((MockError, TypeError, AttributeError)):
        stubbed = _run(statement, names)
        assert isinstance(stubbed, MockConnections), f"nothing refused {text}"
        _called(names, text.partition("with_")[2].partition("(")[0])(stubbed.unverified().build())


def _run(statement: ast.stmt, names: dict[str, Any]) -> object:
    if isinstance(statement, ast.Expr | ast.Return):
        assert statement.value is not None
        return eval(compile(ast.Expression(statement.value), "statement", "eval"), names)
    exec(compile(ast.Module([statement], []), "statement", "exec"), names)
    return None


def test_none_of_the_exceptions_is_left_over() -> None:
    assert ONLY_BY_TYPE_CHECKERS.keys() <= {case.id for case in _cases()}
