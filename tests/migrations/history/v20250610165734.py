from __future__ import annotations

from decimal import Decimal

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20250610165734"


def plant(rows: Rows) -> None:
    # Still written to the old table: the trigger copies them.
    rows.insert(
        "usage_events",
        *(
            {
                "organization_id": key("organization", 2),
                "project_id": key("project", 1),
                "event_id": key("usage_event", n),
                "metric": "records_read",
                "quantity": Decimal(quantity),
                "occurred_at": instant(771),
                "recorded_at": instant(771),
            }
            for n, quantity in ((90, "0"), (91, "0.01"), (92, "9999999999.99"))
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    assert after["usage_events"] == before["usage_events"], f"{REVISION}: usage_events changed"
    copies = after.by("usage_events_by_month", "project_id", "occurred_at", "id")
    assert len(copies) == len(before["usage_events"]), f"{REVISION}: usage_events_by_month has rows of its own"
    for row in before["usage_events"]:
        expected = {column: value for column, value in row.items() if column not in {"id", "event_id"}}
        found = copies.get((row["project_id"], row["occurred_at"], row["event_id"]))
        assert found == expected | {"id": row["event_id"]}, f"{REVISION}: usage_events_by_month {row['event_id']}"
