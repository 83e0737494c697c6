from __future__ import annotations

from hashlib import md5
from uuid import UUID

from tests.migrations import sealed
from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LONG, ODD

REVISION = "20250114165511"

# table, key, column of before, envelope, key id
COLUMNS = (
    ("connection_secrets", ("project_id", "connection_id", "kind"), "secret", "ciphertext", "encryption_key_id"),
    ("provider_apps", ("project_id", "id"), "client_secret", "client_secret_ciphertext", "client_secret_key_id"),
)


def plant(rows: Rows) -> None:
    """Plant what the next release seals itself, also with a key that retires meanwhile."""
    times = {"created_at": instant(625), "updated_at": instant(625)}
    rows.insert(
        "connection_secrets",
        *(
            sealed.secret_row(text, 41, 1, 55, kind) | times
            for kind, text in zip(("access_token", "refresh_token", "basic"), ("", ODD[2], LONG), strict=True)
        ),
    )
    text = sealed.envelope("42's", 41, *COLUMNS[1][0:4:3], key("project", 1), key("provider_app", 42))
    rows.insert(
        "provider_apps",
        {"project_id": key("project", 1), "id": key("provider_app", 42), "provider": "hubspot", "client_id": "42"}
        | {"client_secret": None, "client_secret_ciphertext": text, "client_secret_key_id": key("encryption_key", 41)}
        | times,
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    keys = after.by("encryption_keys", "project_id", "id")
    assert all(row in after["encryption_keys"] for row in before["encryption_keys"]), f"{REVISION}: a key changed"
    active = {
        row["project_id"]
        for row in before["encryption_keys"]
        if (row["purpose"], row["status"]) == ("credentials", "active")
    }
    for table, primary, plain, column, key_id in COLUMNS:
        texts = dict(sealed.opened(after, table, column, key_id, *primary))
        now = after.by(table, *primary)
        for row in before[table]:
            name = tuple(row[each] for each in primary)
            if row[plain] is None:
                assert now[name] == row, f"{REVISION}: {table} {name}"
                continue
            assert texts[name] == row[plain], f"{REVISION}: {table} {name}"
            used = keys[row["project_id"], now[name][key_id]]
            status = "retiring" if row["project_id"] in active else "active"
            assert (used["id"], used["purpose"], used["status"]) == (
                _made(row["project_id"]),
                "credentials",
                status,
            ), f"{REVISION}: {table} {name}"
            expected = row | {plain: None, "version": row["version"] + 1}
            assert now[name] == expected | {each: now[name][each] for each in (column, key_id)}, (
                f"{REVISION}: {table} {name}"
            )
    envelopes = [row[column] for table, _, _, column, _ in COLUMNS for row in after[table] if row[column]]
    nonces = {(text[4:36], text[36:60]) for text in envelopes}
    assert len(nonces) == len(envelopes), f"{REVISION}: a nonce was used twice"
    idle = {row["project_id"] for row in after["encryption_keys"]} - {
        row["project_id"] for table in ("connection_secrets", "provider_apps") for row in after[table]
    }
    assert idle == set(), f"{REVISION}: encryption_keys of projects without a secret: {idle}"


def promise_down(before: Snapshot, after: Snapshot) -> None:
    """What is sealed with a key of this revision is plain again, and the key is gone; the rest is as it was."""
    for table, primary, plain, column, key_id in COLUMNS:
        texts = dict(sealed.opened(before, table, column, key_id, *primary))
        now = after.by(table, *primary)
        for row in before[table]:
            name = tuple(row[each] for each in primary)
            expected = row
            if row[key_id] == _made(row["project_id"]):
                expected = row | {plain: texts[name], column: None, key_id: None, "version": row["version"] - 1}
            assert now[name] == expected, f"{REVISION}: {table} {name}"
    kept = [row for row in before["encryption_keys"] if row["id"] != _made(row["project_id"])]
    assert after["encryption_keys"] == kept, f"{REVISION}: encryption_keys"


def _made(project: str) -> str:
    """Return the id of the key that the revision makes for a project."""
    return str(UUID(md5(f"sealing key of {project}".encode()).hexdigest()))
