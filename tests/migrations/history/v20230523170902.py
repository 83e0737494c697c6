from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LATEST, LONG, ODD, PROJECTS


def _read(*objects: dict[str, Any]) -> dict[str, Any]:
    return {"read": {"objects": list(objects)}}


# integration, days, spec version, content; numbers are those of the keys
REVISIONS: tuple[tuple[int, float, str, dict[str, Any]], ...] = (
    (1, 23, "1.0.0", _read({"objectName": "contact", "inheritMappingFromRead": True, "destination": "hook"})),
    (1, 24, "1.0.0", _read({"objectName": "contact"}, {"objectName": "account", "inheritMappingFromRead": False})),
    # Two of one moment: the identifier decides which is the later one.
    (1, 25, "1.1.0", _read()),
    (1, 25, "1.1.0", {"write": {"objects": [{"objectName": "lead", "inheritMapping": True}]}}),
    (2, 23, "1.0.0", {}),
    (3, 23, "", {"read": {}}),
    (4, 23, ODD[2], {ODD[3]: [None, True, -1.5e300, ODD[2], {"inheritMappingFromRead": None}], "": LONG}),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "integrations",
        *(
            {
                "id": key("integration", n),
                "project_id": key("project", project),
                "name": name,
                "provider": provider,
                "created_at": instant(22),
                "updated_at": LATEST,
            }
            for n, (project, name, provider) in enumerate(
                [
                    (1, "salesforce-read", "salesforce"),
                    (2, "salesforce-read", "salesforce"),
                    (3, "", "salesforce"),
                    (4, ODD[2], "salesforce"),
                    # It has no revision.
                    (1, ODD[5], "hubspot"),
                ],
                1,
            )
        ),
    )
    rows.insert(
        "revisions",
        *(
            {
                "id": key("revision", n),
                "integration_id": key("integration", integration),
                "spec_version": version,
                "content": content,
                "created_at": instant(days),
            }
            for n, (integration, days, version, content) in enumerate(REVISIONS, 1)
        ),
    )
    rows.execute(
        """INSERT INTO integrations (id, project_id, name, provider, created_at, updated_at)
           SELECT md5('integration ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], 'Many ' || n, 'hubspot', t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-24Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
    rows.execute(
        """INSERT INTO revisions (id, integration_id, content, created_at)
           SELECT md5('revision ' || n || ' ' || k)::uuid, md5('integration ' || n)::uuid,
             jsonb_build_object('read', jsonb_build_object('objects', jsonb_build_array(
               jsonb_build_object('objectName', 'contact'),
               jsonb_build_object('objectName', 'account', 'inheritMappingFromRead', mod(n, 2) = 0)))),
             timestamptz '2023-05-24Z' + mod(k, 2) * interval '1 day'
           FROM generate_series(1, %(size)s) n, generate_series(1, 1 + mod(n, 3)) k""",
        {"size": rows.size},
    )
