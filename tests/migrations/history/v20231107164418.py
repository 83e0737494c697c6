from __future__ import annotations

from tests.migrations.rows import Snapshot

REVISION = "20231107164418"


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
