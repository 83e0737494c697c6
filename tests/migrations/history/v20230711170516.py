from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20230711170516"


def plant(rows: Rows) -> None:
    # The integration first, its revisions after it: the pointer is looked at when both are there.
    with rows.connection.transaction():
        rows.insert(
            "integrations",
            {
                "id": key("integration", 6),
                "project_id": key("project", 1),
                "name": "zendesk-read",
                "provider": "zendeskSupport",
                # Set by hand: the newest is revision 9.
                "latest_revision_id": key("revision", 8),
                "created_at": instant(71),
                "updated_at": instant(71),
            },
        )
        rows.insert(
            "revisions",
            *(
                {
                    "id": key("revision", n),
                    "integration_id": key("integration", 6),
                    "content": {"read": {"objects": [{"objectName": "ticket"}]}},
                    "created_at": instant(64 + n),
                }
                for n in (8, 9)
            ),
        )


def promise(before: Snapshot, after: Snapshot) -> None:
    newest: dict[str, tuple[datetime, str]] = {}
    for row in before["revisions"]:
        integration, place = row["integration_id"], (datetime.fromisoformat(row["created_at"]), row["id"])
        newest[integration] = max(newest.get(integration, place), place)
    for row in after["integrations"]:
        expected = newest[row["id"]][1] if row["id"] in newest else None
        assert row["latest_revision_id"] == expected, f"{REVISION}: integrations {row['id']} is not at its newest"
