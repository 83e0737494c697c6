from __future__ import annotations

from tests.migrations import sealed
from tests.migrations.history.v20241119163728 import KINDS
from tests.migrations.history.v20250114165511 import COLUMNS
from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20250128170936"


def plant(rows: Rows) -> None:
    times = {"created_at": instant(638), "updated_at": instant(639)}
    rows.insert("connection_secrets", *(sealed.secret_row(f"{kind}'s", 41, 1, 56, kind) | times for kind in KINDS))
    name = key("project", 1), key("provider_app", 43)
    rows.insert(
        "provider_apps",
        {"project_id": name[0], "id": name[1], "provider": "hubspot", "client_id": "43"}
        | {"client_secret_key_id": key("encryption_key", 41)}
        | {"client_secret_ciphertext": sealed.envelope("43's", 41, "provider_apps", "client_secret_ciphertext", *name)}
        | times,
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    """What was plain opens to what it was; all else is as it was, without the plain column."""
    for table, primary, plain, column, key_id in COLUMNS:
        texts = dict(sealed.opened(after, table, column, key_id, *primary))
        now = after.by(table, *primary)
        assert len(now) == len(before[table]), f"{REVISION}: {table} came or went"
        for row in before[table]:
            name = tuple(row[each] for each in primary)
            expected = {each: value for each, value in row.items() if each != plain}
            if row[plain] is not None:
                assert texts[name] == row[plain], f"{REVISION}: {table} {name}"
                expected |= {each: now[name][each] for each in (column, key_id)} | {"version": row["version"] + 1}
            assert now[name] == expected, f"{REVISION}: {table} {name}"
