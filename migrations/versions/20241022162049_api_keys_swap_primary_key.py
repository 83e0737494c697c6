"""Make project and id the primary key of API keys, in place of the key itself.

Keys are looked up by their hash now. The next release writes no plain key any more, and says the
scopes of every key.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import primary_key_using_index, refuse_downgrade_if, unique_using_index

revision = "20241022162049"
down_revision = "20241008163358"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(refuses="while there is a key whose plain text was never written"),
    locks={"api_keys": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    primary_key_using_index("api_keys", "uq_api_keys_project_id_id")
    unique_using_index("api_keys", "uq_api_keys_key_hash")
    op.execute("ALTER TABLE api_keys ALTER COLUMN key DROP NOT NULL, ALTER COLUMN scopes DROP DEFAULT")
    op.execute("DROP INDEX ix_api_keys_project_id")


def downgrade() -> None:
    refuse_downgrade_if(
        "SELECT FROM api_keys WHERE key IS NULL", "there are API keys whose plain text was never written"
    )
    op.execute("ALTER TABLE api_keys DROP CONSTRAINT pk_api_keys, ADD CONSTRAINT pk_api_keys PRIMARY KEY (key)")
    op.execute("ALTER TABLE api_keys DROP CONSTRAINT uq_api_keys_key_hash")
    op.execute("CREATE UNIQUE INDEX uq_api_keys_key_hash ON api_keys (key_hash)")
    op.execute("CREATE UNIQUE INDEX uq_api_keys_project_id_id ON api_keys (project_id, id)")
    op.execute("CREATE INDEX ix_api_keys_project_id ON api_keys (project_id)")
    op.execute("ALTER TABLE api_keys ALTER COLUMN scopes SET DEFAULT '{full}'")
