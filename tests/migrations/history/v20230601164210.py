from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

# key, project, label, active
KEYS = (
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ012345", 1, "production", True),
    ("ABCDEFGHIJKLMNOPQRSTUVWXYZ012346", 1, "production", False),
    ("k", 2, "", True),
    ("ключ-🙂-ключ", 3, ODD[2], True),
    ("'; DROP TABLE api_keys; --", 4, ODD[3], False),
    ("x" * 2000, 1, LONG, True),
)


def plant(rows: Rows) -> None:
    # Still without a time zone: the times are UTC.
    rows.insert(
        "api_keys",
        *(
            {
                "key": name,
                "project_id": key("project", project),
                "label": label,
                "active": active,
                "created_at": instant(32).replace(tzinfo=None),
                "updated_at": instant(32.0625).replace(tzinfo=None),
            }
            for name, project, label, active in KEYS
        ),
        {"key": "times", "project_id": key("project", 1), "label": "times", "active": True}
        | {"created_at": EARLIEST.replace(tzinfo=None), "updated_at": LATEST.replace(tzinfo=None)},
    )
    rows.execute(
        """INSERT INTO api_keys (key, project_id, label, active, created_at, updated_at)
           SELECT md5('api_key ' || n), (%(projects)s::uuid[])[1 + mod(n, 4)], 'Many ' || n, mod(n, 5) > 0, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamp '2023-06-01' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
