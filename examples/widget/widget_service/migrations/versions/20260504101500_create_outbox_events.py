"""Create outbox_events: what changes tell others, until it is sent."""

from __future__ import annotations

from alembic import op
from dbkit.migrate.header import Header, Lossy, Phase

revision = "20260504101500"
down_revision = "20260407083000"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="what was told and not yet sent", rows=("outbox_events",)),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE outbox_events (
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            topic TEXT COLLATE "C" NOT NULL,
            key TEXT COLLATE "C" NOT NULL,
            project_id UUID,
            payload JSONB NOT NULL,
            headers JSONB DEFAULT '{}' NOT NULL,
            available_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            published_at TIMESTAMP WITH TIME ZONE,
            attempts INTEGER DEFAULT 0 NOT NULL,
            last_error TEXT,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_outbox_events PRIMARY KEY (id),
            CONSTRAINT ck_outbox_events_attempts CHECK (attempts >= 0),
            CONSTRAINT ck_outbox_events_payload CHECK (jsonb_typeof(payload) = 'object'),
            CONSTRAINT ck_outbox_events_topic CHECK (topic IN ('widget-listed'))
        )
    """)
    op.execute("""
        CREATE INDEX ix_outbox_events_available_at_id_pending ON outbox_events (available_at, id)
        WHERE published_at IS NULL
    """)
    op.execute("""
        CREATE INDEX ix_outbox_events_published_at ON outbox_events (published_at) WHERE published_at IS NOT NULL
    """)


def downgrade() -> None:
    op.execute("DROP TABLE outbox_events")
