"""Add till tokens to stores, sealed."""

from __future__ import annotations

from alembic import op
from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20260407083000"
down_revision = "20260406101500"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="the tokens", columns=("stores.till_token",)),
    locks={"stores": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE stores ADD COLUMN till_token BYTEA, ADD COLUMN till_token_key_id UUID")


def downgrade() -> None:
    op.execute("ALTER TABLE stores DROP COLUMN till_token, DROP COLUMN till_token_key_id")
