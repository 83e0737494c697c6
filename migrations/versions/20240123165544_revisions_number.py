"""Number the revisions of an integration, in order of their creation.

Old code gives no number. The next release gives one more than the highest; that two writers give
the same one is not ruled out before the next revision. An integration is numbered as a whole, 100
of them a batch.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, in_batches

revision = "20240123165544"
down_revision = "20240109171026"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost="numbers given since: a new run counts again, in order of creation",
        columns=("revisions.number",),
    ),
    locks={"revisions": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("revisions", "number", "integer")
    in_batches("""
        UPDATE revisions r SET number = n.number FROM
          (SELECT project_id, id,
             row_number() OVER (PARTITION BY project_id, integration_id ORDER BY created_at, id) AS number
           FROM revisions WHERE (project_id, integration_id) IN
             (SELECT DISTINCT project_id, integration_id FROM revisions WHERE number IS NULL ORDER BY 1, 2 LIMIT 100)) n
        WHERE (r.project_id, r.id) = (n.project_id, n.id) AND r.number IS DISTINCT FROM n.number
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE revisions DROP COLUMN IF EXISTS number")
