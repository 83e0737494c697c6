"""Create builders and memberships.

People sign in through an identity provider, which knows them by `idp_ref`. A membership is what
lets one of them into an organization; its role is a word of the code, no check holds it.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230502184730"
down_revision = "20230502181512"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("builders", "memberships")),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE builders (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          idp_provider text NOT NULL DEFAULT 'clerk',
          idp_ref text NOT NULL,
          full_name text,
          primary_email text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          UNIQUE (idp_provider, idp_ref))
    """)
    op.execute("""
        CREATE TABLE memberships (
          organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
          builder_id uuid NOT NULL REFERENCES builders ON DELETE CASCADE,
          role text NOT NULL DEFAULT 'member',
          created_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (organization_id, builder_id))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE memberships")
    op.execute("DROP TABLE builders")
