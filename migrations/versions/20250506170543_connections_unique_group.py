"""Allow one live connection for each group and provider.

This was a mistake, and the next revision takes it back: a group may have two workspaces of one
provider, or two users who connect. Where it has, this stops with the violation and leaves no index.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import create_unique_index_concurrently, drop_index_concurrently

revision = "20250506170543"
down_revision = "20250423163318"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={"connections": Lock.SHARE_UPDATE_EXCLUSIVE},
)


def upgrade() -> None:
    create_unique_index_concurrently(
        "uq_connections_project_id_provider_group_ref_live",
        "connections (project_id, provider, group_ref) WHERE deleted_at IS NULL",
    )


def downgrade() -> None:
    drop_index_concurrently("uq_connections_project_id_provider_group_ref_live")
