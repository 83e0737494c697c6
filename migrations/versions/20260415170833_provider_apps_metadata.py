"""Add provider_apps.metadata.

Two objects at most: `authQueryParams` go along to the provider's sign-in page, `providerParams` to
its other addresses.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint

revision = "20260415170833"
down_revision = "20260313164127"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="metadata written since", columns=("provider_apps.metadata",)),
    locks={"provider_apps": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("provider_apps", "metadata", "jsonb NOT NULL DEFAULT '{}'")
    add_constraint(
        "provider_apps",
        "ck_provider_apps_metadata",
        "CHECK (jsonb_typeof(metadata) = 'object' AND metadata - '{authQueryParams,providerParams}'::text[] = '{}')",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE provider_apps DROP COLUMN IF EXISTS metadata")
