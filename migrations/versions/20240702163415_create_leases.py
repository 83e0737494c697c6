"""Create leases: one service at a time refreshes a token.

A lease belongs to its holder until it expires; whoever takes it over gets a higher fencing number,
by which late writes of the holder of before are told apart.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lossy, Phase

revision = "20240702163415"
down_revision = "20240604165540"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="leases held; their holders take them again", rows=("leases",)),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE leases (
          name text COLLATE "C" NOT NULL,
          holder text COLLATE "C" NOT NULL,
          fence bigint NOT NULL DEFAULT 1,
          acquired_at timestamptz NOT NULL DEFAULT now(),
          expires_at timestamptz NOT NULL,
          CONSTRAINT pk_leases PRIMARY KEY (name),
          CONSTRAINT ck_leases_fence CHECK (fence > 0),
          CONSTRAINT ck_leases_expires_at CHECK (expires_at > acquired_at))
    """)
    op.execute("CREATE INDEX ix_leases_expires_at ON leases (expires_at)")


def downgrade() -> None:
    op.execute("DROP TABLE leases")
