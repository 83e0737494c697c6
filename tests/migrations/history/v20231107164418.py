from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20231107164418"


def plant(rows: Rows) -> None:
    rows.insert(
        "read_states",
        *(
            {"installation_id": key("installation", 3), "object_name": f"object {n}", "next_page_token": None}
            | {"updated_at": instant(191), "project_id": tenant}
            for n, tenant in enumerate((None, key("project", 3)))
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    for table, parents, column in (
        ("revisions", "integrations", "integration_id"),
        ("read_states", "installations", "installation_id"),
    ):
        now, parent = after.by(table, "id"), before.by(parents, "id")
        assert len(now) == len(before[table]), f"{REVISION}: {table} came or went"
        for row in before[table]:
            expected = row | {"project_id": parent[row[column]]["project_id"]}
            assert now[row["id"]] == expected, f"{REVISION}: {table} {row['id']}"
