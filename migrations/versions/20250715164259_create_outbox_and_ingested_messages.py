"""Create the outbox and the memory of messages taken in.

What is told to other services is written to `outbox_events` in the transaction that changes the
rows it tells of, and sent from there: eight topics so far. `ingested_messages` is the other side:
the ids of messages already taken in, so that a redelivery changes nothing.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lossy, Phase

revision = "20250715164259"
down_revision = "20250701171620"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="unsent events, and the memory of messages taken in", rows=("ingested_messages", "outbox_events")
    ),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE outbox_events (
          id bigint GENERATED ALWAYS AS IDENTITY,
          topic text COLLATE "C" NOT NULL,
          key text COLLATE "C" NOT NULL,
          project_id uuid,
          payload jsonb NOT NULL,
          headers jsonb NOT NULL DEFAULT '{}',
          created_at timestamptz NOT NULL DEFAULT now(),
          available_at timestamptz NOT NULL DEFAULT now(),
          published_at timestamptz,
          attempts integer NOT NULL DEFAULT 0,
          last_error text,
          CONSTRAINT pk_outbox_events PRIMARY KEY (id),
          CONSTRAINT ck_outbox_events_topic CHECK (topic IN (
            'read-finished', 'poll-bulk-job', 'subscribe-webhook-received', 'subscribe-webhook-processed',
            'subscribe-async-installation', 'usage-emitted', 'operation-change', 'notification-emitted')),
          CONSTRAINT ck_outbox_events_payload CHECK (jsonb_typeof(payload) = 'object'),
          CONSTRAINT ck_outbox_events_attempts CHECK (attempts >= 0))
    """)
    op.execute("""
        CREATE INDEX ix_outbox_events_available_at_id_pending ON outbox_events (available_at, id)
          WHERE published_at IS NULL
    """)
    op.execute("""
        CREATE INDEX ix_outbox_events_published_at ON outbox_events (published_at)
          WHERE published_at IS NOT NULL
    """)
    op.execute("""
        CREATE TABLE ingested_messages (
          subscription text COLLATE "C" NOT NULL,
          message_id text COLLATE "C" NOT NULL,
          received_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_ingested_messages PRIMARY KEY (subscription, message_id))
    """)
    op.execute("CREATE INDEX ix_ingested_messages_received_at ON ingested_messages (received_at)")


def downgrade() -> None:
    op.execute("DROP TABLE ingested_messages")
    op.execute("DROP TABLE outbox_events")
