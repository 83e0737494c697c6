from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant names that locales order otherwise than code points do."""
    rows.insert(
        "groups",
        *(
            {"project_id": key("project", 4), "group_ref": reference, "group_name": reference}
            | {"created_at": instant(280), "updated_at": instant(280)}
            for reference in ("a", "B", "_", "Z", "ä", "ß", "ss", "i\u0307", "é", "e\u0301", "\U0010ffff")
        ),
    )
