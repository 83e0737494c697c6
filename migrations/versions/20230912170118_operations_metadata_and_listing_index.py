"""Give operations a free document, and index them by installation, newest first.

The code of before does not know the document and leaves it NULL.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, create_index_concurrently, drop_index_concurrently

revision = "20230912170118"
down_revision = "20230829165055"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="documents written since", columns=("operations.metadata",)),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)

INDEX = "ix_operations_installation_id_created_at"


def upgrade() -> None:
    add_column("operations", "metadata", "jsonb")
    create_index_concurrently(INDEX, "operations (installation_id, created_at DESC)")


def downgrade() -> None:
    drop_index_concurrently(INDEX)
    op.execute("ALTER TABLE operations DROP COLUMN IF EXISTS metadata")
