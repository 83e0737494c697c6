"""Create operations and their events, with native enums for type and status.

An operation is one read or write of an installation; its events tell how it went. A value can be
added to an enum, but never taken away.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230601161033"
down_revision = "20230523174519"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("operation_events", "operations")),
    locks={
        "installations": Lock.SHARE_ROW_EXCLUSIVE,
        "integrations": Lock.SHARE_ROW_EXCLUSIVE,
        "projects": Lock.SHARE_ROW_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("CREATE TYPE operation_type AS ENUM ('read', 'write')")
    op.execute("CREATE TYPE operation_status AS ENUM ('pending', 'in_progress', 'success', 'failure')")
    op.execute("""
        CREATE TABLE operations (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          integration_id uuid NOT NULL REFERENCES integrations ON DELETE CASCADE,
          installation_id uuid NOT NULL REFERENCES installations ON DELETE CASCADE,
          type operation_type NOT NULL,
          status operation_status NOT NULL DEFAULT 'pending',
          result text,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("""
        CREATE TABLE operation_events (
          id bigserial PRIMARY KEY,
          operation_id uuid NOT NULL REFERENCES operations ON DELETE CASCADE,
          type text NOT NULL,
          status text NOT NULL,
          result text,
          created_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("CREATE INDEX operation_events_operation_id_idx ON operation_events (operation_id, id)")


def downgrade() -> None:
    op.execute("DROP TABLE operation_events")
    op.execute("DROP TABLE operations")
    op.execute("DROP TYPE operation_status")
    op.execute("DROP TYPE operation_type")
