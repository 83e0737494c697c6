from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "commit_tokens",
        *({"token": key("token", n), "void": n % 2 == 0, "created_at": instant(1220 + n)} for n in range(1, 5)),
    )
