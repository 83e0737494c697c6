from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LATEST, ODD


def plant(rows: Rows) -> None:
    rows.insert(
        "read_states",
        *(
            {
                "project_id": key("project", 1),
                "installation_id": key("installation", 43),
                "object_name": name,
                "next_page_token": token,
                "updated_at": time,
                "version": version,
            }
            for version, (name, token, time) in enumerate(
                (("contact", None, instant(696)), ("", ODD[3], LATEST), (ODD[2], "", instant(696))), 1
            )
        ),
    )
