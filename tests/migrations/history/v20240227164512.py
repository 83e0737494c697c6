from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "audit_events",
        *(
            {
                "organization_id": key("organization", 1 + n % 3),
                "id": key("audit_event", n),
                # Also of a project that is no more.
                "project_id": key("project", 404) if n == 3 else None,
                "actor_type": actor,
                "actor_id": None if actor == "service" else f"{actor}-1",
                "action": "updated",
                "entity": "integration",
                "entity_id": str(key("integration", n)),
                "changes": {"name": ["old", ODD[2]]},
                "occurred_at": instant(300),
            }
            for n, actor in enumerate(("builder", "api_key", "jwt", "service", "admin"), 1)
        ),
        *(
            {
                "organization_id": key("organization", 1),
                "id": key("audit_event", n),
                "project_id": key("project", 1),
                "actor_type": "service",
                "actor_id": ODD[3],
                "action": "",
                "entity": ODD[2],
                "entity_id": ODD[5],
                "changes": changes,
                "occurred_at": time,
            }
            for n, changes, time in ((6, {}, EARLIEST), (7, {"": LONG}, LATEST))
        ),
    )
