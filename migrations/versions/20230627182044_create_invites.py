"""Create invites of people into an organization.

The states are text with a check, the first table in that style: unlike an enum, a check can be
widened, narrowed and renamed.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230627182044"
down_revision = "20230613160325"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("invites",)),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE invites (
          id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
          organization_id uuid NOT NULL REFERENCES organizations ON DELETE CASCADE,
          invited_email text NOT NULL,
          status text NOT NULL DEFAULT 'pending',
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT ck_invites_status CHECK (status IN ('pending', 'accepted', 'revoked', 'expired')))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE invites")
