"""Give API keys scopes. Keys of before, and keys that the release of before writes, have full access.

The default stays until every writer says its scopes.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, add_constraint

revision = "20240927164310"
down_revision = "20240909171636"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="scopes of keys", columns=("api_keys.scopes",)),
    locks={"api_keys": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("api_keys", "scopes", """text[] COLLATE "C" NOT NULL DEFAULT '{full}'""")
    add_constraint(
        "api_keys",
        "ck_api_keys_scopes",
        "CHECK (scopes <@ '{full,frontend,read,write,proxy}'::text[] AND cardinality(scopes) > 0)",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE api_keys DROP COLUMN IF EXISTS scopes")
