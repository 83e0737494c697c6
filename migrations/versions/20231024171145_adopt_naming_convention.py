"""Give every constraint and index the name of the convention.

Until now the names were PostgreSQL's own; the code finds out by the name what a violated constraint
means, so names have to be predictable. Only the catalogue changes. No code of before looks at names.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20231024171145"
down_revision = "20231010165901"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossless(),
    locks={
        "api_keys": Lock.ACCESS_EXCLUSIVE,
        "builders": Lock.ACCESS_EXCLUSIVE,
        "connections": Lock.ACCESS_EXCLUSIVE,
        "consumers": Lock.ACCESS_EXCLUSIVE,
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "groups": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "invites": Lock.ACCESS_EXCLUSIVE,
        "memberships": Lock.ACCESS_EXCLUSIVE,
        "operation_events": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
        "organizations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "providers": Lock.ACCESS_EXCLUSIVE,
        "read_states": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.ACCESS_EXCLUSIVE,
    },
)

CONSTRAINTS = {
    "api_keys": {
        "api_keys_pkey": "pk_api_keys",
        "api_keys_project_id_fkey": "fk_api_keys_project_id",
    },
    "builders": {
        "builders_idp_provider_idp_ref_key": "uq_builders_idp_provider_idp_ref",
        "builders_pkey": "pk_builders",
    },
    "connections": {
        "connections_pkey": "pk_connections",
        "connections_project_id_consumer_ref_fkey": "fk_connections_consumer_ref",
        "connections_project_id_fkey": "fk_connections_project_id",
        "connections_project_id_group_ref_fkey": "fk_connections_group_ref",
        "connections_provider_app_id_fkey": "fk_connections_provider_app_id",
    },
    "consumers": {
        "consumers_pkey": "pk_consumers",
        "consumers_project_id_fkey": "fk_consumers_project_id",
    },
    "destinations": {
        "destinations_pkey": "pk_destinations",
        "destinations_project_id_fkey": "fk_destinations_project_id",
    },
    "groups": {
        "groups_pkey": "pk_groups",
        "groups_project_id_fkey": "fk_groups_project_id",
    },
    "installations": {
        "installations_connection_id_fkey": "fk_installations_connection_id",
        "installations_integration_id_fkey": "fk_installations_integration_id",
        "installations_pkey": "pk_installations",
        "installations_project_id_fkey": "fk_installations_project_id",
        "installations_project_id_group_ref_fkey": "fk_installations_group_ref",
        "installations_revision_id_fkey": "fk_installations_revision_id",
    },
    "integrations": {
        "integrations_latest_revision_id_fkey": "fk_integrations_latest_revision_id",
        "integrations_pkey": "pk_integrations",
        "integrations_project_id_fkey": "fk_integrations_project_id",
        "integrations_provider_fkey": "fk_integrations_provider",
    },
    "invites": {
        "invites_organization_id_fkey": "fk_invites_organization_id",
        "invites_pkey": "pk_invites",
    },
    "memberships": {
        "memberships_builder_id_fkey": "fk_memberships_builder_id",
        "memberships_organization_id_fkey": "fk_memberships_organization_id",
        "memberships_pkey": "pk_memberships",
    },
    "operation_events": {
        "operation_events_operation_id_fkey": "fk_operation_events_operation_id",
        "operation_events_pkey": "pk_operation_events",
    },
    "operations": {
        "operations_installation_id_fkey": "fk_operations_installation_id",
        "operations_integration_id_fkey": "fk_operations_integration_id",
        "operations_pkey": "pk_operations",
        "operations_project_id_fkey": "fk_operations_project_id",
    },
    "organizations": {
        "organizations_pkey": "pk_organizations",
    },
    "projects": {
        "projects_organization_id_fkey": "fk_projects_organization_id",
        "projects_pkey": "pk_projects",
    },
    "provider_apps": {
        "provider_apps_pkey": "pk_provider_apps",
        "provider_apps_project_id_fkey": "fk_provider_apps_project_id",
        "provider_apps_provider_fkey": "fk_provider_apps_provider",
    },
    "providers": {
        "providers_pkey": "pk_providers",
    },
    "read_states": {
        "read_states_installation_id_fkey": "fk_read_states_installation_id",
        "read_states_pkey": "pk_read_states",
    },
    "revisions": {
        "revisions_integration_id_fkey": "fk_revisions_integration_id",
        "revisions_pkey": "pk_revisions",
    },
}

INDEXES = {
    "api_keys_project_id_idx": "ix_api_keys_project_id",
    "operation_events_operation_id_idx": "ix_operation_events_operation_id_id",
    "read_states_installation_id_idx": "ix_read_states_installation_id_object_name",
    "revisions_integration_id_idx": "ix_revisions_integration_id_created_at",
}


def upgrade() -> None:
    for table, names in CONSTRAINTS.items():
        for old, new in names.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}")
    for old, new in INDEXES.items():
        op.execute(f"ALTER INDEX {old} RENAME TO {new}")


def downgrade() -> None:
    for table, names in CONSTRAINTS.items():
        for old, new in names.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}")
    for old, new in INDEXES.items():
        op.execute(f"ALTER INDEX {new} RENAME TO {old}")
