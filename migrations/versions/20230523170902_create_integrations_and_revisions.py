"""Create integrations and their revisions.

A revision is never changed: a new version of an integration is a new row. `revisions` does not
carry the project yet.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230523170902"
down_revision = "20230516152847"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("integrations", "revisions")),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE, "providers": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE integrations (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          name text NOT NULL,
          provider text NOT NULL REFERENCES providers ON DELETE RESTRICT,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          UNIQUE (project_id, name))
    """)
    op.execute("""
        CREATE TABLE revisions (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
          spec_version text NOT NULL DEFAULT '1.0.0',
          content jsonb NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("CREATE INDEX revisions_integration_id_idx ON revisions (integration_id, created_at)")


def downgrade() -> None:
    op.execute("DROP TABLE revisions")
    op.execute("DROP TABLE integrations")
