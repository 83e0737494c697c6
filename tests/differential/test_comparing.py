from __future__ import annotations

from typing import Any

from tests.differential.comparing import difference
from tests.differential.playing import Moment, Trace
from tests.differential.program import END, Step

_REFUSED = {"raised": "AlreadyExists", "sqlstate": "23505", "constraint": "pk_projects", "row": 1}


def _trace(*moments: tuple[dict[int, Any], tuple[int, ...]]) -> Trace:
    return Trace([Moment(Step(3, END), finished, waiting) for finished, waiting in moments])


def test_a_search_for_the_row_at_fault_may_wait_once_more() -> None:
    twin = _trace(({1: _REFUSED}, ()), ({}, ()))
    assert difference(_trace(({}, (1,)), ({1: _REFUSED}, ())), twin) is None


def test_a_search_has_to_come_to_the_same() -> None:
    twin = _trace(({1: _REFUSED}, ()), ({}, ()))
    assert difference(_trace(({}, (1,)), ({1: 2}, ())), twin) is not None
    assert difference(_trace(({}, (1,)), ({}, ())), twin) is not None


def test_only_a_row_with_others_before_it_is_searched_for() -> None:
    first = {**_REFUSED, "row": 0}
    assert difference(_trace(({}, (1,)), ({1: first}, ())), _trace(({1: first}, ()), ({}, ()))) is not None


def test_nobody_else_waits_because_of_a_search() -> None:
    twin = _trace(({1: _REFUSED, 2: 1}, ()), ({}, ()))
    assert difference(_trace(({}, (1, 2)), ({1: _REFUSED, 2: 1}, ())), twin) is not None
