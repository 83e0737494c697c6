from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "jwt_keys",
        *(
            {
                "project_id": key("project", project),
                "id": key("jwt_key", n),
                "label": label,
                "public_key_pem": "-----BEGIN PUBLIC KEY-----" + text,
                "active": n % 2 == 0,
                "created_at": instant(833),
                "updated_at": instant(833),
            }
            for n, (project, label, text) in enumerate(
                [(1, "main", "\nMIIB"), (2, "main", ""), (1, "", LONG), (1, ODD[3], ODD[3]), (3, ODD[2], ODD[2])], 1
            )
        ),
    )
