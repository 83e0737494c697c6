"""Require the number of a revision, and let no two in an integration have the same.

Since the release of before every writer gives a number. What was written until then is repaired
first: integrations with a revision that has no number, or one that another has too, are numbered
again, 100 of them a batch. The content of a revision is held to be a JSON object at the same time.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import (
    add_constraint,
    create_index_concurrently,
    in_batches,
    set_not_null,
    unique_using_index,
)

revision = "20240206154210"
down_revision = "20240123165544"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossless(kept=("revisions.number",)),
    locks={"revisions": Lock.ACCESS_EXCLUSIVE},
)

UNIQUE = "uq_revisions_project_id_integration_id_number"


def upgrade() -> None:
    # A count of distinct values leaves NULLs out: it falls short of the rows for both faults.
    in_batches("""
        UPDATE revisions r SET number = n.number FROM
          (SELECT project_id, id,
             row_number() OVER (PARTITION BY project_id, integration_id ORDER BY created_at, id) AS number
           FROM revisions WHERE (project_id, integration_id) IN
             (SELECT project_id, integration_id FROM revisions GROUP BY 1, 2
              HAVING count(DISTINCT number) < count(*) ORDER BY 1, 2 LIMIT 100)) n
        WHERE (r.project_id, r.id) = (n.project_id, n.id) AND r.number IS DISTINCT FROM n.number
    """)
    create_index_concurrently(UNIQUE, "revisions (project_id, integration_id, number)", unique=True)
    unique_using_index("revisions", UNIQUE)
    set_not_null("revisions", "number", check="ck_revisions_number_present")
    add_constraint("revisions", "ck_revisions_number", "CHECK (number > 0)")
    add_constraint("revisions", "ck_revisions_content", "CHECK (jsonb_typeof(content) = 'object')")


def downgrade() -> None:
    op.execute("ALTER TABLE revisions DROP CONSTRAINT IF EXISTS ck_revisions_content")
    op.execute("ALTER TABLE revisions DROP CONSTRAINT IF EXISTS ck_revisions_number")
    op.execute("ALTER TABLE revisions ALTER COLUMN number DROP NOT NULL")
    op.execute(f"ALTER TABLE revisions DROP CONSTRAINT IF EXISTS {UNIQUE}")
