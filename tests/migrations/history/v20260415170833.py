from __future__ import annotations

from typing import Any

from psycopg.types.json import Jsonb

from tests.migrations.rows import Rows, key
from tests.migrations.samples import LONG, ODD

DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"authQueryParams": {"prompt": "consent"}, "providerParams": {ODD[3]: LONG}},
    {"authQueryParams": None},
    {"providerParams": {}},
)


def plant(rows: Rows) -> None:
    for n, document in enumerate(DOCUMENTS, 1):
        rows.execute(
            "UPDATE provider_apps SET metadata = %(document)s WHERE (project_id, id) = (%(project)s, %(id)s)",
            {"document": Jsonb(document), "project": key("project", 1), "id": key("provider_app", 80 + n)},
        )
