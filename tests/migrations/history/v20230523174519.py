from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

CONTACT = {"backfillConfig": {"defaultDays": 30}, "selectedFields": {"email": True}}
# project, integration, connection, revision, group, configuration, creator
INSTALLATIONS: tuple[tuple[int, int, int, int, str, dict[str, Any], str | None], ...] = (
    (1, 1, 1, 2, "group-1", {"read": {"objects": {"contact": CONTACT, "account": {"schedule": "0 * * * *"}}}}, "ada"),
    (2, 2, 2, 5, "group-1", {"read": {"objects": {"contact": {"backfillConfig": {"defaultDays": 0}}}}}, ODD[2]),
    (3, 3, 3, 6, "group-1", {}, None),
    (4, 4, 4, 7, "group-1", {"read": {"objects": {}}}, ""),
    (1, 1, 5, 1, ODD[2], {"read": {}, "write": {"objects": {"lead": {"mode": "insert"}}}}, ODD[3]),
    (1, 1, 6, 4, ODD[3], {ODD[3]: [None, False, 1e300, ODD[2]], "": LONG}, LONG),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "installations",
        *(
            {
                "id": key("installation", n),
                "project_id": key("project", project),
                "integration_id": key("integration", integration),
                "connection_id": key("connection", connection),
                "revision_id": key("revision", revision),
                "group_ref": group,
                "config": config,
                "created_by": creator,
                "created_at": instant(25),
                "updated_at": instant(25 + n),
            }
            for n, (project, integration, connection, revision, group, config, creator) in enumerate(INSTALLATIONS, 1)
        ),
    )
    rows.execute(
        """INSERT INTO installations (id, project_id, integration_id, connection_id, revision_id, group_ref, config,
             created_by, created_at, updated_at)
           SELECT md5('installation ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)],
             md5('integration ' || n)::uuid, md5('connection ' || n)::uuid, md5('revision ' || n || ' 1')::uuid,
             'many-' || n,
             jsonb_build_object('read', jsonb_build_object('objects', jsonb_build_object(
               'contact', jsonb_build_object('backfillConfig', jsonb_build_object('defaultDays', mod(n, 90))),
               'account', jsonb_build_object('schedule', '0 * * * *')))),
             nullif('builder-' || mod(n, 4), 'builder-0'), t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-25Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
