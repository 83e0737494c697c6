from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20240123165544"


def numbered(snapshot: Snapshot) -> dict[tuple[str, str], int]:
    """Return each revision's place in its integration, in order of creation."""
    places: dict[tuple[str, str], int] = {}
    counts: dict[tuple[str, str], int] = {}
    for row in sorted(snapshot["revisions"], key=lambda row: (datetime.fromisoformat(row["created_at"]), row["id"])):
        integration = row["project_id"], row["integration_id"]
        places[row["project_id"], row["id"]] = counts[integration] = counts.get(integration, 0) + 1
    return places


def plant(rows: Rows) -> None:
    """Plant numbers as two releases give them at once."""
    written = (
        # The new release counts on from the highest number.
        (14, 1, 250, 6),
        # The release of before gives none, also behind one that has a number.
        (15, 1, 251, None),
        # Two writers of the new release at once.
        (16, 2, 250, 3),
        (17, 2, 251, 3),
    )
    rows.insert(
        "revisions",
        *(
            {
                "id": key("revision", n),
                "project_id": key("project", integration),
                "integration_id": key("integration", integration),
                "content": {},
                "created_at": instant(days),
                "number": number,
            }
            for n, integration, days, number in written
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now, places = after.by("revisions", "project_id", "id"), numbered(before)
    assert len(now) == len(before["revisions"]), f"{REVISION}: revisions came or went"
    for row in before["revisions"]:
        identity = row["project_id"], row["id"]
        assert now[identity] == row | {"number": places[identity]}, f"{REVISION}: revisions {identity}"
