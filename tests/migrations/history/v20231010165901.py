from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LONG, ODD

REVISION = "20231010165901"


def plant(rows: Rows) -> None:
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", n),
                "project_id": key("project", 1 + n % 4),
                "name": f"document {n}",
                "metadata": {"url": url, "headers": {ODD[3]: None}},
                "created_at": instant(162),
                "updated_at": instant(162),
            }
            for n, url in enumerate(("", ODD[2], ODD[3], LONG), 11)
        ),
        {
            "id": key("destination", 16),
            "project_id": key("project", 1),
            "name": "without a url",
            "metadata": {"url": None},
            "created_at": instant(162),
            "updated_at": instant(162),
        },
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM destinations WHERE id = %(id)s", {"id": key("destination", 16)})


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("destinations", "id")
    for row in before["destinations"]:
        rest = {column: value for column, value in row.items() if column != "url"}
        assert now[row["id"]] == rest, f"{REVISION}: destinations {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("destinations", "id")
    for row in before["destinations"]:
        assert now[row["id"]] == row | {"url": row["metadata"]["url"]}, f"{REVISION}: destinations {row['id']}"
