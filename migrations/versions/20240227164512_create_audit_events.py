"""Create audit_events: who did what.

Rows are only ever added. `project_id` and `entity_id` are no foreign keys on purpose: the trail
outlives what it tells of. Only a service may act without an id.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20240227164512"
down_revision = "20240213172301"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("audit_events",)),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE audit_events (
          organization_id uuid NOT NULL,
          id uuid NOT NULL,
          project_id uuid,
          actor_type text COLLATE "C" NOT NULL,
          actor_id text COLLATE "C",
          action text COLLATE "C" NOT NULL,
          entity text COLLATE "C" NOT NULL,
          entity_id text COLLATE "C" NOT NULL,
          changes jsonb NOT NULL DEFAULT '{}',
          occurred_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_audit_events PRIMARY KEY (organization_id, id),
          CONSTRAINT fk_audit_events_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
          CONSTRAINT ck_audit_events_actor_type
            CHECK (actor_type IN ('builder', 'api_key', 'jwt', 'service', 'admin')),
          CONSTRAINT ck_audit_events_actor_id CHECK (actor_id IS NOT NULL OR actor_type = 'service'),
          CONSTRAINT ck_audit_events_changes CHECK (jsonb_typeof(changes) = 'object'))
    """)
    op.execute("""
        CREATE INDEX ix_audit_events_organization_id_occurred_at
          ON audit_events (organization_id, occurred_at DESC, id DESC)
    """)
    op.execute("""
        CREATE INDEX ix_audit_events_organization_id_entity_entity_id
          ON audit_events (organization_id, entity, entity_id, occurred_at DESC)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE audit_events")
