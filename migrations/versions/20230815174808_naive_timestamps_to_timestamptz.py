"""Turn the last `timestamp` columns into `timestamptz`.

Servers and code wrote UTC, so the values stay as they are. With the time zone UTC, which the runner
sets, PostgreSQL changes the type in the catalogue only and writes no row.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20230815174808"
down_revision = "20230803161427"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossless(),
    locks={"api_keys": Lock.ACCESS_EXCLUSIVE, "projects": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        ALTER TABLE projects ALTER COLUMN created_at TYPE timestamptz, ALTER COLUMN updated_at TYPE timestamptz
    """)
    op.execute("""
        ALTER TABLE api_keys ALTER COLUMN created_at TYPE timestamptz, ALTER COLUMN updated_at TYPE timestamptz
    """)


def downgrade() -> None:
    op.execute("""
        ALTER TABLE projects ALTER COLUMN created_at TYPE timestamp, ALTER COLUMN updated_at TYPE timestamp
    """)
    op.execute("""
        ALTER TABLE api_keys ALTER COLUMN created_at TYPE timestamp, ALTER COLUMN updated_at TYPE timestamp
    """)
