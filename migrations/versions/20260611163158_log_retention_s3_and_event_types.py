"""Let projects keep their logs for a time of their own, and results go to S3.

The entitlement `logRetentionDays` is a whole number from 1 to 3650; of a key that is not known the
new check says nothing, since the other check knows the keys. Destination type `s3` and the event
types `subscribe.create.error` and `connection.updated` are let in before the code sends them.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260611163158"
down_revision = "20260602170219"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="an entitlement, a destination or a route of the new kinds exists"),
    locks={
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "event_topic_routes": Lock.ACCESS_EXCLUSIVE,
        "project_entitlements": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    replace_checks(
        ("project_entitlements", "ck_project_entitlements_key", "key IN ('brandingRemoval', 'logRetentionDays')"),
        (
            "project_entitlements",
            "ck_project_entitlements_value",
            (
                "CASE key WHEN 'brandingRemoval' THEN jsonb_typeof(value) = 'boolean'"
                " WHEN 'logRetentionDays' THEN CASE WHEN jsonb_typeof(value) = 'number'"
                " THEN (value #>> '{}')::numeric BETWEEN 1 AND 3650 AND (value #>> '{}')::numeric % 1 = 0"
                " ELSE false END END"
            ),
        ),
        ("destinations", "ck_destinations_type", "type IN ('webhook', 'kinesis', 's3')"),
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'connection.error', 'connection.refreshed', 'connection.updated',"
                " 'connection.deleted', 'installation.created', 'installation.updated', 'installation.deleted',"
                " 'read.schedule.paused', 'read.backfill.done', 'read.triggered.done', 'read.triggered.error',"
                " 'write.async.done', 'subscribe.create.error', 'destination.webhook.disabled')"
            ),
        ),
    )


def downgrade() -> None:
    replace_checks(
        ("project_entitlements", "ck_project_entitlements_key", "key IN ('brandingRemoval')"),
        (
            "project_entitlements",
            "ck_project_entitlements_value",
            "key <> 'brandingRemoval' OR jsonb_typeof(value) = 'boolean'",
        ),
        ("destinations", "ck_destinations_type", "type IN ('webhook', 'kinesis')"),
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'connection.error', 'connection.refreshed', 'connection.deleted',"
                " 'installation.created', 'installation.updated', 'installation.deleted', 'read.schedule.paused',"
                " 'read.backfill.done', 'read.triggered.done', 'read.triggered.error', 'write.async.done',"
                " 'destination.webhook.disabled')"
            ),
        ),
    )
