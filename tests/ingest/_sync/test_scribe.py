# Generated from tests/ingest/_async/test_scribe.py by tools/unasync.py; edit that file instead.
"""A scribe on both backends: what is written is stored once, in batches, and what is refused is told."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit import Database
from dbkit.ingest import BufferFull, NotTaken, Refusal, Scribe, ScribeOptions
from dbkit.types import DatabaseClosed, NewGroup, Operation, OperationId, ValueInvalid, uuid7
from tests.ingest._sync.given import Outages, counts, ids, lines, usages

QUICK: Any = {"batch_seconds": 0.01, "wait_seconds": 20.0}


def test_what_is_written_is_stored_when_the_block_is_left(
    db: Database, operation: Operation, organization_id: Any
) -> None:
    with Scribe(db) as scribe:
        scribe.write(*usages(organization_id, operation, 3))
        scribe.write(*lines(operation, 2), *usages(organization_id, operation, 1))
    report = scribe.report()
    assert counts(db) == (4, 2)
    assert (report.taken, report.stored, report.waiting, report.is_behind) == (6, 6, 0, False)


def test_a_batch_goes_when_it_is_old_enough(db: Database, operation: Operation, organization_id: Any) -> None:
    with Scribe(db, ScribeOptions(**QUICK)) as scribe:
        scribe.write(*usages(organization_id, operation, 3))
        while scribe.report().waiting:
            scribe._writing.room.wait(1)
        assert counts(db) == (3, 0)


def test_rows_are_stored_in_batches_and_in_order(db: Database, operation: Operation, organization_id: Any) -> None:
    rows = usages(organization_id, operation, 25)
    seen = Outages(db)
    with Scribe(seen, ScribeOptions(batch_rows=10, batch_seconds=60.0)) as scribe:
        assert scribe.write_many(rows) == 25
    assert list(ids(seen.batches)) == list(ids([rows]))
    assert max(map(len, seen.batches)) == 10


def test_what_comes_again_is_known(db: Database, operation: Operation, organization_id: Any) -> None:
    rows = [*usages(organization_id, operation, 3), *lines(operation, 2)]
    with Scribe(db) as scribe:
        scribe.write(*rows)
        scribe.flush()
        scribe.write(*rows, *usages(organization_id, operation, 1))
    report = scribe.report()
    assert counts(db) == (4, 2)
    assert (report.stored, report.known, report.refused) == (6, 5, 0)


def test_what_is_refused_is_told_and_the_others_are_stored(
    db: Database, operation: Operation, organization_id: Any
) -> None:
    heard: list[Refusal] = []
    good = usages(organization_id, operation, 4)
    bad = usages(organization_id, operation, 2, metric="Not A Metric")
    lost = lines(operation, 3, operation_id=OperationId(uuid7()), message="canary")
    rows = [bad[0], *good[:2], bad[1], *good[2:], lost[0], *lines(operation, 1), *lost[1:]]
    with Scribe(db, ScribeOptions(refused=heard.append)) as scribe:
        scribe.write(*rows)
        report = scribe.flush()
    assert counts(db) == (4, 1)
    assert [each.row for each in heard] == [*bad, *lost]
    assert {each.constraint for each in heard} == {"ck_usage_events_metric", "fk_operation_logs_operation_id"}
    assert (report.taken, report.stored, report.refused) == (10, 5, 5)
    assert "canary" not in repr(report)


def test_other_values_and_a_scribe_that_has_ended_are_refused(db: Database, operation: Operation) -> None:
    with Scribe(db) as scribe:
        with pytest.raises(ValueInvalid, match="NewGroup is nothing that pours in"):
            scribe.write(NewGroup(project_id=operation.project_id, group_ref="g", group_name="n"))  # type: ignore[arg-type]
    with pytest.raises(DatabaseClosed, match="has ended"):
        scribe.write(*lines(operation, 1))


def test_who_writes_more_than_is_stored_waits_and_is_refused_in_the_end(
    db: Database, operation: Operation, organization_id: Any
) -> None:
    database = Outages(db)
    database.is_out = True
    options = ScribeOptions(batch_rows=2, buffer_rows=4, batch_seconds=0.01, wait_seconds=0.2)
    with Scribe(database, options) as scribe:
        scribe.write(*usages(organization_id, operation, 3))
        with pytest.raises(BufferFull):
            scribe.write(*usages(organization_id, operation, 2))
        with pytest.raises(NotTaken, match="3 rows are neither stored nor spooled: the server is out"):
            scribe.flush()
        database.is_out = False
        scribe.flush(20)
        assert counts(db) == (3, 0)


def test_a_lost_answer_stores_nothing_twice(db: Database, operation: Operation, organization_id: Any) -> None:
    database = Outages(db)
    database.answers_lost = 1
    with Scribe(database, ScribeOptions(**QUICK)) as scribe:
        scribe.write(*usages(organization_id, operation, 5))
        report = scribe.flush()
    assert counts(db) == (5, 0)
    assert (report.stored, report.known) == (0, 5)


def test_an_error_of_the_block_is_the_blocks_and_its_rows_are_stored(
    db: Database, operation: Operation, organization_id: Any
) -> None:
    with pytest.raises(ZeroDivisionError):
        with Scribe(db) as scribe:
            scribe.write(*usages(organization_id, operation, 1))
            raise ZeroDivisionError
    assert counts(db) == (1, 0)


def test_a_rate_holds_the_load_down(db: Database, operation: Operation, organization_id: Any) -> None:
    database = Outages(db)
    options = ScribeOptions(batch_rows=5, rows_a_second_max=20.0, **QUICK)
    with Scribe(database, options) as scribe:
        scribe.write(*usages(organization_id, operation, 25))
        # Twenty at once, and the last five when there are tokens for them.
        scribe.flush()
        assert scribe._writing._bucket.take(0) <= 0.25
    assert counts(db) == (25, 0)
