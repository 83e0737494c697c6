"""Order the text that identifies or sorts by code point: collation "C".

So a list comes in the same order from every server, whatever its locale, and after an upgrade of
its libraries. No row is written; the indexes over these columns are built again under the lock,
which is short for tables of this size. Foreign keys follow their columns. Text columns of later
revisions are born so.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240213172301"
down_revision = "20240206154210"

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
        "organizations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "providers": Lock.ACCESS_EXCLUSIVE,
        "read_states": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.ACCESS_EXCLUSIVE,
    },
)

COLUMNS = {
    "organizations": ("label",),
    "projects": ("name", "app_name"),
    "builders": ("primary_email", "idp_provider", "idp_ref"),
    "providers": ("slug", "display_name", "auth_type"),
    "provider_apps": ("provider", "external_ref", "client_id"),
    "groups": ("group_ref", "group_name"),
    "consumers": ("consumer_ref", "consumer_name"),
    "connections": ("group_ref", "consumer_ref", "workspace_ref"),
    "integrations": ("name", "provider"),
    "installations": ("group_ref", "health_status", "created_by"),
    "destinations": ("name", "type"),
    "api_keys": ("label",),
    "read_states": ("object_name",),
    "invites": ("invited_email", "status"),
    "revisions": ("spec_version",),
}


def upgrade() -> None:
    _collate("C")


def downgrade() -> None:
    _collate("default")


def _collate(collation: str) -> None:
    """Change all columns of a table in one statement: each of its indexes is built once."""
    for table, columns in COLUMNS.items():
        changes = ", ".join(f'ALTER COLUMN {column} TYPE text COLLATE "{collation}"' for column in columns)
        op.execute(f"ALTER TABLE {table} {changes}")
