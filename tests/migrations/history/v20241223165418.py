from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import ODD

REVISION = "20241223165418"

SCHEMES = (
    "none",
    "apiKey",
    "basic",
    "oauth2/authorizationCode",
    "oauth2/authorizationCodePKCE",
    "oauth2/clientCredentials",
    "oauth2/password",
)
STATUSES = ("created", "working", "bad_credentials")


def plant(rows: Rows) -> None:
    # Each still has an app.
    rows.insert(
        "connections",
        *(
            {
                "project_id": key("project", 1),
                "id": key("connection", n),
                "provider_app_id": key("provider_app", 2),
                "group_ref": f"group-{n}",
                "consumer_ref": "consumer-1",
                "provider_consumer_ref": ODD[n % 6] if n % 2 else None,
                "auth_scheme": scheme,
                "status": STATUSES[n % 3],
                "created_at": instant(602),
                "updated_at": instant(602),
            }
            for n, scheme in enumerate(SCHEMES, 55)
        ),
    )
    rows.execute(
        "UPDATE connections SET status = 'bad_credentials' WHERE (project_id, id) = (%(project)s, %(id)s)",
        {"project": key("project", 1), "id": key("connection", 1)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    signed_in = {
        (row["project_id"], row["connection_id"])
        for row in before["connection_secrets"]
        if row["kind"] == "access_token"
    }
    now = after.by("connections", "project_id", "id")
    for row in before["connections"]:
        name = row["project_id"], row["id"]
        expected = row | {
            "auth_scheme": "oauth2/authorizationCode",
            "status": "working" if name in signed_in else "created",
            "provider_consumer_ref": None,
        }
        assert now[name] == expected, f"{REVISION}: connections {name}"
