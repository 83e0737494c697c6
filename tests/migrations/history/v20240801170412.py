from __future__ import annotations

from typing import Any

from tests.migrations.history.v20240709164822 import plant_config
from tests.migrations.rows import Rows, Snapshot, key
from tests.migrations.samples import ODD

REVISION = "20240801170412"

# Objects in the new shape, among them such as the old one cannot say.
OBJECTS: dict[str, Any] = {
    "plain": {"backfill": {"defaultPeriod": {"days": 30}}},
    "all": {"backfill": {"defaultPeriod": {"fullHistory": True}}},
    "both": {"backfill": {"defaultPeriod": {"days": 1}}, "backfillConfig": {"defaultDays": 2}},
    "more": {"backfill": {"defaultPeriod": {"days": 1, "fullHistory": False}}},
    "note": {"backfill": {"defaultPeriod": {"days": None}, "note": ODD[2]}},
    "mixed": {"backfill": {"defaultPeriod": {"days": 1}, "defaultDays": 1}},
    "empty": {"backfill": {}},
    "null": {"backfill": None},
    "text": {"backfill": {"defaultPeriod": "days"}},
    "list": {"backfill": {"defaultPeriod": ["days"]}},
}


def renamed(document: dict[str, Any]) -> dict[str, Any]:
    """Return a configuration in the new shape."""
    read = document.get("read")
    if not isinstance(read, dict) or not isinstance(read.get("objects"), dict):
        return document
    return document | {"read": read | {"objects": {name: _renamed(each) for name, each in read["objects"].items()}}}


def _renamed(found: Any) -> Any:
    old = found.get("backfillConfig") if isinstance(found, dict) else None
    if not isinstance(old, dict) or "defaultDays" not in old or "defaultPeriod" in old or "backfill" in found:
        return found
    rest = {name: value for name, value in found.items() if name != "backfillConfig"}
    more = {name: value for name, value in old.items() if name != "defaultDays"}
    return rest | {"backfill": more | {"defaultPeriod": {"days": old["defaultDays"]}}}


def plant(rows: Rows) -> None:
    plant_config(rows, 61, 42, 2, content={"read": {"objects": OBJECTS}}, created_by="builder/1")
    rows.execute(
        "UPDATE installations SET config_id = %(config)s WHERE (project_id, id) = (%(project)s, %(id)s)",
        {"config": key("installation_config", 61), "project": key("project", 1), "id": key("installation", 42)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("installation_configs", "project_id", "id")
    assert len(now) == len(before["installation_configs"]), f"{REVISION}: installation_configs came or went"
    for row in before["installation_configs"]:
        expected = row | {"content": renamed(row["content"])}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: installation_configs {row['id']}"
