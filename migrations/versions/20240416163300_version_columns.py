"""Give nine tables a version for optimistic updates, and organizations a mark of deletion.

The default is constant, so no row is written. Code that does not know the version leaves it at 1.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20240416163300"
down_revision = "20240409171530"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="version counters, and which organizations are deleted",
        columns=(
            "connections.version",
            "destinations.version",
            "installations.version",
            "integrations.version",
            "operations.version",
            "organizations.deleted_at",
            "organizations.version",
            "projects.version",
            "provider_apps.version",
            "read_states.version",
        ),
    ),
    locks={
        "connections": Lock.ACCESS_EXCLUSIVE,
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
        "organizations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "read_states": Lock.ACCESS_EXCLUSIVE,
    },
)

TABLES = (
    "organizations",
    "projects",
    "provider_apps",
    "integrations",
    "connections",
    "installations",
    "operations",
    "destinations",
    "read_states",
)


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN version integer NOT NULL DEFAULT 1")
    op.execute("ALTER TABLE organizations ADD COLUMN deleted_at timestamptz")


def downgrade() -> None:
    op.execute("ALTER TABLE organizations DROP COLUMN deleted_at")
    for table in reversed(TABLES):
        op.execute(f"ALTER TABLE {table} DROP COLUMN version")
