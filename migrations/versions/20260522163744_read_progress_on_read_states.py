"""Keep the progress of every read on read_states.

Step 1 of 2. `read_states` gets the columns of `backfill_progress`, which has the same key, and a
percentage generated from them: that rewrites the table, which is accepted (one row for each
installation and object). Rows are merged 200 a batch; a state that is missing is created, with the
times of the progress. The release of before still writes `backfill_progress`; what it writes there
after this is merged by the next step.

The way back takes away the states that were created here, unless somebody has written them since:
those are known by their times.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_constraint,
    create_index_concurrently,
    drop_index_concurrently,
    has_column,
    in_batches,
)

revision = "20260522163744"
down_revision = "20260415170833"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="progress written since",
        columns=(
            "read_states.percent_complete",
            "read_states.progress_operation_id",
            "read_states.records_estimated_total",
            "read_states.records_processed",
        ),
        remade=("read_states.created_at",),
    ),
    locks={"operations": Lock.SHARE_ROW_EXCLUSIVE, "read_states": Lock.ACCESS_EXCLUSIVE},
    rewrites=("read_states",),
)


def upgrade() -> None:
    if not has_column("read_states", "progress_operation_id"):
        op.execute("""
            ALTER TABLE read_states
              ADD COLUMN progress_operation_id uuid,
              ADD COLUMN records_processed bigint NOT NULL DEFAULT 0,
              ADD COLUMN records_estimated_total bigint,
              ADD COLUMN percent_complete numeric(5,2) GENERATED ALWAYS AS (
                CASE WHEN records_estimated_total > 0
                  THEN least(100.00, round(records_processed * 100.0 / records_estimated_total, 2)) END) STORED,
              ADD COLUMN created_at timestamptz NOT NULL DEFAULT now()
        """)
    add_constraint(
        "read_states", "ck_read_states_records", "CHECK (records_processed >= 0 AND records_estimated_total >= 0)"
    )
    create_index_concurrently(
        "ix_read_states_project_id_progress_operation_id",
        "read_states (project_id, progress_operation_id) WHERE progress_operation_id IS NOT NULL",
    )
    add_constraint(
        "read_states",
        "fk_read_states_progress_operation_id",
        "FOREIGN KEY (project_id, progress_operation_id) REFERENCES operations (project_id, id)"
        " ON DELETE SET NULL (progress_operation_id)",
    )
    in_batches("""
        INSERT INTO read_states (project_id, installation_id, object_name, progress_operation_id, records_processed,
          records_estimated_total, created_at, updated_at)
        SELECT b.project_id, b.installation_id, b.object_name, b.operation_id, b.records_processed,
          b.records_estimated_total, b.created_at, b.updated_at
        FROM backfill_progress b LEFT JOIN read_states r USING (project_id, installation_id, object_name)
        WHERE (r.progress_operation_id, r.records_processed, r.records_estimated_total)
          IS DISTINCT FROM (b.operation_id, b.records_processed, b.records_estimated_total)
        ORDER BY 1, 2, 3 LIMIT 200
        ON CONFLICT (project_id, installation_id, object_name) DO UPDATE SET
          progress_operation_id = excluded.progress_operation_id,
          records_processed = excluded.records_processed,
          records_estimated_total = excluded.records_estimated_total
    """)


def downgrade() -> None:
    if has_column("read_states", "progress_operation_id"):
        in_batches("""
            DELETE FROM read_states
            WHERE (project_id, installation_id, object_name) IN (
              SELECT project_id, installation_id, object_name
              FROM read_states r JOIN backfill_progress b USING (project_id, installation_id, object_name)
              WHERE (r.created_at, r.updated_at) = (b.created_at, b.updated_at) AND r.next_page_token IS NULL
                AND r.version = 1
              ORDER BY 1, 2, 3 LIMIT 200)
        """)
    drop_index_concurrently("ix_read_states_project_id_progress_operation_id")
    op.execute("""
        ALTER TABLE read_states
          DROP COLUMN IF EXISTS percent_complete,
          DROP COLUMN IF EXISTS progress_operation_id,
          DROP COLUMN IF EXISTS records_processed,
          DROP COLUMN IF EXISTS records_estimated_total,
          DROP COLUMN IF EXISTS created_at
    """)
