from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD


def plant(rows: Rows) -> None:
    # name, url, document: of the code of before, of the next, and of one that sends both
    written: tuple[tuple[str, str | None, dict[str, Any] | None], ...] = (
        ("of old code", "https://example.com/old", None),
        ("of new code", None, {"url": "https://example.com/new", "headers": {ODD[3]: ODD[2]}}),
        ("of both", "https://example.com/both", {"note": None}),
    )
    rows.insert(
        "destinations",
        *(
            {
                "id": key("destination", n),
                "project_id": key("project", 1),
                "name": name,
                "url": url,
                "metadata": document,
                "created_at": instant(148),
                "updated_at": instant(148),
            }
            for n, (name, url, document) in enumerate(written, 8)
        ),
    )
    for n, change in ((8, "metadata = metadata || '{\"note\": 1}'"), (9, "url = url || '/2'"), (1, "name = 'hooks'")):
        rows.execute(f"UPDATE destinations SET {change} WHERE id = %(id)s", {"id": key("destination", n)})
