from __future__ import annotations

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20250617163951"

# number, quantity, occurrence
EVENTS = (
    (93, "0.000001", instant(778)),
    (94, "0.005", instant(778)),
    (95, "2.675000", datetime(2025, 6, 30, 23, 59, 59, 999999, tzinfo=UTC)),
    (96, "9999999999.994999", datetime(2025, 7, 1, tzinfo=UTC)),
    # Delivered twice with another time: one event for the old table, two for the new one.
    (97, "1", instant(778)),
    (97, "1", instant(779)),
    (98, "1", datetime(2031, 1, 1, tzinfo=UTC)),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "usage_events",
        *(
            {
                "organization_id": key("organization", 3),
                "project_id": key("project", 2),
                "id": key("usage_event", n),
                "metric": "records_written",
                "quantity": Decimal(quantity),
                "dimensions": {"n": n},
                "occurred_at": time,
                "recorded_at": instant(780),
            }
            for n, quantity, time in EVENTS
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    assert after["usage_events"] == before["usage_events_by_month"], f"{REVISION}: usage_events is not the copy"
    assert after["usage_events_old"] == before["usage_events"], f"{REVISION}: usage_events_old is not the old table"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    """Every event is in the old table, with two decimals of its quantity; the other table keeps all of them."""
    assert after["usage_events_by_month"] == before["usage_events"], f"{REVISION}: usage_events_by_month"
    old = after.by("usage_events", "event_id")
    assert old.keys() == {row["id"] for row in before["usage_events"]}, f"{REVISION}: usage_events, by event_id"
    for row in before["usage_events"]:
        rounded = Decimal(str(row["quantity"])).quantize(Decimal("0.01"), ROUND_HALF_UP)
        found = Decimal(str(old[row["id"]]["quantity"]))
        assert found == rounded, f"{REVISION}: usage_events {row['id']} has the quantity {found}"
