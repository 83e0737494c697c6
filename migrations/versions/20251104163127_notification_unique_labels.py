"""Make the labels of notification targets and topics unique in a project.

A second one of the same label is a conflict. Where there is one already, this stops with the
violation and leaves no index.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import create_unique_index_concurrently, unique_using_index

revision = "20251104163127"
down_revision = "20251021165206"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={"notification_targets": Lock.ACCESS_EXCLUSIVE, "notification_topics": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    for table in ("notification_targets", "notification_topics"):
        create_unique_index_concurrently(f"uq_{table}_project_id_label", f"{table} (project_id, label)")
        unique_using_index(table, f"uq_{table}_project_id_label")


def downgrade() -> None:
    for table in ("notification_targets", "notification_topics"):
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS uq_{table}_project_id_label")
