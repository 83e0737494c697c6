"""Page through operations: indexes for (created_at, id); project and id become the primary key.

Nothing refers to the id alone any more. The unique index of 20231205170020 becomes the key. The
downgrade builds the old key's index first: where two projects use the same id it stops there, with
the violation, and nothing has changed.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import (
    create_index_concurrently,
    create_unique_index_concurrently,
    drop_index_concurrently,
    has_index,
    primary_key_using_index,
)

revision = "20250214170249"
down_revision = "20250204171518"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossless(refuses="while two projects have an operation of the same id"),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)

INDEXES = {
    "ix_operations_project_id_installation_id_created_at_id": (
        "operations (project_id, installation_id, created_at DESC, id DESC)"
    ),
    "ix_operations_project_id_created_at_id": "operations (project_id, created_at DESC, id DESC)",
    "ix_operations_project_id_created_at_open": (
        "operations (project_id, created_at) WHERE status IN ('pending', 'running')"
    ),
}
OLD = "ix_operations_installation_id_created_at"
KEY = "uq_operations_project_id_id"
OLD_KEY = "uq_operations_id"


def upgrade() -> None:
    for name, on in INDEXES.items():
        create_index_concurrently(name, on)
    primary_key_using_index("operations", KEY)
    drop_index_concurrently(OLD)


def downgrade() -> None:
    if not has_index(KEY):
        create_unique_index_concurrently(OLD_KEY, "operations (id)")
        primary_key_using_index("operations", OLD_KEY)
        create_index_concurrently(KEY, "operations (project_id, id)", unique=True)
    create_index_concurrently(OLD, "operations (installation_id, created_at DESC)")
    for name in INDEXES:
        drop_index_concurrently(name)
