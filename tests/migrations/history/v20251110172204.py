from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tests.migrations.rows import Rows, Snapshot, instant, key
from tests.migrations.samples import LATEST

REVISION = "20251110172204"
CLEAN = re.compile(r"[A-Za-z0-9-]+")


def plant(rows: Rows) -> None:
    """Plant what becomes of moved targets, and what the release of before writes meanwhile."""
    first, second = key("notification_target", 1), key("notification_target", 2)
    project = key("project", 1)
    rows.execute(
        """UPDATE destinations SET name = 'renamed', metadata = metadata || '{"note": 1}', updated_at = %(time)s,
             version = 2, deleted_at = %(time)s
           WHERE (project_id, id) = (%(project)s, %(id)s)""",
        {"project": project, "id": first, "time": instant(925)},
    )
    rows.insert(
        "destination_secrets",
        {
            "project_id": project,
            "destination_id": second,
            "kind": "webhook_signing_key",
            "ciphertext": bytes(17),
            "encryption_key_id": key("encryption_key", 81),
            "created_at": instant(925),
            "updated_at": instant(925),
        },
    )
    rows.insert(
        "deliveries",
        {
            "project_id": project,
            "id": key("delivery", 85),
            "destination_id": second,
            "event_type": "connection.created",
            "idempotency_key": "85",
            "payload": {},
            "status": "delivered",
            "attempts": 1,
            "delivered_at": LATEST,
            "created_at": instant(925),
            "updated_at": instant(925),
        },
    )
    rows.insert(
        "delivery_attempts",
        {
            "project_id": project,
            "delivery_id": key("delivery", 85),
            "attempt": 1,
            "started_at": instant(925),
            "duration_ms": 2147483647,
            "http_status": 599,
            "error": None,
        },
    )
    rows.insert(
        "topic_destination_routes",
        {
            "project_id": project,
            "id": key("route", 85),
            "topic_id": key("topic", 81),
            "destination_id": second,
            "created_at": instant(925),
        },
    )
    _plant_by_the_release_of_before(rows)


def _plant_by_the_release_of_before(rows: Rows) -> None:
    """Plant what the next revision repeats its batches for."""
    project, second = key("project", 1), key("notification_target", 2)
    rows.insert(
        "notification_topics",
        {
            "project_id": project,
            "id": key("topic", 83),
            "label": "errors?",
            "created_at": instant(925),
            "updated_at": instant(925),
        },
    )
    rows.insert(
        "notification_topic_target_routes",
        {
            "project_id": project,
            "id": key("route", 86),
            "topic_id": key("topic", 83),
            "target_id": second,
            "created_at": instant(925),
        },
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    promise_targets(REVISION, before, after)
    promise_routes(REVISION, before, after)
    promise_names(REVISION, before, after)


def promise_targets(revision: str, before: Snapshot, after: Snapshot) -> None:
    """Targets are webhooks with their ids; those that had to give way have the first name that was free."""
    was, now = before.by("destinations", "project_id", "id"), after.by("destinations", "project_id", "id")
    targets = before.by("notification_targets", "project_id", "id")
    assert now.keys() == was.keys() | targets.keys(), f"{revision}: destinations came or went"
    assert all(now[identity] == row for identity, row in was.items()), f"{revision}: a destination of before changed"
    live = Counter((row["project_id"], row["name"].lower()) for row in was.values() if not row["deleted_at"])
    labels = Counter((project, row["label"].lower()) for (project, _), row in targets.items())
    for identity in targets.keys() - was.keys():
        target, made = targets[identity], now[identity]
        expected = {"type": "webhook", "metadata": {"url": target["url"]}, "deleted_at": None, "version": 1}
        same = {column: target[column] for column in ("project_id", "id", "created_at", "updated_at")}
        assert made == expected | same | {"name": made["name"]}, f"{revision}: destinations {identity}"
        gave_way = numbered(f"{target['label']}-notification", made["name"])
        assert made["name"] == target["label"] or gave_way, f"{revision}: destinations {identity}"
        free = live[identity[0], target["label"].lower()] == 0 and labels[identity[0], target["label"].lower()] == 1
        assert made["name"] == target["label"] or not free, f"{revision}: destinations {identity} gave way for nothing"


def numbered(base: str, name: str) -> bool:
    """Tell whether a name is the base, or the base with a number from 2 on."""
    number = name.removeprefix(f"{base}-")
    return name == base or (name != number and number.isdecimal() and int(number) >= 2)


def promise_routes(revision: str, before: Snapshot, after: Snapshot) -> None:
    """Of routes that say the same, the oldest is there, with its id."""

    def pair(row: dict[str, Any]) -> tuple[str, str, str]:
        return row["project_id"], row["topic_id"], row.get("target_id") or row["destination_id"]

    expected = {pair(row): row["id"] for row in before["topic_destination_routes"]}
    for row in sorted(before["notification_topic_target_routes"], key=lambda row: (row["created_at"], row["id"])):
        expected.setdefault(pair(row), row["id"])
    found = {pair(row): row["id"] for row in after["topic_destination_routes"]}
    assert found == expected, f"{revision}: topic_destination_routes {found.items() ^ expected.items()}"


def promise_names(revision: str, before: Snapshot, after: Snapshot) -> None:
    """Clean names stay; others are cleaned, with the first number that makes them unlike all others."""
    now = after.by("topics", "project_id", "id")
    assert len(now) == len(before["topics"]), f"{revision}: topics came or went"
    for row in before["topics"]:
        identity, name = (row["project_id"], row["id"]), row["name"]
        found = now[identity]["name"]
        assert now[identity] == row | {"name": found}, f"{revision}: topics {identity} changed"
        base = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-") or "topic"
        right = found == name if CLEAN.fullmatch(name) else numbered(base, found)
        assert right, f"{revision}: topics {identity} is called {found}"
    taken = {(row["project_id"], row["name"]) for row in after["topics"]}
    for row in before["topics"]:
        if not CLEAN.fullmatch(row["name"]):
            base = re.sub(r"[^A-Za-z0-9-]+", "-", row["name"]).strip("-") or "topic"
            assert (row["project_id"], base) in taken, f"{revision}: topics {row['id']} gave way for nothing"
