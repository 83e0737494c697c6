from __future__ import annotations

from tests.migrations import sealed
from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD

KINDS = ("access_token", "refresh_token", "api_key", "basic", "client_credentials", "password")


def plant(rows: Rows) -> None:
    times = {"created_at": instant(568), "updated_at": instant(568)}
    rows.insert(
        "encryption_keys",
        # project 1 has no active key for credentials: one retires, and one is retired.
        sealed.key_row(1, 41) | {"status": "retiring", "retired_at": None, "purpose": "credentials"},
        sealed.key_row(1, 42) | {"status": "retired", "retired_at": instant(569), "purpose": "credentials"},
        # A project has one active key for each purpose.
        sealed.key_row(1, 43) | {"status": "active", "retired_at": None, "purpose": ODD[3]},
        sealed.key_row(2, 44) | {"status": "active", "retired_at": None, "purpose": ""},
        # project 4 has one for credentials already.
        sealed.key_row(4, 45) | {"status": "active", "retired_at": None, "purpose": "credentials"},
    )
    rows.execute("UPDATE encryption_keys SET created_at = %(time)s", {"time": instant(568)})
    # The next release writes tokens in both places.
    rows.insert(
        "connections",
        {
            "project_id": key("project", 1),
            "id": key("connection", 52),
            "provider_app_id": key("provider_app", 2),
            "group_ref": "group-52",
            "consumer_ref": "consumer-1",
            "access_token": "both",
            "refresh_token": "both too",
            "token_expires_at": instant(570),
        }
        | times,
    )
    rows.insert(
        "connection_secrets",
        *(
            {
                "project_id": key("project", 1),
                "connection_id": key("connection", connection),
                "kind": kind,
                "secret": secret,
                "scopes": scopes,
                "issued_at": issued,
                "expires_at": expires,
            }
            | times
            for connection, kind, secret, scopes, issued, expires in (
                (52, "access_token", "both", ["a", "b"], instant(568), instant(570)),
                (52, "refresh_token", "both too", [], None, instant(600)),
                *(
                    (41, kind, secret, [], EARLIEST, LATEST)
                    for kind, secret in zip(KINDS[2:], (*ODD[2:5], LONG), strict=True)
                ),
                (42, "api_key", "", list(ODD[:3]), None, None),
            )
        ),
    )
    rows.insert(
        "provider_apps",
        {"project_id": key("project", 1), "id": key("provider_app", 41), "provider": "hubspot", "client_id": "41"}
        | {"client_secret": ODD[2]}
        | times,
    )
    # The code of this release may seal already.
    name = key("project", 4), key("provider_app", 44)
    rows.insert(
        "provider_apps",
        {"project_id": name[0], "id": name[1], "provider": "hubspot", "client_id": "44", "client_secret": None}
        | {"client_secret_key_id": key("encryption_key", 45)}
        | {"client_secret_ciphertext": sealed.envelope("44's", 45, "provider_apps", "client_secret_ciphertext", *name)}
        | times,
    )


def make_way(rows: Rows) -> None:
    rows.execute("DELETE FROM provider_apps WHERE client_secret IS NULL")
