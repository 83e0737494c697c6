from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20260522163744"
COLUMNS = ("project_id", "installation_id", "object_name")


def plant(rows: Rows) -> None:
    """Plant what this release writes to read_states, and the release of before to backfill_progress."""
    one = {"project": key("project", 1), "installation": key("installation", 1)}
    new = (
        # The same backfill has come further.
        ("contact", "records_processed = 60, records_estimated_total = 200", 1),
        # A later backfill, and a scheduled read: what the backfill of before had done is overwritten.
        ("deal", "records_processed = 1, records_estimated_total = 2", 6),
        ("account", "records_processed = 7", 214),
    )
    plant_reads(rows)
    for name, change, operation in new:
        rows.execute(
            f"""UPDATE read_states SET {change}, progress_operation_id = %(operation)s, version = version + 1,
                  updated_at = %(time)s
                WHERE (project_id, installation_id, object_name) = (%(project)s, %(installation)s, %(name)s)""",
            one | {"name": name, "operation": key("operation", operation), "time": instant(1118)},
        )
    old = (("lead", "records_processed = 11, records_estimated_total = 30", 3), ("it", "records_processed = 3", 4))
    rows.insert(
        "backfill_progress",
        {
            "project_id": one["project"],
            "installation_id": one["installation"],
            "object_name": "it",
            "operation_id": key("operation", 3),
            "records_processed": 4,
            "created_at": instant(1117),
            "updated_at": instant(1117),
        },
    )
    for name, change, operation in old:
        rows.execute(
            f"""UPDATE backfill_progress SET {change}, operation_id = %(operation)s, updated_at = %(time)s
                WHERE (project_id, installation_id, object_name) = (%(project)s, %(installation)s, %(name)s)""",
            one | {"name": name, "operation": key("operation", operation), "time": instant(1119)},
        )


def plant_reads(rows: Rows) -> None:
    """Plant a scheduled read that has come to two objects; of one of them there was nothing before."""
    rows.insert(
        "operations",
        {
            "id": key("operation", 214),
            "project_id": key("project", 1),
            "integration_id": key("integration", 1),
            "installation_id": key("installation", 1),
            "type": "read",
            "read_type": "scheduled",
            "status": "running",
            "created_at": instant(1116),
            "updated_at": instant(1116),
        },
    )
    rows.insert(
        "read_states",
        *(
            {
                "project_id": key("project", 1),
                "installation_id": key("installation", 1),
                "object_name": name,
                "progress_operation_id": key("operation", operation),
                "records_processed": 2,
                "records_estimated_total": 3,
                "created_at": instant(1116),
                "updated_at": instant(1116),
            }
            for name, operation in (("ticket", 214), ("it", 3))
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    was, now = before.by("read_states", *COLUMNS), after.by("read_states", *COLUMNS)
    progress = before.by("backfill_progress", *COLUMNS)
    assert after["backfill_progress"] == before["backfill_progress"], f"{REVISION}: backfill_progress changed"
    assert now.keys() == was.keys() | progress.keys(), f"{REVISION}: read_states came or went"
    made_at = {now[identity]["created_at"] for identity in was}
    assert len(made_at) == 1, f"{REVISION}: read_states have their columns since {made_at}"
    for identity, found in now.items():
        done = progress.get(identity, {"operation_id": None, "records_processed": 0, "records_estimated_total": None})
        processed, estimated = done["records_processed"], done["records_estimated_total"]
        percent = None
        if estimated:
            exact = (Decimal(processed) * 100 / estimated).quantize(Decimal("0.01"), ROUND_HALF_UP)
            percent = float(min(Decimal(100), exact))
        expected = {
            "progress_operation_id": done["operation_id"],
            "records_processed": processed,
            "records_estimated_total": estimated,
            "percent_complete": percent,
        }
        state = was.get(identity)
        if state is None:
            made = {"next_page_token": None, "version": 1, "created_at": done["created_at"]}
            expected |= made | {"updated_at": done["updated_at"]} | dict(zip(COLUMNS, identity, strict=True))
        else:
            expected |= state | {"created_at": found["created_at"]}
        assert found == expected, f"{REVISION}: read_states {identity}"
