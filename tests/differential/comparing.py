"""Comparing traces: the first moment at which two sides differ by more than PostgreSQL leaves open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import Any

from dbkit.models import ENTITIES
from tests.differential.playing import Moment, Trace
from tests.differential.program import BEGIN, Step

__all__ = ["Difference", "difference", "is_alike"]

_LEFT_OPEN: Mapping[str, tuple[str, ...]] = {
    # Which of several keys without their row comes first follows from numbers in the names of triggers.
    "23503": ("constraint", "fields"),
    # The row of several that is waited for: the search for the one at fault may come upon it alone.
    "55P03": ("row", "key"),
    "40P01": ("row", "key"),
}
"""What errors may differ in."""

_LEFT_OPEN_IN_A_CROWD: Mapping[str, tuple[str, ...]] = {
    # The search for the row at fault looks again, when whoever was let go at the same time may have taken another key.
    "23505": ("constraint", "fields", "key", "row"),
}
"""What errors may differ in where a step lets several sessions go on."""

_LEFT_OPEN_OF_SERIALIZABLE: Mapping[str, tuple[str, ...]] = {
    # A doomed transaction fails at a statement of its own, of which it may be any row's turn; of a call with several
    # it may be a sooner or a later one, about another entity.
    "40001": ("row", "key", "entity"),
}
"""What errors of serializable transactions may differ in."""

_SERIALIZABLE = "serializable"
_KEYS: Mapping[str, tuple[str, ...]] = {entity.value.__name__: entity.key for entity in ENTITIES}


@dataclass(frozen=True)
class Difference:
    """Where a program came out differently: the number of the step (None: the rows in the end), and both answers."""

    place: int | None
    about: str
    of_postgres: Any
    of_twin: Any

    def __str__(self) -> str:
        return f"{self.about}\n  PostgreSQL  {self.of_postgres}\n  twin        {self.of_twin}"


def difference(postgres: Trace, twin: Trace) -> Difference | None:
    """Return the first difference of two traces, or None.

    Where one side alone has a serializable transaction fail, the traces part without a difference: PostgreSQL may
    raise false alarms, and so may the twin. That the twin misses no anomaly is seen in another way (`serial`).
    """
    isolations: dict[int, str] = {}
    for place, (one, other) in enumerate(zip_longest(postgres.moments, twin.moments)):
        if one is None or other is None:
            return Difference(place, f"step {place}", _shown(one), _shown(other))
        # Of recorded answers the steps' arguments are not kept.
        if other.step.what == BEGIN:
            isolations[other.step.session] = str(other.step.named.get("isolation"))
        if not _is_same(one, other, isolations):
            if _is_false_alarm(one, other, isolations):
                return None
            return Difference(place, f"step {place}, {other.step}", _shown(one), _shown(other))
    for name, rows in postgres.rows.items():
        if rows != twin.rows.get(name):
            return Difference(None, f"the rows of {name}", *_apart(rows, twin.rows.get(name)))
    return None


def _is_false_alarm(one: Moment, other: Moment, isolations: Mapping[int, str]) -> bool:
    """Tell whether a serializable transaction failed on one side alone."""
    failed, failed_too = _serialization_failures(one), _serialization_failures(other)
    return any(isolations.get(session) == _SERIALIZABLE for session in failed ^ failed_too)


def _serialization_failures(moment: Moment) -> set[int]:
    return {
        session
        for session, outcome in moment.finished.items()
        if isinstance(outcome, dict) and outcome.get("sqlstate") == "40001"
    }


def _is_same(one: Moment, other: Moment, isolations: Mapping[int, str]) -> bool:
    if one.waiting != other.waiting or one.finished.keys() != other.finished.keys():
        return False
    crowded = _LEFT_OPEN_IN_A_CROWD if len(one.finished) > 1 else {}

    def left_open(session: int) -> Mapping[str, tuple[str, ...]]:
        dooms = _LEFT_OPEN_OF_SERIALIZABLE if isolations.get(session) == _SERIALIZABLE else {}
        return {**_LEFT_OPEN, **crowded, **dooms}

    def is_alike_for(session: int, came: Any) -> bool:
        came_too = other.finished[session]
        has_snapshot = isolations.get(session) in ("repeatable read", _SERIALIZABLE)
        return is_alike(came, came_too, left_open(session)) or (
            has_snapshot
            and (_tells_either(session, other.step, came, came_too) or _in_one_order(came) == _in_one_order(came_too))
        )

    return all(is_alike_for(session, came) for session, came in one.finished.items())


def _tells_either(session: int, step: Step, one: Any, other: Any) -> bool:
    """Tell whether rows that were stored are told by what a snapshot shows: another row with the same key, perhaps."""
    has_waited = step.session != session
    if not has_waited and (step.what != "create_many" or not step.named.get("returning")):
        return False
    return isinstance(one, list) and isinstance(other, list) and len(one) == len(other)


def _in_one_order(data: Any) -> Any:
    """Return an outcome with rows of one key, of which a snapshot may show two, in an order of their own."""
    if isinstance(data, dict):
        return {name: _in_one_order(part) for name, part in data.items()}
    if not isinstance(data, list):
        return data
    return [row for _, rows in groupby(data, _key) for row in sorted(map(_in_one_order, rows), key=repr)]


def _key(row: Any) -> Any:
    """Return what tells a row from those with another key; anything else tells itself."""
    (name, fields) = next(iter(row.items())) if isinstance(row, dict) and len(row) == 1 else ("", row)
    return (name, [fields[column] for column in _KEYS[name]]) if name in _KEYS else row


def is_alike(one: Any, other: Any, left_open: Mapping[str, tuple[str, ...]] = _LEFT_OPEN) -> bool:
    """Tell whether two outcomes are the same, or errors of which PostgreSQL's side may report either."""
    if one == other:
        return True
    if not isinstance(one, dict) or not isinstance(other, dict):
        return False
    open_ = left_open.get(one.get("sqlstate", ""), ())
    return bool(open_) and all(one.get(name) == other.get(name) for name in {*one, *other} if name not in open_)


def _shown(moment: Moment | None) -> Any:
    return "ended before" if moment is None else moment.data()[2:]


def _apart(rows: list[Any], others: list[Any] | None) -> tuple[list[Any], list[Any]]:
    others = others or []
    return [row for row in rows if row not in others], [row for row in others if row not in rows]
