"""Hold all installations to the check of their health status.

A revision of its own: the scan runs under a lock that lets reads and writes go on, which it would
not in the transaction that added the check.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20230829165055"
down_revision = "20230829162930"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossless(),
    locks={"installations": Lock.SHARE_UPDATE_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE installations VALIDATE CONSTRAINT ck_installations_health_status")


def downgrade() -> None:
    """Put the check back as it was: PostgreSQL has no word for making one NOT VALID again."""
    op.execute("ALTER TABLE installations DROP CONSTRAINT ck_installations_health_status")
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT ck_installations_health_status
          CHECK (health_status IN ('healthy', 'unhealthy')) NOT VALID
    """)
