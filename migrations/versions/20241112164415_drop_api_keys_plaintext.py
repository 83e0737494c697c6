"""Drop the plain text of API keys: from here on no key can be read from the database."""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Impossible, Lock, Phase
from dbkit.migrate.techniques import refuse_downgrade

revision = "20241112164415"
down_revision = "20241106171203"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Impossible("a hash cannot be turned back into the key"),
    locks={"api_keys": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("DROP TRIGGER tg_api_keys_hash ON api_keys")
    op.execute("DROP FUNCTION tg_api_keys_hash()")
    op.execute("ALTER TABLE api_keys DROP COLUMN key")


def downgrade() -> None:
    refuse_downgrade("a hash cannot be turned back into the key")
