from __future__ import annotations

from hashlib import md5
from typing import Any
from uuid import UUID

from tests.migrations.history.v20240709164822 import plant_config, plant_installation
from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20240709171140"

# Objects of configurations: all shapes that a rewriting of their keys may meet.
OBJECTS: dict[str, Any] = {
    "plain": {"backfillConfig": {"defaultDays": 30}},
    "with more": {"schedule": "0 * * * *", "backfillConfig": {"defaultDays": 0, "note": ODD[3]}, "selectedFields": {}},
    "no days": {"backfillConfig": {"defaultDays": None}},
    "a fraction": {"backfillConfig": {"defaultDays": 1.5}},
    "both": {"backfillConfig": {"defaultDays": 1}, "backfill": {"defaultPeriod": {"fullHistory": True}}},
    "empty": {"backfillConfig": {}},
    "mixed": {"backfillConfig": {"defaultDays": 1, "defaultPeriod": {"days": 2}}},
    "null": {"backfillConfig": None},
    "an array": {"backfillConfig": [{"defaultDays": 1}]},
    "deeper": {"inner": {"backfillConfig": {"defaultDays": 1}}},
    "nothing": None,
    "a text": "backfillConfig",
    "an array of it": ["backfillConfig", {"backfillConfig": {"defaultDays": 1}}],
    "": {"": {}},
}
DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"read": {"objects": OBJECTS}, "write": {"objects": OBJECTS}},
    {"read": {"objects": [OBJECTS["plain"], OBJECTS]}},
    {"read": {"objects": None}},
    {"read": {"objects": "plain"}},
    {"read": [{"objects": OBJECTS}]},
    {"read": None},
    {"objects": OBJECTS},
)


def first_config(project: object, installation: object) -> UUID:
    """Return the id of the configuration that the revision makes for an installation."""
    return UUID(md5(f"first configuration of {project} {installation}".encode()).hexdigest())


def plant(rows: Rows) -> None:
    for n, content in enumerate(DOCUMENTS, 51):
        plant_config(rows, n, 43, 2 + n - 51, content=content, created_by="system")
    # A change of a configuration that was made by the revision, and a run with one of them.
    plant_config(rows, 45, 1, 2, content={"read": {"objects": OBJECTS}}, created_by="builder/1")
    rows.execute(
        "UPDATE installations SET config_id = %(config)s WHERE (project_id, id) = (%(project)s, %(id)s)",
        {"config": key("installation_config", 45), "project": key("project", 1), "id": key("installation", 1)},
    )
    rows.insert(
        "operations",
        *(
            {
                "project_id": key("project", 1),
                "id": key("operation", 490 + n),
                "integration_id": key("integration", 1),
                "installation_id": key("installation", n),
                "config_id": first_config(key("project", 1), key("installation", n)),
                "type": "write",
                "created_at": instant(437),
                "updated_at": instant(437),
            }
            for n in (1, 5)
        ),
    )
    plant_installation(rows, 45, 437, revision_id=None, config_id=key("installation_config", 46))
    plant_config(rows, 46, 45, 1, content={}, created_by="jwt")


def promise(before: Snapshot, after: Snapshot) -> None:
    now = after.by("installations", "project_id", "id")
    configs = after.by("installation_configs", "project_id", "id")
    made = 0
    for row in before["installations"]:
        identity = row["project_id"], row["id"]
        if row["config_id"] is not None:
            assert now[identity] == row, f"{REVISION}: installations {identity}"
            continue
        made += 1
        config_id = str(first_config(*identity))
        assert now[identity] == row | {"config_id": config_id}, f"{REVISION}: installations {identity}"
        assert configs[row["project_id"], config_id] == {
            "project_id": row["project_id"],
            "id": config_id,
            "installation_id": row["id"],
            "revision_id": row["revision_id"],
            "number": 1,
            "content": row["config"],
            "created_by": "system" if row["created_by"] is None else row["created_by"],
            "created_at": row["created_at"],
        }, f"{REVISION}: installation_configs {config_id}"
    assert len(configs) == len(before["installation_configs"]) + made, f"{REVISION}: installation_configs has too many"
