"""Create backfill_progress: how far the backfill of an object has come.

Records processed and estimated, for each installation and object. It has the key of `read_states`,
into which it is merged three months later.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20260217170506"
down_revision = "20260121171350"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="the progress of running backfills", rows=("backfill_progress",)),
    locks={"installations": Lock.SHARE_ROW_EXCLUSIVE, "operations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
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
        CREATE INDEX ix_backfill_progress_project_id_operation_id ON backfill_progress (project_id, operation_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE backfill_progress")
