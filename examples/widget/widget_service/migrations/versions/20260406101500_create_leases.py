"""Create leases: named locks with an end."""

from __future__ import annotations

from alembic import op
from dbkit.migrate.header import Header, Lossy, Phase

revision = "20260406101500"
down_revision = "20260309141245"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="who holds which lease", rows=("leases",)),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE leases (
            name TEXT COLLATE "C" NOT NULL,
            holder TEXT COLLATE "C" NOT NULL,
            fence BIGINT DEFAULT 1 NOT NULL,
            acquired_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
            CONSTRAINT pk_leases PRIMARY KEY (name),
            CONSTRAINT ck_leases_expires_at CHECK (expires_at > acquired_at),
            CONSTRAINT ck_leases_fence CHECK (fence > 0)
        )
    """)
    op.execute("CREATE INDEX ix_leases_expires_at ON leases (expires_at)")


def downgrade() -> None:
    op.execute("DROP TABLE leases")
