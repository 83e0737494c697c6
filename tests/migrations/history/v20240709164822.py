from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD

CONTACT = {"backfillConfig": {"defaultDays": 7}}
# installation, configuration: of the next release, which leaves the inline document and the revision empty
CONFIGS: tuple[tuple[int, int, dict[str, Any], str], ...] = (
    (41, 41, {"read": {"objects": {"contact": CONTACT}}}, "builder/1"),
    (42, 42, {}, ""),
    (43, 43, {"read": {"objects": []}, ODD[3]: LONG}, ODD[2]),
)


def plant_installation(rows: Rows, n: int, days: float, **columns: Any) -> None:
    """Plant an installation of project 1 with its own connection; the other columns are given."""
    own = {"project_id": key("project", 1), "created_at": instant(days), "updated_at": instant(days)}
    rows.insert(
        "installations",
        own
        | {"id": key("installation", n), "integration_id": key("integration", 1), "group_ref": f"group-{n}"}
        | {"connection_id": key("connection", n)}
        | columns,
    )


def plant_config(rows: Rows, n: int, installation: int, number: int, **columns: Any) -> None:
    """Plant a configuration of an installation of project 1, with revision 2 of integration 1."""
    rows.insert(
        "installation_configs",
        {
            "project_id": key("project", 1),
            "id": key("installation_config", n),
            "installation_id": key("installation", installation),
            "revision_id": key("revision", 2),
            "number": number,
            "created_at": instant(436),
        }
        | columns,
    )


def plant(rows: Rows) -> None:
    # The installation first: the pointer is looked at when both are there.
    for installation, config, content, creator in CONFIGS:
        plant_installation(rows, installation, 436, revision_id=None, config_id=key("installation_config", config))
        plant_config(rows, config, installation, 1, content=content, created_by=creator)
    # A release that knows both has changed the first of them since.
    plant_config(rows, 44, 41, 2, content={"read": {"objects": {"contact": CONTACT, "lead": {}}}}, created_by="jwt")
    rows.execute(
        "UPDATE installations SET config_id = %(config)s WHERE id = %(id)s",
        {"config": key("installation_config", 44), "id": key("installation", 41)},
    )
    rows.insert(
        "operations",
        {
            "project_id": key("project", 1),
            "id": key("operation", 481),
            "integration_id": key("integration", 1),
            "installation_id": key("installation", 41),
            "config_id": key("installation_config", 41),
            "type": "read",
            "created_at": instant(436),
            "updated_at": instant(436),
        },
    )
    # Of the release of before: inline, without a row of its own.
    plant_installation(
        rows,
        44,
        436,
        revision_id=key("revision", 1),
        config={"read": {"objects": {"contact": CONTACT, "list": [CONTACT], "none": None}}},
        created_by=None,
    )
