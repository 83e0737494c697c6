"""Create billing_accounts, one for each organization, and usage_events.

Usage is one plain table with a bigint key to begin with; events are told apart by `event_id`, which
the client makes, so one that is sent twice counts once.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20241106171203"
down_revision = "20241022162049"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("billing_accounts", "usage_events")),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE billing_accounts (
          id uuid NOT NULL,
          organization_id uuid NOT NULL,
          display_name text COLLATE "C" NOT NULL,
          billing_provider text COLLATE "C" NOT NULL,
          billing_provider_ref text COLLATE "C" NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_billing_accounts PRIMARY KEY (id),
          CONSTRAINT uq_billing_accounts_organization_id UNIQUE (organization_id),
          CONSTRAINT uq_billing_accounts_billing_provider_billing_provider_ref
            UNIQUE (billing_provider, billing_provider_ref),
          CONSTRAINT fk_billing_accounts_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
          CONSTRAINT ck_billing_accounts_billing_provider CHECK (billing_provider IN ('stripe', 'orb', 'zenskar')))
    """)
    op.execute("""
        CREATE TABLE usage_events (
          id bigint GENERATED ALWAYS AS IDENTITY,
          organization_id uuid NOT NULL,
          project_id uuid NOT NULL,
          event_id uuid NOT NULL,
          metric text COLLATE "C" NOT NULL,
          quantity numeric(12,2) NOT NULL,
          dimensions jsonb NOT NULL DEFAULT '{}',
          occurred_at timestamptz NOT NULL,
          recorded_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_usage_events PRIMARY KEY (id),
          CONSTRAINT uq_usage_events_event_id UNIQUE (event_id),
          CONSTRAINT fk_usage_events_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
          CONSTRAINT ck_usage_events_quantity CHECK (quantity >= 0))
    """)
    op.execute("""
        CREATE INDEX ix_usage_events_organization_id_metric_occurred_at
          ON usage_events (organization_id, metric, occurred_at)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE usage_events")
    op.execute("DROP TABLE billing_accounts")
