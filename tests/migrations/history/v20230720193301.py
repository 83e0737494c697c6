from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant project 5, which is deleted with all that it has."""
    project = {"project_id": key("project", 5)}
    marks = {"created_at": instant(70), "updated_at": instant(80), "deleted_at": instant(80)}
    rows.insert(
        "projects",
        {"id": key("project", 5), "organization_id": key("organization", 3), "name": "retired", "app_name": ""}
        | {name: time.replace(tzinfo=None) for name, time in marks.items() if name != "deleted_at"}
        | {"deleted_at": marks["deleted_at"]},
    )
    rows.insert(
        "provider_apps",
        {"id": key("provider_app", 8), "provider": "hubspot", "client_id": "client-8", "client_secret": "s3cret"}
        | project
        | marks,
    )
    people = project | {"created_at": instant(70), "updated_at": instant(70)}
    rows.insert("groups", {"group_ref": "group-1"} | people)
    rows.insert("consumers", {"consumer_ref": "consumer-1"} | people)
    rows.insert(
        "connections",
        {"id": key("connection", 8), "provider_app_id": key("provider_app", 8), "access_token": "access"}
        | {"group_ref": "group-1", "consumer_ref": "consumer-1"}
        | project
        | marks,
    )
    rows.insert(
        "integrations",
        {"id": key("integration", 7), "name": "hubspot-read", "provider": "hubspot"} | project | marks,
    )
    rows.insert(
        "revisions",
        {"id": key("revision", 10), "integration_id": key("integration", 7), "content": {}, "created_at": instant(70)},
    )
    rows.execute(
        "UPDATE integrations SET latest_revision_id = %(revision)s WHERE id = %(integration)s",
        {"revision": key("revision", 10), "integration": key("integration", 7)},
    )
    rows.insert(
        "installations",
        {"id": key("installation", 7), "integration_id": key("integration", 7), "connection_id": key("connection", 8)}
        | {"revision_id": key("revision", 10), "group_ref": "group-1"}
        | project
        | marks,
    )
    rows.insert(
        "destinations",
        {"id": key("destination", 7), "name": "hook", "url": "https://example.com/retired"} | project | marks,
    )
