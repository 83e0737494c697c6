from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20250924163810"
RENAMED = {
    "kinesisStreamName": "streamName",
    "kinesisRegion": "region",
    "kinesisEndpointUrl": "endpointUrl",
    "kinesisPartitionKeyTemplate": "partitionKeyTemplate",
}


def plant(rows: Rows) -> None:
    documents: tuple[dict[str, Any], ...] = (
        {"streamName": "s", "region": "r", "endpointUrl": None, "partitionKeyTemplate": ODD[3]},
        {"region": {"nested": ODD[2]}, "note": "region"},
        {},
        # The code reads both names still, so somebody may write both.
        {"region": "new", "kinesisRegion": "old"},
    )
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", 87 + n),
                "project_id": key("project", 1),
                "name": f"stream-{87 + n}",
                "type": "kinesis",
                "metadata": document,
                "created_at": instant(877),
                "updated_at": instant(877),
            }
            for n, document in enumerate(documents)
        ),
    )


def renamed(document: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return the document with other names of its keys, except where the other name is taken."""
    return {key if names.get(key, key) in document else names[key]: value for key, value in document.items()}


def compare(before: Snapshot, after: Snapshot, names: dict[str, str]) -> None:
    now = after.by("destinations", "project_id", "id")
    assert len(now) == len(before["destinations"]), f"{REVISION}: destinations came or went"
    for row in before["destinations"]:
        expected = renamed(row["metadata"], names) if row["type"] == "kinesis" else row["metadata"]
        assert now[row["project_id"], row["id"]] == row | {"metadata": expected}, (
            f"{REVISION}: destinations {row['id']}"
        )


def promise(before: Snapshot, after: Snapshot) -> None:
    compare(before, after, RENAMED)
    left = [
        row["id"] for row in after["destinations"] if row["metadata"].keys() == {"kinesisStreamName", "kinesisRegion"}
    ]
    assert not left, f"{REVISION}: destinations {left} have the old keys"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    compare(before, after, {new: old for old, new in RENAMED.items()})
