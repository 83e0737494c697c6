"""Index the tenant tables by project and id, uniquely.

These are what foreign keys that carry the project point to, and later the primary keys. Revisions
get a second one, with their integration, for the pointer to the latest of them.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import create_index_concurrently, drop_index_concurrently

revision = "20231205170020"
down_revision = "20231128171503"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={
        "connections": Lock.SHARE_UPDATE_EXCLUSIVE,
        "destinations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "installations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "integrations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "operations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "provider_apps": Lock.SHARE_UPDATE_EXCLUSIVE,
        "revisions": Lock.SHARE_UPDATE_EXCLUSIVE,
    },
)

INDEXES = {
    "uq_provider_apps_project_id_id": "provider_apps (project_id, id)",
    "uq_connections_project_id_id": "connections (project_id, id)",
    "uq_integrations_project_id_id": "integrations (project_id, id)",
    "uq_revisions_project_id_id": "revisions (project_id, id)",
    "uq_installations_project_id_id": "installations (project_id, id)",
    "uq_operations_project_id_id": "operations (project_id, id)",
    "uq_destinations_project_id_id": "destinations (project_id, id)",
    "uq_revisions_project_id_integration_id_id": "revisions (project_id, integration_id, id)",
}


def upgrade() -> None:
    for name, on in INDEXES.items():
        create_index_concurrently(name, on, unique=True)


def downgrade() -> None:
    for name in INDEXES:
        drop_index_concurrently(name)
