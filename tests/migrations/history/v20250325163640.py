from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20250325163640"


def plant(rows: Rows) -> None:
    rows.insert(
        "read_states",
        *(
            {
                "project_id": key("project", 1),
                "installation_id": key("installation", n),
                "object_name": "contact",
                "next_page_token": None,
                "updated_at": instant(694),
            }
            for n in (41, 42)
        ),
        # Of two processes of the release of before, at once.
        *(
            {
                "project_id": key("project", 1),
                "installation_id": key("installation", 41),
                "object_name": "twice",
                "next_page_token": token,
                "updated_at": instant(694),
            }
            for token in ("first", "second")
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    newest: dict[tuple[str, str, str], dict[str, object]] = {}
    for row in sorted(
        before["read_states"], key=lambda row: (datetime.fromisoformat(row["updated_at"]), int(row["id"]))
    ):
        newest[row["project_id"], row["installation_id"], row["object_name"]] = row
    found = after.by("read_states", "project_id", "installation_id", "object_name")
    assert len(found) == len(after["read_states"]), f"{REVISION}: read_states still has duplicates"
    wrong = [name for name, row in newest.items() if found.get(name) != row]
    assert not wrong, f"{REVISION}: read_states {wrong[0]} is not the newest"
    assert found.keys() == newest.keys(), f"{REVISION}: read_states came from nowhere"
