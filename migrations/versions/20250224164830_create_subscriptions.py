"""Create subscriptions: what the provider is asked to tell about an object of an installation.

There is one for each installation and object, unless it was unsubscribed.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250224164830"
down_revision = "20250214170249"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("subscriptions",)),
    locks={"installations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE subscriptions (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          installation_id uuid NOT NULL,
          object_name text COLLATE "C" NOT NULL,
          provider_subscription_ref text COLLATE "C",
          event_types text[] COLLATE "C" NOT NULL,
          status text COLLATE "C" NOT NULL DEFAULT 'pending',
          status_reason text,
          expires_at timestamptz,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          version integer NOT NULL DEFAULT 1,
          CONSTRAINT pk_subscriptions PRIMARY KEY (project_id, id),
          CONSTRAINT fk_subscriptions_installation_id FOREIGN KEY (project_id, installation_id)
            REFERENCES installations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_subscriptions_status CHECK (status IN ('pending', 'active', 'failed', 'unsubscribed')),
          CONSTRAINT ck_subscriptions_event_types CHECK (
            event_types <@ '{create,update,delete,associationChange,other}'::text[] AND cardinality(event_types) > 0))
    """)
    op.execute("""
        CREATE UNIQUE INDEX uq_subscriptions_project_id_installation_id_object_name_current
          ON subscriptions (project_id, installation_id, object_name) WHERE status <> 'unsubscribed'
    """)
    op.execute("""
        CREATE INDEX ix_subscriptions_expires_at_active ON subscriptions (expires_at) WHERE status = 'active'
    """)


def downgrade() -> None:
    op.execute("DROP TABLE subscriptions")
