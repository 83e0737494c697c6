"""Three-valued logic of functions of several arguments."""

from __future__ import annotations

import pytest

from dbkit.memory.logic import always, strict


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_function_is_null_where_an_argument_is(count: int) -> None:
    given = [always(number) for number in range(count)]
    assert strict(lambda *values: values, *given)({}) == tuple(range(count))
    for place in range(count):
        absent = [*given[:place], always(None), *given[place + 1 :]]
        assert strict(lambda *values: values, *absent)({}) is None
