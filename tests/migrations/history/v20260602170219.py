from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Snapshot

REVISION = "20260602170219"
COLUMNS = ("project_id", "installation_id", "object_name")


def promise(before: Snapshot, after: Snapshot) -> None:
    """The greater of two values for one operation stays, and the later of two operations."""
    was, now = before.by("read_states", *COLUMNS), after.by("read_states", *COLUMNS)
    assert now.keys() == was.keys() | before.by("backfill_progress", *COLUMNS).keys(), f"{REVISION}: read_states"
    merged = 0
    for row in before["backfill_progress"]:
        identity = tuple(row[column] for column in COLUMNS)
        state = was[identity]
        if state["progress_operation_id"] == row["operation_id"]:
            wins = row["records_processed"] > state["records_processed"]
        else:
            times = (datetime.fromisoformat(each["updated_at"]) for each in (state, row))
            wins = state["progress_operation_id"] is None or next(times) < next(times)
        merged += wins
        expected = (row["operation_id"], row["records_processed"], row["records_estimated_total"]) if wins else None
        progress = tuple(
            now[identity][column]
            for column in ("progress_operation_id", "records_processed", "records_estimated_total")
        )
        assert progress == expected or (not wins and now[identity] == state), f"{REVISION}: read_states {identity}"
    assert merged, f"{REVISION}: nothing was merged, so nothing was seen"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    """Progress of backfills, and of reads from before there were kinds of them, is back."""
    kinds = {(row["project_id"], row["id"]): row["read_type"] for row in before["operations"]}
    expected = {
        tuple(row[column] for column in COLUMNS): (row["progress_operation_id"], row["records_processed"])
        for row in before["read_states"]
        if row["progress_operation_id"] and kinds[row["project_id"], row["progress_operation_id"]] in {None, "backfill"}
    }
    found = {
        tuple(row[column] for column in COLUMNS): (row["operation_id"], row["records_processed"])
        for row in after["backfill_progress"]
    }
    assert found == expected, f"{REVISION}: backfill_progress {found.items() ^ expected.items()}"
