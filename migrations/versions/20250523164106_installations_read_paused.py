"""Add installations.read_paused_at.

Scheduled reads of an installation can be paused and taken up again; null means that they run.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250523164106"
down_revision = "20250513161207"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="pauses: paused reads start again", columns=("installations.read_paused_at",)),
    locks={"installations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE installations ADD COLUMN read_paused_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE installations DROP COLUMN read_paused_at")
