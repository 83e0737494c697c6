"""Mark deleted rows instead of removing them, in six tables.

NULL means that the row is live. The code of before does not look at the mark, so nothing is marked
until it is gone.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230720193301"
down_revision = "20230711170516"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="deletion marks: deleted rows come back to life",
        columns=(
            "connections.deleted_at",
            "destinations.deleted_at",
            "installations.deleted_at",
            "integrations.deleted_at",
            "projects.deleted_at",
            "provider_apps.deleted_at",
        ),
    ),
    locks={
        "connections": Lock.ACCESS_EXCLUSIVE,
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
    },
)

TABLES = ("projects", "provider_apps", "connections", "integrations", "installations", "destinations")


def upgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} ADD COLUMN deleted_at timestamptz")


def downgrade() -> None:
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP COLUMN deleted_at")
