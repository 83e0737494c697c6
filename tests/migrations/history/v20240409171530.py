from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LONG, ODD

REVISION = "20240409171530"

# full name, first, last: as the next release writes them, all three
NAMES: tuple[tuple[str | None, str | None, str | None], ...] = (
    ("Mary Ann Smith", "Mary Ann", "Smith"),
    ("Cher", "Cher", None),
    ("Smith", None, "Smith"),
    (None, None, None),
    ("", "", ""),
    (f"{ODD[2]} {ODD[3]}", ODD[2], ODD[3]),
    (LONG.strip() + " x", LONG.strip(), "x"),
)


def split(name: str) -> tuple[str, str | None]:
    """Return first and last name of a full name: parted at its first space."""
    first, _, last = name.partition(" ")
    return first, last or None


def plant(rows: Rows) -> None:
    # The release of before writes the full name alone; it may change one that was split.
    written: tuple[tuple[str | None, str | None, str | None], ...] = (*NAMES, ("Old Release", None, None))
    rows.insert(
        "builders",
        *(
            {
                "id": key("builder", n),
                "idp_ref": f"user_{n}",
                "full_name": full,
                "first_name": first,
                "last_name": last,
                "primary_email": f"builder+{n}@example.com",
                "created_at": instant(345),
                "updated_at": instant(345),
            }
            for n, (full, first, last) in enumerate(written, 41)
        ),
    )
    rows.execute("UPDATE builders SET full_name = 'Ada King' WHERE id = %(id)s", {"id": key("builder", 1)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("builders", "id")
    assert len(now) == len(before["builders"]), f"{REVISION}: builders came or went"
    for row in before["builders"]:
        first, last = (None, None) if row["full_name"] is None else split(row["full_name"])
        expected = row | {"first_name": first, "last_name": last}
        assert now[row["id"]] == expected, f"{REVISION}: builders {row['id']}"
