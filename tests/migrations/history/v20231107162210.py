from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    # Of code that does not know the tenant, and of code that does.
    rows.insert(
        "revisions",
        *(
            {
                "id": key("revision", n),
                "integration_id": key("integration", n - 10),
                "content": {},
                "project_id": tenant,
            }
            | {"created_at": instant(190)}
            for n, tenant in ((11, None), (12, key("project", 2)))
        ),
    )
    rows.insert(
        "read_states",
        *(
            {"installation_id": key("installation", n), "object_name": "task", "next_page_token": None}
            | {"updated_at": instant(190), "project_id": tenant}
            for n, tenant in ((1, None), (2, key("project", 2)))
        ),
    )
    # The release of before turns the page of a row that has no tenant yet.
    rows.execute(
        "UPDATE read_states SET next_page_token = 'page-9' WHERE installation_id = %(id)s AND object_name = ''",
        {"id": key("installation", 3)},
    )
