"""The parts of a scribe that know of no database: bucket, buffer, options, reports."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dbkit.ingest import Refusal, ScribeOptions, ScribeReport
from dbkit.ingest.bucket import Bucket
from dbkit.ingest.buffer import Buffer
from dbkit.ingest.errors import SpoolDamaged
from dbkit.ingest.records import record_of, row_of
from dbkit.types import ConfigurationInvalid, NewUsageEvent, OrganizationId, ProjectId, uuid7


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def usage(metric: str = "records") -> NewUsageEvent:
    return NewUsageEvent(
        project_id=ProjectId(uuid7()),
        organization_id=OrganizationId(uuid7()),
        occurred_at=datetime(2026, 3, 1, tzinfo=UTC),
        metric=metric,
        quantity="0.100000",
        dimensions={"object": "contact", "nested": [1, None, 2.5]},
    )


def test_a_bucket_lets_a_burst_through_and_then_so_many_a_second() -> None:
    clock = Clock()
    bucket = Bucket(100, clock)
    assert bucket.take(100) == 0
    assert bucket.take(50) == 0.5
    clock.seconds = 0.5
    assert bucket.take(0) == 0
    clock.seconds = 60
    assert bucket.take(250) == 1.5


def test_a_bucket_without_a_rate_never_waits() -> None:
    assert Bucket(None, Clock()).take(10**9) == 0


def test_a_buffer_takes_a_group_whole_or_not_at_all() -> None:
    buffer = Buffer(3)
    rows = [usage() for _ in range(4)]
    assert buffer.offer(rows[:2])
    assert not buffer.offer(rows[2:])
    assert buffer.take(2) == rows[:2]
    # They wait until they have their place.
    assert not buffer.offer(rows[2:])
    buffer.settle(2)
    assert buffer.offer(rows[2:])
    assert buffer.take(1) == rows[2:3]
    assert (len(buffer), buffer.accepted, buffer.settled) == (2, 4, 2)


def test_a_group_larger_than_the_buffer_has_room_in_an_empty_one() -> None:
    buffer = Buffer(1)
    assert buffer.offer([usage(), usage()])
    assert not buffer.offer([usage()])


def test_a_batch_is_due_when_it_is_full_or_old() -> None:
    clock = Clock()
    buffer = Buffer(10, clock)
    assert buffer.seconds_until(2, 0.5) is None
    buffer.offer([usage()])
    clock.seconds = 0.125
    assert buffer.seconds_until(2, 0.5) == 0.375
    clock.seconds = 9
    assert buffer.seconds_until(2, 0.5) == 0
    buffer.offer([usage()])
    assert buffer.seconds_until(2, 100) == 0


def test_a_row_comes_back_from_its_record_as_it_was() -> None:
    row = usage()
    assert row_of(record_of(row)) == row


@pytest.mark.parametrize("record", [b"others {}", b"usage_events {}", b"usage_events [", b"\xff\xfe"])
def test_a_record_of_other_code_is_told(record: bytes) -> None:
    with pytest.raises(SpoolDamaged, match="another version"):
        row_of(record)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"batch_rows": 0}, "batch_rows must be more than 0"),
        ({"rows_a_second_max": -1.0}, "rows_a_second_max must be more than 0"),
        ({"batch_rows": 100, "buffer_rows": 99}, "never fills a batch"),
    ],
)
def test_options_that_are_none_are_refused(given: dict[str, float], says: str) -> None:
    with pytest.raises(ConfigurationInvalid, match=says):
        ScribeOptions(**given)  # type: ignore[arg-type]


def test_what_is_in_a_refused_row_is_told_by_the_row_alone() -> None:
    row = usage("canary")
    refusal = Refusal("usage_events", {"id": row.id}, "check_failed", "ck_usage_events_metric", ("metric",), row)
    report = ScribeReport(refused=1, refusals=(refusal,))
    assert refusal.row is row
    assert str(refusal) == f"usage_events (id={row.id}): check_failed by ck_usage_events_metric"
    for told in (repr(report), str(refusal), str(report.as_json())):
        assert str(row.id) in told
        assert "canary" not in told
