"""Create organizations and projects.

The base of the tenancy tree. Names are unique per organization, without case folding. The
timestamps of projects are still `timestamp`.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lossy, Phase

revision = "20230502181512"
down_revision = None

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("organizations", "projects")),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE organizations (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          label text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("""
        CREATE TABLE projects (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          organization_id uuid NOT NULL REFERENCES organizations ON DELETE RESTRICT,
          name text NOT NULL,
          app_name text NOT NULL DEFAULT '',
          created_at timestamp NOT NULL DEFAULT now(),
          updated_at timestamp NOT NULL DEFAULT now(),
          UNIQUE (organization_id, name))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE projects")
    op.execute("DROP TABLE organizations")
