"""A scribe with a spool: what comes in while the database is out is on disk, and in the database later, in order."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dbkit import AsyncDatabase
from dbkit.ingest import AsyncScribe, NotTaken, ScribeOptions, SpoolFull, SpoolInUse
from dbkit.types import Operation
from tests.ingest._async.given import AsyncOutages, async_counts, ids, usages


def spooling(folder: Path, **given: Any) -> ScribeOptions:
    return ScribeOptions(**{"spool": folder, "batch_rows": 4, "batch_seconds": 0.01, "wait_seconds": 20.0, **given})


async def async_caught_up(scribe: AsyncScribe) -> None:
    while scribe.report().is_behind or scribe.report().waiting:
        await scribe._writing.room.wait(0.05)


async def test_an_outage_is_bridged_in_order(
    db: AsyncDatabase, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = AsyncOutages(db)
    rows = usages(organization_id, operation, 22)
    async with AsyncScribe(database, spooling(tmp_path)) as scribe:
        await scribe.write(*rows[:2])
        await scribe.flush()
        database.is_out = True
        await scribe.write(*rows[2:12])
        report = await scribe.flush()
        assert (report.waiting, report.spooled, report.why_behind) == (0, 10, "the server is out")
        database.is_out = False
        await scribe.write(*rows[12:])
        await async_caught_up(scribe)
        assert list(ids(database.batches)) == list(ids([rows]))
    assert await async_counts(db) == (22, 0)
    assert scribe.report().spool_bytes == 0


async def test_the_next_process_stores_what_the_last_one_has_spooled(
    db: AsyncDatabase, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = AsyncOutages(db)
    database.is_out = True
    async with AsyncScribe(database, spooling(tmp_path)) as scribe:
        await scribe.write(*usages(organization_id, operation, 7))
        with pytest.raises(SpoolInUse):
            async with AsyncScribe(db, spooling(tmp_path)):
                pass
    async with AsyncScribe(db, spooling(tmp_path)) as scribe:
        await async_caught_up(scribe)
    assert await async_counts(db) == (7, 0)


async def test_a_full_spool_refuses_and_what_was_taken_is_stored_later(
    db: AsyncDatabase, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = AsyncOutages(db)
    database.is_out = True
    options = spooling(tmp_path, spool_bytes_max=2_500, segment_bytes_max=500, wait_seconds=0.3)
    taken = 0
    async with AsyncScribe(database, options) as scribe:
        with pytest.raises(SpoolFull):
            while True:
                await scribe.write(*usages(organization_id, operation, 4))
                taken += 4
                with suppress(NotTaken):
                    await scribe.flush()
        with pytest.raises(NotTaken):
            await scribe.flush()
        database.is_out = False
        await scribe.flush(20)
        await async_caught_up(scribe)
        await scribe.write(*usages(organization_id, operation, 1))
    assert await async_counts(db) == (taken + 1, 0)


async def test_a_row_of_another_version_does_not_stop_the_others(
    db: AsyncDatabase, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = AsyncOutages(db)
    database.is_out = True
    async with AsyncScribe(database, spooling(tmp_path)) as scribe:
        await scribe.write(*usages(organization_id, operation, 1))
        await scribe.flush()
        scribe._writing._spool.append([b"no_such_table {}"])  # type: ignore[union-attr]
        database.is_out = False
        await async_caught_up(scribe)
    assert await async_counts(db) == (1, 0)
    assert b"no_such_table" in (tmp_path / "unknown.damaged").read_bytes()
