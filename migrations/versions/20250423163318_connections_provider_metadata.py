"""Add connections.provider_metadata.

Values that a provider hands out beside its tokens, such as an account id, each with its source.
Connections of before, and those that the release of before writes, have none: the default is an
empty object.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint

revision = "20250423163318"
down_revision = "20250411165901"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="metadata written since", columns=("connections.provider_metadata",)),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("connections", "provider_metadata", "jsonb NOT NULL DEFAULT '{}'")
    add_constraint(
        "connections", "ck_connections_provider_metadata", "CHECK (jsonb_typeof(provider_metadata) = 'object')"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE connections DROP COLUMN IF EXISTS provider_metadata")
