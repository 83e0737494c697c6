"""Watch schemas of objects, and say why a destination was disabled.

`object_schemas.watched` marks what is checked regularly; a change is told through the ninth topic of
the outbox, `provider-schema-changed`. A destination that keeps failing is disabled, with time and
reason. The event types `connection.error` and `destination.webhook.disabled` are let in some days
before the code sends them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    create_index_concurrently,
    drop_index_concurrently,
    has_column,
    replace_checks,
)

revision = "20251118170742"
down_revision = "20251117164018"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="marks of watching, times and reasons of disabling",
        columns=("destinations.disabled_at", "destinations.disabled_reason", "object_schemas.watched"),
        refuses="an event or a route of the new kinds exists",
    ),
    locks={
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "event_topic_routes": Lock.ACCESS_EXCLUSIVE,
        "object_schemas": Lock.ACCESS_EXCLUSIVE,
        "outbox_events": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    add_column("object_schemas", "watched", "boolean NOT NULL DEFAULT false")
    create_index_concurrently("ix_object_schemas_checked_at_watched", "object_schemas (checked_at) WHERE watched")
    if not has_column("destinations", "disabled_at"):
        op.execute("ALTER TABLE destinations ADD COLUMN disabled_at timestamptz, ADD COLUMN disabled_reason text")
    add_constraint(
        "destinations", "ck_destinations_disabled_reason", "CHECK (disabled_reason IS NULL OR disabled_at IS NOT NULL)"
    )
    replace_checks(
        (
            "outbox_events",
            "ck_outbox_events_topic",
            (
                "topic IN ('read-finished', 'poll-bulk-job', 'subscribe-webhook-received',"
                " 'subscribe-webhook-processed', 'subscribe-async-installation', 'usage-emitted', 'operation-change',"
                " 'notification-emitted', 'provider-schema-changed')"
            ),
        ),
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'connection.error', 'installation.created',"
                " 'installation.updated', 'installation.deleted', 'read.schedule.paused', 'read.backfill.done',"
                " 'destination.webhook.disabled')"
            ),
        ),
    )


def downgrade() -> None:
    replace_checks(
        (
            "outbox_events",
            "ck_outbox_events_topic",
            (
                "topic IN ('read-finished', 'poll-bulk-job', 'subscribe-webhook-received',"
                " 'subscribe-webhook-processed', 'subscribe-async-installation', 'usage-emitted', 'operation-change',"
                " 'notification-emitted')"
            ),
        ),
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'installation.created', 'installation.updated',"
                " 'installation.deleted', 'read.schedule.paused', 'read.backfill.done')"
            ),
        ),
    )
    drop_index_concurrently("ix_object_schemas_checked_at_watched")
    op.execute("ALTER TABLE object_schemas DROP COLUMN IF EXISTS watched")
    op.execute("""
        ALTER TABLE destinations DROP COLUMN IF EXISTS disabled_at, DROP COLUMN IF EXISTS disabled_reason
    """)
