from __future__ import annotations

from tests.migrations import sealed
from tests.migrations.history.v20241119163728 import KINDS
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
    for table, plain in (("connection_secrets", "secret"), ("provider_apps", "client_secret")):
        expected = [{name: value for name, value in row.items() if name != plain} for row in before[table]]
        missing = after.lacks(table, expected)
        assert not missing, f"{REVISION}: {table} changed: {missing[0]}"
