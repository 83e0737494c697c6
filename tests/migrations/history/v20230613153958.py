from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

# project, name, url
DESTINATIONS = (
    (1, "hook", "https://example.com/hook"),
    (2, "hook", "https://example.com/hook"),
    (3, "", ""),
    (4, ODD[2], ODD[2]),
    (1, ODD[3], ODD[3]),
    (1, ODD[5], "https://example.com/?" + LONG),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", n),
                "project_id": key("project", project),
                "name": name,
                "type": "webhook",
                "url": url,
                "created_at": instant(44),
                "updated_at": instant(44 + n),
            }
            for n, (project, name, url) in enumerate(DESTINATIONS, 1)
        ),
    )
    rows.execute(
        """INSERT INTO destinations (id, project_id, name, url, created_at, updated_at)
           SELECT md5('destination ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], 'Many ' || n,
             'https://example.com/' || n, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-06-13Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
