"""Make project, installation and object the primary key of read_states; the bigint id goes.

First duplicates that the release of before wrote after 20250325163640 are removed (normally none).
The downgrade numbers the rows anew, which writes the table under its lock; nothing refers to them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    atomically,
    create_index_concurrently,
    create_unique_index_concurrently,
    drop_index_concurrently,
    has_column,
    in_batches,
    primary_key_using_index,
)

revision = "20250327170115"
down_revision = "20250325163640"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="the ids (new ones are drawn), and older states of an object that were written since",
        rows=("read_states",),
        kept=("read_states.id",),
    ),
    locks={"read_states": Lock.ACCESS_EXCLUSIVE},
)

KEY = "uq_read_states_project_id_installation_id_object_name"
OLD = "ix_read_states_installation_id_object_name"


def upgrade() -> None:
    if has_column("read_states", "id"):
        _remove_duplicates()
        # The key's index takes the key's name: where the id is gone, or is no key, there is nothing to build.
        create_unique_index_concurrently(KEY, "read_states (project_id, installation_id, object_name)")
        with atomically():
            primary_key_using_index("read_states", KEY)
            op.execute("ALTER TABLE read_states DROP COLUMN id")
    drop_index_concurrently(OLD)


def downgrade() -> None:
    add_column("read_states", "id", "bigserial")
    create_index_concurrently(OLD, "read_states (installation_id, object_name)")
    create_unique_index_concurrently("uq_read_states_id", "read_states (id)")
    primary_key_using_index("read_states", "uq_read_states_id")


def _remove_duplicates() -> None:
    in_batches("""
        DELETE FROM read_states WHERE id IN
          (SELECT id FROM
             (SELECT id, row_number() OVER (PARTITION BY project_id, installation_id, object_name
                ORDER BY updated_at DESC, id DESC) AS n FROM read_states) AS states
           WHERE n > 1 ORDER BY id LIMIT 500)
    """)
