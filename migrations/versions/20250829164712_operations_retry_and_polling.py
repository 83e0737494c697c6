"""Let operations be retried, timed and polled for.

An asynchronous write that failed is tried again as a new operation (`attempt`, `retry_of_id`).
`started_at` and `completed_at` time an operation; `provider_job_ref` and `next_poll_at` tell which
bulk job at the provider to ask about, and when. The indexes come before the foreign key, whose
deletes look through one of them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_constraint, create_index_concurrently, drop_index_concurrently, has_column

revision = "20250829164712"
down_revision = "20250811165127"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="retry chains, times of start and end, positions of polling",
        columns=(
            "operations.attempt",
            "operations.completed_at",
            "operations.next_poll_at",
            "operations.provider_job_ref",
            "operations.retry_of_id",
            "operations.started_at",
        ),
    ),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)

INDEXES = {
    "ix_operations_next_poll_at_due": "operations (next_poll_at) WHERE next_poll_at IS NOT NULL",
    "ix_operations_project_id_retry_of_id": "operations (project_id, retry_of_id) WHERE retry_of_id IS NOT NULL",
    "ix_operations_project_id_config_id": "operations (project_id, config_id) WHERE config_id IS NOT NULL",
}


def upgrade() -> None:
    if not has_column("operations", "attempt"):
        op.execute("""
            ALTER TABLE operations
              ADD COLUMN attempt integer NOT NULL DEFAULT 1,
              ADD COLUMN retry_of_id uuid,
              ADD COLUMN started_at timestamptz,
              ADD COLUMN completed_at timestamptz,
              ADD COLUMN provider_job_ref text COLLATE "C",
              ADD COLUMN next_poll_at timestamptz
        """)
    for name, on in INDEXES.items():
        create_index_concurrently(name, on)
    add_constraint(
        "operations",
        "fk_operations_retry_of_id",
        "FOREIGN KEY (project_id, retry_of_id) REFERENCES operations (project_id, id) ON DELETE SET NULL (retry_of_id)",
    )
    add_constraint("operations", "ck_operations_attempt", "CHECK (attempt > 0 AND retry_of_id <> id)")
    add_constraint(
        "operations",
        "ck_operations_completed_at",
        "CHECK (completed_at >= started_at AND (completed_at IS NULL OR status IN ('completed', 'failed')))",
    )


def downgrade() -> None:
    for name in INDEXES:
        drop_index_concurrently(name)
    op.execute("""
        ALTER TABLE operations
          DROP COLUMN IF EXISTS attempt,
          DROP COLUMN IF EXISTS retry_of_id,
          DROP COLUMN IF EXISTS started_at,
          DROP COLUMN IF EXISTS completed_at,
          DROP COLUMN IF EXISTS provider_job_ref,
          DROP COLUMN IF EXISTS next_poll_at
    """)
