from __future__ import annotations

from hashlib import sha256

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "api_keys",
        *(
            {
                "project_id": key("project", 2),
                "id": key("api_key", n),
                "key": plain,
                "label": "said",
                "scopes": ["read"],
                "key_prefix": f"new-{n}",
                "key_hash": sha256(f"new-{n}".encode()).digest(),
                "created_at": instant(540),
                "updated_at": instant(540),
            }
            # The next release writes no plain text any more.
            for n, plain in ((43, "plain-0123456789"), (44, None), (45, None))
        ),
    )
    # In another project, the id of a key.
    rows.execute(
        """INSERT INTO api_keys (project_id, id, key, label, scopes)
           SELECT %(project)s, id, 'twin-0123456789', 'twin', '{frontend}' FROM api_keys WHERE id = %(id)s""",
        {"project": key("project", 3), "id": key("api_key", 41)},
    )
    rows.execute(
        "UPDATE api_keys SET created_at = %(time)s, updated_at = %(time)s WHERE label = 'twin'", {"time": instant(540)}
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM api_keys WHERE key IS NULL")
