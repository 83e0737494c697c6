from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    """Plant in project 2 rows with the ids of rows of project 1: an id says nothing without its project."""
    project = {"project_id": key("project", 2)}
    times = {"created_at": instant(250), "updated_at": instant(250)}
    rows.insert("groups", {"group_ref": "twin"} | project | times)
    rows.insert(
        "provider_apps",
        {"id": key("provider_app", 1), "provider": "hubspot", "client_id": "twin", "client_secret": "twin's"}
        | project
        | times,
    )
    rows.insert(
        "connections",
        {"id": key("connection", 1), "provider_app_id": key("provider_app", 1), "access_token": "twin's"}
        | {"workspace_ref": "twin", "group_ref": "twin", "consumer_ref": "consumer-1"}
        | project
        | times,
    )
    rows.insert("integrations", {"id": key("integration", 1), "name": "twin", "provider": "hubspot"} | project | times)
    rows.insert(
        "revisions",
        {"id": key("revision", 2), "integration_id": key("integration", 1), "content": {}}
        | {"created_at": instant(250)}
        | project,
    )
    rows.execute(
        "UPDATE integrations SET latest_revision_id = %(revision)s WHERE (project_id, id) = (%(project_id)s, %(id)s)",
        {"revision": key("revision", 2), "id": key("integration", 1)} | project,
    )
    rows.insert(
        "installations",
        {"id": key("installation", 1), "integration_id": key("integration", 1), "connection_id": key("connection", 1)}
        | {"revision_id": key("revision", 2), "group_ref": "twin", "config": {"read": {"objects": {"twin": {}}}}}
        | project
        | times,
    )
    rows.insert(
        "read_states",
        {"installation_id": key("installation", 1), "object_name": "contact", "updated_at": instant(250)} | project,
    )
    rows.insert(
        "destinations",
        {"id": key("destination", 1), "name": "twin", "metadata": {"url": "https://example.com/twin"}}
        | project
        | times,
    )


def make_way(rows: Rows) -> None:
    for table in ("read_states", "installations", "destinations", "integrations", "connections", "provider_apps"):
        column = "installation_id" if table == "read_states" else "id"
        kind = "installation" if table == "read_states" else table[:-1]
        rows.execute(
            f"DELETE FROM {table} WHERE (project_id, {column}) = (%(project)s, %(id)s)",
            {"project": key("project", 2), "id": key(kind, 1)},
        )
