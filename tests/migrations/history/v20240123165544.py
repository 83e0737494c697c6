from __future__ import annotations

from datetime import datetime

from tests.migrations.rows import Rows, Snapshot, instant, key

REVISION = "20240123165544"


def numbered(snapshot: Snapshot) -> dict[str, int]:
    """Return each revision's place in its integration, in order of creation."""
    places: dict[str, int] = {}
    counts: dict[tuple[str, str], int] = {}
    for row in sorted(snapshot["revisions"], key=lambda row: (datetime.fromisoformat(row["created_at"]), row["id"])):
        integration = row["project_id"], row["integration_id"]
        places[row["project_id"], row["id"]] = counts[integration] = counts.get(integration, 0) + 1
    return places


def plant(rows: Rows) -> None:
    """Plant the twin of a tenant, and numbers as two releases give them at once."""
    _plant_twin(rows)
    written = (
        # The new release counts on from the highest number.
        (14, 1, 250, 6),
        # The release of before gives none, also behind one that has a number.
        (15, 1, 251, None),
        # Two writers of the new release at once.
        (16, 2, 250, 3),
        (17, 2, 251, 3),
    )
    rows.insert(
        "revisions",
        *(
            {
                "id": key("revision", n),
                "project_id": key("project", integration),
                "integration_id": key("integration", integration),
                "content": {},
                "created_at": instant(days),
                "number": number,
            }
            for n, integration, days, number in written
        ),
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    now, places = after.by("revisions", "project_id", "id"), numbered(before)
    assert len(now) == len(before["revisions"]), f"{REVISION}: revisions came or went"
    for row in before["revisions"]:
        identity = row["project_id"], row["id"]
        assert now[identity] == row | {"number": places[identity]}, f"{REVISION}: revisions {identity}"


def _plant_twin(rows: Rows) -> None:
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
        {"id": key("revision", 2), "integration_id": key("integration", 1), "content": {}, "number": 1}
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
