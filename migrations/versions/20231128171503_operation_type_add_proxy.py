"""Add proxy to the types of operations.

Proxy calls become operations. The value is usable from the commit on, so it is added outside any
transaction that might write it.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Impossible, Phase
from dbkit.migrate.techniques import refuse_downgrade

revision = "20231128171503"
down_revision = "20231121155930"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Impossible("PostgreSQL cannot take a value away from an enum"),
)


def upgrade() -> None:
    op.execute("ALTER TYPE operation_type ADD VALUE IF NOT EXISTS 'proxy'")


def downgrade() -> None:
    refuse_downgrade("PostgreSQL cannot take a value away from an enum")
