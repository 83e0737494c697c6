"""Give API keys an id, a prefix to know them by, and the SHA-256 of the key.

A trigger fills all three from the plain key, which the release of before goes on writing. The prefix
are the first eight characters, for people; a request is let in by the hash.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import (
    add_column,
    atomically,
    create_unique_index_concurrently,
    has_trigger,
    in_batches,
    set_not_null,
)

revision = "20241008163358"
down_revision = "20240927164310"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    # Applied again, it draws new ids; nothing refers to them yet.
    downgrade=Lossless(remade=("api_keys.id",)),
    locks={"api_keys": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("api_keys", "id", "uuid")
    add_column("api_keys", "key_prefix", 'text COLLATE "C"')
    add_column("api_keys", "key_hash", "bytea")
    if not has_trigger("api_keys", "tg_api_keys_hash"):
        with atomically():
            _create_trigger()
    in_batches("""
        UPDATE api_keys SET label = label
        WHERE key IN (SELECT key FROM api_keys WHERE id IS NULL ORDER BY key LIMIT 200)
    """)
    create_unique_index_concurrently("uq_api_keys_project_id_id", "api_keys (project_id, id)")
    create_unique_index_concurrently("uq_api_keys_key_hash", "api_keys (key_hash)")
    set_not_null("api_keys", "id", "key_prefix", "key_hash", check="ck_api_keys_hash_present")


def downgrade() -> None:
    # At once: without the trigger the release of before cannot fill what is required.
    with atomically():
        op.execute("DROP TRIGGER IF EXISTS tg_api_keys_hash ON api_keys")
        op.execute("DROP FUNCTION IF EXISTS tg_api_keys_hash()")
        op.execute("""
            ALTER TABLE api_keys DROP COLUMN IF EXISTS id, DROP COLUMN IF EXISTS key_prefix,
              DROP COLUMN IF EXISTS key_hash
        """)


def _create_trigger() -> None:
    op.execute("""
        CREATE FUNCTION tg_api_keys_hash() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          new.id := coalesce(new.id, gen_random_uuid());
          IF new.key IS NOT NULL THEN
            new.key_prefix := left(new.key, 8);
            new.key_hash := sha256(convert_to(new.key, 'UTF8'));
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_api_keys_hash BEFORE INSERT OR UPDATE ON api_keys
          FOR EACH ROW EXECUTE FUNCTION tg_api_keys_hash()
    """)
