from __future__ import annotations

from tests.migrations.rows import Rows, key


def plant(rows: Rows) -> None:
    # Of the reads of these projects; those of before, and writes, have none.
    for project, read_type in ((1, "backfill"), (2, "scheduled"), (3, "triggered")):
        rows.execute(
            "UPDATE operations SET read_type = %(type)s WHERE type = 'read' AND installation_id = %(id)s",
            {"type": read_type, "id": key("installation", project)},
        )
