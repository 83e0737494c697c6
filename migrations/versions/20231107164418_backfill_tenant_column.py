"""Fill the project of revisions and read_states from their parents, 500 rows a batch.

The trigger of the revision before fills it in rows that are written meanwhile.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20231107164418"
down_revision = "20231107162210"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(kept=("read_states.project_id", "revisions.project_id")),
)


def upgrade() -> None:
    in_batches("""
        UPDATE revisions r SET project_id = i.project_id FROM integrations i
        WHERE i.id = r.integration_id
          AND r.id IN (SELECT id FROM revisions WHERE project_id IS NULL ORDER BY id LIMIT 500)
    """)
    in_batches("""
        UPDATE read_states r SET project_id = i.project_id FROM installations i
        WHERE i.id = r.installation_id
          AND r.id IN (SELECT id FROM read_states WHERE project_id IS NULL ORDER BY id LIMIT 500)
    """)


def downgrade() -> None:
    """Leave the filled values: they agree with what they were filled from."""
