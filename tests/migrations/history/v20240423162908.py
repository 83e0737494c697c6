from __future__ import annotations

from tests.migrations.history.v20240409171530 import NAMES, split
from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20240423162908"


def generated(first: str | None, last: str | None) -> str | None:
    """Return the full name of two parts."""
    return f"{first or ''} {last or ''}".strip(" ") or None


def plant(rows: Rows) -> None:
    def builder(n: int, first: str | None, last: str | None, address: str) -> dict[str, object]:
        return {
            "id": key("builder", n),
            "idp_ref": f"user_{n}",
            "first_name": first,
            "last_name": last,
            "primary_email": address,
            "created_at": instant(358),
            "updated_at": instant(359),
            "deleted_at": instant(359) if n > 60 else None,
        }

    rows.insert(
        "builders",
        *(
            builder(n, first, last, f"builder+{n}@example.com")
            for n, (_, first, last) in enumerate((*NAMES, (None, "  Ann ", " Two  spaces ")), 51)
        ),
        builder(61, "Gone", None, "gone@example.com"),
        # The address of somebody who is there.
        builder(62, "Gone", "Before", "BUILDER+1@example.com"),
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM builders WHERE id = %(id)s", {"id": key("builder", 62)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("builders", "id")
    assert len(now) == len(before["builders"]), f"{REVISION}: builders came or went"
    for row in before["builders"]:
        first, last = row["first_name"], row["last_name"]
        if row["full_name"] is not None and row["full_name"].strip(" ") != (generated(first, last) or ""):
            first, last = split(row["full_name"])
        expected = row | {"first_name": first, "last_name": last, "full_name": generated(first, last)}
        assert now[row["id"]] == expected | {"deleted_at": None}, f"{REVISION}: builders {row['id']}"
