"""Drop backfill_progress.

Step 2 of 2. What the release of before wrote there since the first step is merged first: of two
values for one operation the greater is right, because progress only grows, and of two operations the
one written later. The downgrade fills the table from `read_states`, with what belongs to a backfill.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20260602170219"
down_revision = "20260522163744"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossy(
        lost="progress of backfills that later reads have overwritten, and times of the rows that were merged",
        rows=("backfill_progress",),
        columns=(
            "backfill_progress.created_at",
            "backfill_progress.operation_id",
            "backfill_progress.records_estimated_total",
            "backfill_progress.records_processed",
            "backfill_progress.updated_at",
        ),
        kept=(
            "read_states.percent_complete",
            "read_states.progress_operation_id",
            "read_states.records_estimated_total",
            "read_states.records_processed",
        ),
    ),
    locks={
        "backfill_progress": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("""
        INSERT INTO read_states AS r (project_id, installation_id, object_name, progress_operation_id,
          records_processed, records_estimated_total, created_at, updated_at)
        SELECT project_id, installation_id, object_name, operation_id, records_processed, records_estimated_total,
          created_at, updated_at
        FROM backfill_progress
        ON CONFLICT (project_id, installation_id, object_name) DO UPDATE SET
          progress_operation_id = excluded.progress_operation_id,
          records_processed = excluded.records_processed,
          records_estimated_total = excluded.records_estimated_total
        WHERE CASE
          WHEN r.progress_operation_id IS NULL THEN true
          WHEN r.progress_operation_id = excluded.progress_operation_id
            THEN r.records_processed < excluded.records_processed
          ELSE r.updated_at < excluded.updated_at END
    """)
    op.execute("DROP TABLE backfill_progress")


def downgrade() -> None:
    op.execute("""
        CREATE TABLE backfill_progress (
          project_id uuid NOT NULL,
          installation_id uuid NOT NULL,
          object_name text COLLATE "C" NOT NULL,
          operation_id uuid NOT NULL,
          records_processed bigint NOT NULL DEFAULT 0,
          records_estimated_total bigint,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_backfill_progress PRIMARY KEY (project_id, installation_id, object_name),
          CONSTRAINT fk_backfill_progress_installation_id FOREIGN KEY (project_id, installation_id)
            REFERENCES installations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_backfill_progress_operation_id FOREIGN KEY (project_id, operation_id)
            REFERENCES operations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_backfill_progress_records CHECK (records_processed >= 0 AND records_estimated_total >= 0))
    """)
    op.execute("""
        INSERT INTO backfill_progress (project_id, installation_id, object_name, operation_id, records_processed,
          records_estimated_total, created_at, updated_at)
        SELECT r.project_id, r.installation_id, r.object_name, r.progress_operation_id, r.records_processed,
          r.records_estimated_total, r.created_at, r.updated_at
        FROM read_states r JOIN operations o ON (o.project_id, o.id) = (r.project_id, r.progress_operation_id)
        WHERE o.read_type IS NULL OR o.read_type = 'backfill'
    """)
    op.execute("""
        CREATE INDEX ix_backfill_progress_project_id_operation_id ON backfill_progress (project_id, operation_id)
    """)
