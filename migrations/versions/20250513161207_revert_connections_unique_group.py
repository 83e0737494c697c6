"""Take consumer and workspace into what is unique about a live connection.

Takes back the revision before it, as a revision of its own: the line never goes back. A connection
without a workspace counts as one value (NULLS NOT DISTINCT), so a consumer has one of them at most.
The wide index is there before the narrow one goes.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import create_unique_index_concurrently, drop_index_concurrently

revision = "20250513161207"
down_revision = "20250506170543"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossless(refuses="a group has two live connections to one provider"),
    locks={"connections": Lock.SHARE_UPDATE_EXCLUSIVE},
)


def upgrade() -> None:
    create_unique_index_concurrently(
        "uq_connections_identity_live",
        "connections (project_id, provider, group_ref, consumer_ref, provider_workspace_ref)"
        " NULLS NOT DISTINCT WHERE deleted_at IS NULL",
    )
    drop_index_concurrently("uq_connections_project_id_provider_group_ref_live")


def downgrade() -> None:
    create_unique_index_concurrently(
        "uq_connections_project_id_provider_group_ref_live",
        "connections (project_id, provider, group_ref) WHERE deleted_at IS NULL",
    )
    drop_index_concurrently("uq_connections_identity_live")
