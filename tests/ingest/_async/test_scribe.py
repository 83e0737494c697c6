"""A scribe on both backends: what is written is stored once, in batches, and what is refused is told."""

from __future__ import annotations

from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.ingest import AsyncScribe, BufferFull, NotTaken, Refusal, ScribeOptions
from dbkit.types import DatabaseClosed, NewGroup, Operation, OperationId, ValueInvalid, uuid7
from tests.ingest._async.given import AsyncOutages, async_counts, ids, lines, usages

QUICK: Any = {"batch_seconds": 0.01, "wait_seconds": 20.0}


async def test_what_is_written_is_stored_when_the_block_is_left(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    async with AsyncScribe(db) as scribe:
        await scribe.write(*usages(organization_id, operation, 3))
        await scribe.write(*lines(operation, 2), *usages(organization_id, operation, 1))
    report = scribe.report()
    assert await async_counts(db) == (4, 2)
    assert (report.taken, report.stored, report.waiting, report.is_behind) == (6, 6, 0, False)


async def test_a_batch_goes_when_it_is_old_enough(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    async with AsyncScribe(db, ScribeOptions(**QUICK)) as scribe:
        await scribe.write(*usages(organization_id, operation, 3))
        while scribe.report().waiting:
            await scribe._writing.room.wait(1)
        assert await async_counts(db) == (3, 0)


async def test_rows_are_stored_in_batches_and_in_order(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    rows = usages(organization_id, operation, 25)
    seen = AsyncOutages(db)
    async with AsyncScribe(seen, ScribeOptions(batch_rows=10, batch_seconds=60.0)) as scribe:
        assert await scribe.write_many(rows) == 25
    assert list(ids(seen.batches)) == list(ids([rows]))
    assert max(map(len, seen.batches)) == 10


async def test_what_comes_again_is_known(db: AsyncDatabase, operation: Operation, organization_id: Any) -> None:
    rows = [*usages(organization_id, operation, 3), *lines(operation, 2)]
    async with AsyncScribe(db) as scribe:
        await scribe.write(*rows)
        await scribe.flush()
        await scribe.write(*rows, *usages(organization_id, operation, 1))
    report = scribe.report()
    assert await async_counts(db) == (4, 2)
    assert (report.stored, report.known, report.refused) == (6, 5, 0)


async def test_what_is_refused_is_told_and_the_others_are_stored(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    heard: list[Refusal] = []
    good = usages(organization_id, operation, 4)
    bad = usages(organization_id, operation, 2, metric="Not A Metric")
    lost = lines(operation, 3, operation_id=OperationId(uuid7()), message="canary")
    rows = [bad[0], *good[:2], bad[1], *good[2:], lost[0], *lines(operation, 1), *lost[1:]]
    async with AsyncScribe(db, ScribeOptions(refused=heard.append)) as scribe:
        await scribe.write(*rows)
        report = await scribe.flush()
    assert await async_counts(db) == (4, 1)
    assert [each.row for each in heard] == [*bad, *lost]
    assert {each.constraint for each in heard} == {"ck_usage_events_metric", "fk_operation_logs_operation_id"}
    assert (report.taken, report.stored, report.refused) == (10, 5, 5)
    assert "canary" not in repr(report)


async def test_other_values_and_a_scribe_that_has_ended_are_refused(db: AsyncDatabase, operation: Operation) -> None:
    async with AsyncScribe(db) as scribe:
        with pytest.raises(ValueInvalid, match="NewGroup is nothing that pours in"):
            await scribe.write(NewGroup(project_id=operation.project_id, group_ref="g", group_name="n"))  # type: ignore[arg-type]
    with pytest.raises(DatabaseClosed, match="has ended"):
        await scribe.write(*lines(operation, 1))


async def test_who_writes_more_than_is_stored_waits_and_is_refused_in_the_end(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    database = AsyncOutages(db)
    database.is_out = True
    options = ScribeOptions(batch_rows=2, buffer_rows=4, batch_seconds=0.01, wait_seconds=0.2)
    async with AsyncScribe(database, options) as scribe:
        await scribe.write(*usages(organization_id, operation, 3))
        with pytest.raises(BufferFull):
            await scribe.write(*usages(organization_id, operation, 2))
        with pytest.raises(NotTaken, match="3 rows are neither stored nor spooled: the server is out"):
            await scribe.flush()
        database.is_out = False
        await scribe.flush(20)
        assert await async_counts(db) == (3, 0)


async def test_a_lost_answer_stores_nothing_twice(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    database = AsyncOutages(db)
    database.answers_lost = 1
    async with AsyncScribe(database, ScribeOptions(**QUICK)) as scribe:
        await scribe.write(*usages(organization_id, operation, 5))
        report = await scribe.flush()
    assert await async_counts(db) == (5, 0)
    assert (report.stored, report.known) == (0, 5)


async def test_an_error_of_the_block_is_the_blocks_and_its_rows_are_stored(
    db: AsyncDatabase, operation: Operation, organization_id: Any
) -> None:
    with pytest.raises(ZeroDivisionError):
        async with AsyncScribe(db) as scribe:
            await scribe.write(*usages(organization_id, operation, 1))
            raise ZeroDivisionError
    assert await async_counts(db) == (1, 0)


async def test_a_rate_holds_the_load_down(db: AsyncDatabase, operation: Operation, organization_id: Any) -> None:
    database = AsyncOutages(db)
    options = ScribeOptions(batch_rows=5, rows_a_second_max=20.0, **QUICK)
    async with AsyncScribe(database, options) as scribe:
        await scribe.write(*usages(organization_id, operation, 25))
        # Twenty at once, and the last five when there are tokens for them.
        await scribe.flush()
        assert scribe._writing._bucket.take(0) <= 0.25
    assert await async_counts(db) == (25, 0)
