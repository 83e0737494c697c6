"""Index what is listed and referenced; hold live rows to being one.

Installations are listed across integrations from here on. Foreign keys that had no index under them
get one. Live installations are one for each integration and group, live provider apps one for each
client and each external reference; where rows are not, this stops with the violation and leaves no
index.

Deliveries get the foreign key onto operations that they lacked, so some may name an operation that
is gone. Their reference becomes null in batches, as the foreign key itself would have done.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_constraint_not_valid,
    create_index_concurrently,
    create_unique_index_concurrently,
    drop_index_concurrently,
    in_batches,
    validate_constraint,
)

revision = "20250728170811"
down_revision = "20250715164259"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="references of deliveries to operations that were gone already", columns=("deliveries.operation_id",)
    ),
    locks={
        "connection_secrets": Lock.SHARE_UPDATE_EXCLUSIVE,
        "connections": Lock.SHARE_UPDATE_EXCLUSIVE,
        "deliveries": Lock.SHARE_ROW_EXCLUSIVE,
        "installations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "operations": Lock.SHARE_ROW_EXCLUSIVE,
        "provider_apps": Lock.SHARE_UPDATE_EXCLUSIVE,
    },
)

UNIQUE = {
    "uq_installations_project_id_integration_id_group_ref_live": (
        "installations (project_id, integration_id, group_ref) WHERE deleted_at IS NULL"
    ),
    "uq_provider_apps_project_id_provider_client_id_live": (
        "provider_apps (project_id, provider, client_id) WHERE deleted_at IS NULL"
    ),
    "uq_provider_apps_project_id_external_ref_live": (
        "provider_apps (project_id, external_ref) WHERE external_ref IS NOT NULL AND deleted_at IS NULL"
    ),
}

INDEXES = {
    "ix_installations_project_id_created_at_id_live": (
        "installations (project_id, created_at DESC, id DESC) WHERE deleted_at IS NULL"
    ),
    "ix_installations_project_id_group_ref": "installations (project_id, group_ref)",
    "ix_installations_project_id_connection_id": "installations (project_id, connection_id)",
    "ix_connections_project_id_group_ref": "connections (project_id, group_ref)",
    "ix_connections_project_id_consumer_ref": "connections (project_id, consumer_ref)",
    "ix_connections_project_id_provider_app_id": (
        "connections (project_id, provider_app_id) WHERE provider_app_id IS NOT NULL"
    ),
    "ix_connection_secrets_project_id_encryption_key_id": "connection_secrets (project_id, encryption_key_id)",
    "ix_connection_secrets_expires_at_tokens": (
        "connection_secrets (expires_at) WHERE kind = 'access_token' AND expires_at IS NOT NULL"
    ),
    "ix_operations_project_id_integration_id": "operations (project_id, integration_id)",
    "ix_deliveries_project_id_operation_id": "deliveries (project_id, operation_id) WHERE operation_id IS NOT NULL",
}


def upgrade() -> None:
    for name, on in UNIQUE.items():
        create_unique_index_concurrently(name, on)
    for name, on in INDEXES.items():
        create_index_concurrently(name, on)
    add_constraint_not_valid(
        "deliveries",
        "fk_deliveries_operation_id",
        "FOREIGN KEY (project_id, operation_id) REFERENCES operations (project_id, id)"
        " ON DELETE SET NULL (operation_id)",
    )
    in_batches("""
        UPDATE deliveries SET operation_id = NULL
        WHERE (project_id, id) IN (
          SELECT d.project_id, d.id FROM deliveries d
          WHERE d.operation_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM operations o WHERE (o.project_id, o.id) = (d.project_id, d.operation_id))
          ORDER BY 1, 2 LIMIT 500)
    """)
    validate_constraint("deliveries", "fk_deliveries_operation_id")


def downgrade() -> None:
    op.execute("ALTER TABLE deliveries DROP CONSTRAINT IF EXISTS fk_deliveries_operation_id")
    for name in (*UNIQUE, *INDEXES):
        drop_index_concurrently(name)
