"""Tell backfills, scheduled and triggered reads apart.

Only reads have a read type, and reads of before have none. The check passes on null.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint

revision = "20251219165047"
down_revision = "20251208163222"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="read types", columns=("operations.read_type",)),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("operations", "read_type", 'text COLLATE "C"')
    add_constraint(
        "operations",
        "ck_operations_read_type",
        "CHECK (read_type IN ('backfill', 'scheduled', 'triggered') AND (read_type IS NULL OR type = 'read'))",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE operations DROP COLUMN IF EXISTS read_type")
