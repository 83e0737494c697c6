from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dbkit.models import LEASES
from tests.differential.playing import Trace, play
from tests.differential.program import BEGIN, END, Program, Step
from tests.differential.serial import _leaving_held, anomaly
from tests.differential.sides import Twin
from tests.differential.values import New

_NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _lease(name: str, holder: str = "a") -> New:
    fields = {"name": name, "holder": holder, "acquired_at": _NOON, "expires_at": _NOON + timedelta(hours=1)}
    return New("leases", fields)


def _skewed(isolation: str) -> Program:
    """Two transactions each read what the other one writes."""
    assert LEASES.name == "leases"
    sessions = (0, 1)
    return Program(
        (
            Step(0, "create", "leases", (_lease("one"),)),
            Step(0, "create", "leases", (_lease("two"),)),
            *(Step(session, BEGIN, named={"isolation": isolation}) for session in sessions),
            Step(0, "get", "leases", ("one",)),
            Step(1, "get", "leases", ("two",)),
            Step(0, "update", "leases", ("two",), {"holder": "b"}),
            Step(1, "update", "leases", ("one",), {"holder": "b"}),
            *(Step(session, END) for session in sessions),
        )
    )


async def test_write_skew_has_no_serial_order() -> None:
    program = _skewed("repeatable read")
    trace = await play(program, Twin())
    # As though the twin had let it pass at the highest level.
    moments = [replace(each, step=_serializable(each.step)) for each in trace.moments]
    assert await anomaly(_skewed("serializable"), Trace(moments, trace.rows)) is not None


async def test_what_the_twin_commits_has_a_serial_order() -> None:
    program = _skewed("serializable")
    trace = await play(program, Twin())
    assert "40001" in str(trace.data())
    assert await anomaly(program, trace) is None


def _serializable(step: Step) -> Step:
    return replace(step, named={"isolation": "serializable"}) if step.what == BEGIN else step


async def test_what_leaves_held_rows_out_is_passed_over() -> None:
    assert {"claim_due", "delete_older_than"} <= _leaving_held()
    assert "due_for_watch" in _leaving_held()
    assert "count_by_status" not in _leaving_held()
