from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD

SCOPES = (
    ["full"],
    ["frontend"],
    ["read", "write", "proxy"],
    ["proxy", "proxy"],
    ["full", "frontend", "read", "write", "proxy"],
)


def plant(rows: Rows) -> None:
    rows.insert(
        "api_keys",
        *(
            {
                "key": f"scoped-{n}-0123456789",
                "project_id": key("project", 1 + n % 2),
                "label": ODD[n],
                "scopes": scopes,
            }
            | {"created_at": instant(515), "updated_at": instant(515)}
            for n, scopes in enumerate(SCOPES)
        ),
    )
    # The release of before says none.
    rows.insert(
        "api_keys",
        {"key": "unscoped-0123456789", "project_id": key("project", 1), "label": "unscoped"}
        | {"created_at": instant(515), "updated_at": instant(515)},
    )
