"""Keep the status of an installation's last operation beside it.

In the words of the API: success, failure, in_progress; null where there was no operation yet. Filled
from the newest operation, 200 installations a batch. The release of before does not write it: where
an operation ends under it, the installation shows the status of before until its next operation.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import add_column, add_constraint, in_batches

revision = "20251208163222"
down_revision = "20251118170742"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={"installations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("installations", "last_operation_status", 'text COLLATE "C"')
    add_constraint(
        "installations",
        "ck_installations_last_operation_status",
        "CHECK (last_operation_status IN ('success', 'failure', 'in_progress'))",
    )
    in_batches("""
        WITH todo AS (
          SELECT project_id, id FROM installations i
          WHERE last_operation_status IS NULL
            AND EXISTS (SELECT FROM operations o WHERE (o.project_id, o.installation_id) = (i.project_id, i.id))
          ORDER BY 1, 2 LIMIT 200)
        UPDATE installations i SET last_operation_status = (
          SELECT CASE o.status WHEN 'completed' THEN 'success' WHEN 'failed' THEN 'failure' ELSE 'in_progress' END
          FROM operations o WHERE (o.project_id, o.installation_id) = (i.project_id, i.id)
          ORDER BY o.created_at DESC, o.id DESC LIMIT 1)
        FROM todo WHERE (todo.project_id, todo.id) = (i.project_id, i.id)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE installations DROP COLUMN IF EXISTS last_operation_status")
