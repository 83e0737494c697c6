from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20250103164920"


def plant(rows: Rows) -> None:
    # Of the release of before, whose provider the trigger finds; and of those that need no app.
    rows.insert(
        "connections",
        *(
            {
                "project_id": key("project", 2),
                "id": key("connection", n),
                "provider_app_id": app and key("provider_app", app),
                "provider": provider,
                "group_ref": f"group-{n}",
                "consumer_ref": "consumer-1",
                "auth_scheme": scheme,
                "created_at": instant(613),
                "updated_at": instant(613),
            }
            for n, app, provider, scheme in (
                (62, 3, None, "oauth2/authorizationCode"),
                (63, 3, "salesforce", "oauth2/authorizationCode"),
                (64, None, "anthropic", "apiKey"),
                (65, None, "pokéapi", "none"),
            )
        ),
    )
    rows.insert(
        "connection_secrets",
        {"project_id": key("project", 2), "connection_id": key("connection", 64), "kind": "api_key", "secret": "s3cret"}
        | {"created_at": instant(613), "updated_at": instant(613)},
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    apps = before.by("provider_apps", "project_id", "id")
    now = after.by("connections", "project_id", "id")
    for row in before["connections"]:
        name = row["project_id"], row["id"]
        provider = apps[row["project_id"], row["provider_app_id"]]["provider"]
        assert now[name] == row | {"provider": provider}, f"{REVISION}: connections {name}"
