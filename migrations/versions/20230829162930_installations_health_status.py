"""Give installations a health status.

The default is a constant, so no row is written. The check holds new rows only, so no row is read
under the lock; the next revision holds it to all of them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230829162930"
down_revision = "20230815174808"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="health marks", columns=("installations.health_status",)),
    locks={"installations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE installations ADD COLUMN health_status text NOT NULL DEFAULT 'healthy'")
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT ck_installations_health_status
          CHECK (health_status IN ('healthy', 'unhealthy')) NOT VALID
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE installations DROP COLUMN health_status")
