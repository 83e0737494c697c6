"""Make names unique without regard to case among live rows.

The old unconditional constraints stay until the code no longer depends on them.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import create_index_concurrently, drop_index_concurrently

revision = "20230720195544"
down_revision = "20230720193301"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={
        "destinations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "integrations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "projects": Lock.SHARE_UPDATE_EXCLUSIVE,
    },
)

INDEXES = {
    "uq_projects_organization_id_name_live": "projects (organization_id, lower(name)) WHERE deleted_at IS NULL",
    "uq_integrations_project_id_name_live": "integrations (project_id, lower(name)) WHERE deleted_at IS NULL",
    "uq_destinations_project_id_name_live": "destinations (project_id, lower(name)) WHERE deleted_at IS NULL",
}


def upgrade() -> None:
    for name, on in INDEXES.items():
        create_index_concurrently(name, on, unique=True)


def downgrade() -> None:
    for name in INDEXES:
        drop_index_concurrently(name)
