"""Create deliveries, a ledger with one row for each message to a destination, and their attempts.

Results on request made it necessary. A message is the same if its idempotency key is.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20241203163512"
down_revision = "20241126170248"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("deliveries", "delivery_attempts")),
    locks={"destinations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE deliveries (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          destination_id uuid NOT NULL,
          operation_id uuid,
          event_type text COLLATE "C" NOT NULL,
          idempotency_key text COLLATE "C" NOT NULL,
          payload jsonb,
          payload_url text,
          status text COLLATE "C" NOT NULL DEFAULT 'pending',
          attempts integer NOT NULL DEFAULT 0,
          next_attempt_at timestamptz,
          delivered_at timestamptz,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          version integer NOT NULL DEFAULT 1,
          CONSTRAINT pk_deliveries PRIMARY KEY (project_id, id),
          CONSTRAINT uq_deliveries_project_id_destination_id_idempotency_key
            UNIQUE (project_id, destination_id, idempotency_key),
          CONSTRAINT fk_deliveries_destination_id FOREIGN KEY (project_id, destination_id)
            REFERENCES destinations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_deliveries_status
            CHECK (status IN ('pending', 'delivering', 'delivered', 'failed', 'discarded')),
          CONSTRAINT ck_deliveries_payload CHECK (num_nonnulls(payload, payload_url) = 1),
          CONSTRAINT ck_deliveries_attempts CHECK (attempts >= 0),
          CONSTRAINT ck_deliveries_delivered_at CHECK ((status = 'delivered') = (delivered_at IS NOT NULL)))
    """)
    op.execute("""
        CREATE INDEX ix_deliveries_next_attempt_at_due
          ON deliveries (next_attempt_at) WHERE status IN ('pending', 'delivering')
    """)
    op.execute("""
        CREATE INDEX ix_deliveries_project_id_created_at_id ON deliveries (project_id, created_at DESC, id DESC)
    """)
    op.execute("""
        CREATE TABLE delivery_attempts (
          project_id uuid NOT NULL,
          delivery_id uuid NOT NULL,
          attempt integer NOT NULL,
          started_at timestamptz NOT NULL DEFAULT now(),
          duration_ms integer NOT NULL,
          http_status smallint,
          error text,
          CONSTRAINT pk_delivery_attempts PRIMARY KEY (project_id, delivery_id, attempt),
          CONSTRAINT fk_delivery_attempts_delivery_id FOREIGN KEY (project_id, delivery_id)
            REFERENCES deliveries (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_delivery_attempts_attempt CHECK (attempt > 0),
          CONSTRAINT ck_delivery_attempts_duration_ms CHECK (duration_ms >= 0),
          CONSTRAINT ck_delivery_attempts_http_status CHECK (http_status BETWEEN 100 AND 599))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE delivery_attempts")
    op.execute("DROP TABLE deliveries")
