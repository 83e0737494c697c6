"""Keep one read state for each installation and object: the newest, by updated_at and then id.

Writers of this release update by project, installation and object. No constraint ever held it.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Impossible, Phase
from dbkit.migrate.techniques import in_batches, refuse_downgrade

revision = "20250325163640"
down_revision = "20250314165208"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Impossible("the older read states of an object are gone"),
)


def upgrade() -> None:
    in_batches("""
        DELETE FROM read_states WHERE id IN
          (SELECT id FROM
             (SELECT id, row_number() OVER (PARTITION BY project_id, installation_id, object_name
                ORDER BY updated_at DESC, id DESC) AS n FROM read_states) AS states
           WHERE n > 1 ORDER BY id LIMIT 500)
    """)


def downgrade() -> None:
    refuse_downgrade("the older read states of an object are gone")
