"""What the status of a transaction's id proves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dbkit.sqldb.server_life import IN_THE_FUTURE, UNKNOWN_LIFE, Outcome, ServerLife, outcome_of

THEN = ServerLife("7712", 3, "1795648489.604668")
CRASHED = replace(THEN, recovered_at="1795648999.000001")
PROMOTED = replace(CRASHED, timeline=4)
LEFT_BEHIND = replace(THEN, timeline=2)
ANOTHER = replace(THEN, system="1")


@pytest.mark.parametrize(
    ("now", "status", "outcome"),
    [
        (THEN, "committed", Outcome.COMMITTED),
        (THEN, "aborted", Outcome.ROLLED_BACK),
        (THEN, "in progress", Outcome.OPEN),
        (THEN, IN_THE_FUTURE, Outcome.UNKNOWN),
        (THEN, None, Outcome.UNKNOWN),
        (CRASHED, "committed", Outcome.UNKNOWN),
        (CRASHED, "aborted", Outcome.ROLLED_BACK),
        (CRASHED, "in progress", Outcome.OPEN),
        (CRASHED, IN_THE_FUTURE, Outcome.ROLLED_BACK),
        (CRASHED, None, Outcome.UNKNOWN),
        (PROMOTED, "committed", Outcome.UNKNOWN),
        (PROMOTED, "aborted", Outcome.ROLLED_BACK),
        (PROMOTED, "in progress", Outcome.ROLLED_BACK),
        (PROMOTED, IN_THE_FUTURE, Outcome.ROLLED_BACK),
        (PROMOTED, None, Outcome.UNKNOWN),
    ],
)
def test_an_outcome_is_told_only_where_it_is_certain(now: ServerLife, status: str | None, outcome: Outcome) -> None:
    assert outcome_of(THEN, now, status) is outcome


@pytest.mark.parametrize("now", [LEFT_BEHIND, ANOTHER, UNKNOWN_LIFE])
@pytest.mark.parametrize("status", ["committed", "aborted", "in progress", IN_THE_FUTURE, None])
def test_another_server_or_one_left_behind_is_not_believed(now: ServerLife, status: str | None) -> None:
    assert outcome_of(THEN, now, status) is Outcome.OPEN
