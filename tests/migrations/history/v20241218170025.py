from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20241218170025"


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """Return a revision's content with the new key."""
    read = document.get("read")
    if not isinstance(read, dict) or not isinstance(read.get("objects"), list):
        return document
    return document | {"read": read | {"objects": [_renamed(each) for each in read["objects"]]}}


def _renamed(found: Any) -> Any:
    if not isinstance(found, dict) or "inheritMappingFromRead" not in found or "inheritMapping" in found:
        return found
    names = {"inheritMappingFromRead": "inheritMapping"}
    return {names.get(name, name): value for name, value in found.items()}


def plant(rows: Rows) -> None:
    rows.insert(
        "revisions",
        {
            "project_id": key("project", 2),
            "id": key("revision", 60),
            "integration_id": key("integration", 2),
            "number": 60,
            "content": {
                "read": {
                    "objects": [
                        {"objectName": "lead", "inheritMapping": True},
                        {"inheritMapping": {}, "inheritMappingFromRead": None},
                    ]
                }
            },
            "created_at": instant(597),
        },
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("revisions", "project_id", "id")
    assert len(now) == len(before["revisions"]), f"{REVISION}: revisions came or went"
    for row in before["revisions"]:
        expected = row | {"content": renamed(row["content"])}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: revisions {row['id']}"
