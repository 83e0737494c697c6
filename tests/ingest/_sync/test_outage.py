# Generated from tests/ingest/_async/test_outage.py by tools/unasync.py; edit that file instead.
"""A scribe with a spool: what comes in while the database is out is on disk, and in the database later, in order."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from dbkit import Database
from dbkit.ingest import NotTaken, Scribe, ScribeOptions, SpoolFull, SpoolInUse
from dbkit.types import Operation
from tests.ingest._sync.given import Outages, counts, ids, usages


def spooling(folder: Path, **given: Any) -> ScribeOptions:
    return ScribeOptions(**{"spool": folder, "batch_rows": 4, "batch_seconds": 0.01, "wait_seconds": 20.0, **given})


def caught_up(scribe: Scribe) -> None:
    while scribe.report().is_behind or scribe.report().waiting:
        scribe._writing.room.wait(0.05)


def test_an_outage_is_bridged_in_order(
    db: Database, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = Outages(db)
    rows = usages(organization_id, operation, 22)
    with Scribe(database, spooling(tmp_path)) as scribe:
        scribe.write(*rows[:2])
        scribe.flush()
        database.is_out = True
        scribe.write(*rows[2:12])
        report = scribe.flush()
        assert (report.waiting, report.spooled, report.why_behind) == (0, 10, "the server is out")
        database.is_out = False
        scribe.write(*rows[12:])
        caught_up(scribe)
        assert list(ids(database.batches)) == list(ids([rows]))
    assert counts(db) == (22, 0)
    assert scribe.report().spool_bytes == 0


def test_the_next_process_stores_what_the_last_one_has_spooled(
    db: Database, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = Outages(db)
    database.is_out = True
    with Scribe(database, spooling(tmp_path)) as scribe:
        scribe.write(*usages(organization_id, operation, 7))
        with pytest.raises(SpoolInUse):
            with Scribe(db, spooling(tmp_path)):
                pass
    with Scribe(db, spooling(tmp_path)) as scribe:
        caught_up(scribe)
    assert counts(db) == (7, 0)


def test_a_full_spool_refuses_and_what_was_taken_is_stored_later(
    db: Database, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = Outages(db)
    database.is_out = True
    options = spooling(tmp_path, spool_bytes_max=2_500, segment_bytes_max=500, wait_seconds=0.3)
    taken = 0
    with Scribe(database, options) as scribe:
        with pytest.raises(SpoolFull):
            while True:
                scribe.write(*usages(organization_id, operation, 4))
                taken += 4
                with suppress(NotTaken):
                    scribe.flush()
        with pytest.raises(NotTaken):
            scribe.flush()
        database.is_out = False
        scribe.flush(20)
        caught_up(scribe)
        scribe.write(*usages(organization_id, operation, 1))
    assert counts(db) == (taken + 1, 0)


def test_a_row_of_another_version_does_not_stop_the_others(
    db: Database, operation: Operation, organization_id: Any, tmp_path: Path
) -> None:
    database = Outages(db)
    database.is_out = True
    with Scribe(database, spooling(tmp_path)) as scribe:
        scribe.write(*usages(organization_id, operation, 1))
        scribe.flush()
        scribe._writing._spool.append([b"no_such_table {}"])  # type: ignore[union-attr]
        database.is_out = False
        caught_up(scribe)
    assert counts(db) == (1, 0)
    assert b"no_such_table" in (tmp_path / "unknown.damaged").read_bytes()
