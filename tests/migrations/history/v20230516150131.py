from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS


def plant(rows: Rows) -> None:
    for table, word in (("groups", "group"), ("consumers", "consumer")):
        rows.insert(
            table,
            *(
                {
                    "project_id": key("project", n),
                    f"{word}_ref": f"{word}-1",
                    f"{word}_name": f"{word.title()} 1",
                    "created_at": instant(15),
                    "updated_at": instant(16),
                }
                for n in range(1, 5)
            ),
            *(
                {
                    "project_id": key("project", 1),
                    f"{word}_ref": reference,
                    f"{word}_name": name,
                    "created_at": EARLIEST,
                    "updated_at": LATEST,
                }
                for reference, name in zip(ODD, [LONG, *ODD], strict=False)
            ),
        )
        rows.execute(
            f"""INSERT INTO {table} (project_id, {word}_ref, {word}_name, created_at, updated_at)
               SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], 'many-' || n, '{word} ' || n, t, t
               FROM generate_series(1, %(size)s) n,
                 LATERAL (SELECT timestamptz '2023-05-16Z' + n * interval '1 min' AS t) x""",
            {"size": rows.size} | PROJECTS,
        )
