from __future__ import annotations

from tests.migrations.history.v20240709164822 import plant_config, plant_installation
from tests.migrations.rows import Rows, Snapshot, key

REVISION = "20240813163255"


def plant(rows: Rows) -> None:
    plant_installation(rows, 46, 470, config_id=key("installation_config", 62))
    plant_config(rows, 62, 46, 1, content={"read": {"objects": {"lead": {}}}}, created_by="builder/1")


def promise(before: Snapshot, after: Snapshot) -> None:
    assert after["installation_configs"] == before["installation_configs"], f"{REVISION}: installation_configs"
    now = after.by("installations", "project_id", "id")
    for row in before["installations"]:
        rest = {name: value for name, value in row.items() if name not in {"config", "revision_id"}}
        assert now[row["project_id"], row["id"]] == rest, f"{REVISION}: installations {row['id']}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    now = after.by("installations", "project_id", "id")
    configs = before.by("installation_configs", "project_id", "id")
    for row in before["installations"]:
        current = configs[row["project_id"], row["config_id"]]
        expected = row | {"config": current["content"], "revision_id": current["revision_id"]}
        assert now[row["project_id"], row["id"]] == expected, f"{REVISION}: installations {row['id']}"
