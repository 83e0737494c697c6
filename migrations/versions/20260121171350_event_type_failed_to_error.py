"""Rename the event type read.triggered.failed to read.triggered.error.

The value of some days ago gets its final name before the code sends it. A handful of rows: one
statement, no batches.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20260121171350"
down_revision = "20260120163951"

header = Header(
    phase=Phase.DATA,
    transactional=True,
    downgrade=Lossless(),
    locks={"event_topic_routes": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE event_topic_routes DROP CONSTRAINT ck_event_topic_routes_event_type")
    op.execute("""
        UPDATE event_topic_routes SET event_type = 'read.triggered.error' WHERE event_type = 'read.triggered.failed'
    """)
    op.execute("""
        ALTER TABLE event_topic_routes ADD CONSTRAINT ck_event_topic_routes_event_type CHECK (event_type IN (
          'connection.created', 'connection.error', 'installation.created', 'installation.updated',
          'installation.deleted', 'read.schedule.paused', 'read.backfill.done', 'read.triggered.done',
          'read.triggered.error', 'destination.webhook.disabled'))
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE event_topic_routes DROP CONSTRAINT ck_event_topic_routes_event_type")
    op.execute("""
        UPDATE event_topic_routes SET event_type = 'read.triggered.failed' WHERE event_type = 'read.triggered.error'
    """)
    op.execute("""
        ALTER TABLE event_topic_routes ADD CONSTRAINT ck_event_topic_routes_event_type CHECK (event_type IN (
          'connection.created', 'connection.error', 'installation.created', 'installation.updated',
          'installation.deleted', 'read.schedule.paused', 'read.backfill.done', 'read.triggered.done',
          'read.triggered.failed', 'destination.webhook.disabled'))
    """)
