"""Fill the text of status and type in operations that the trigger has not seen, 500 rows a batch.

Second of four steps. An update that changes nothing is enough: the trigger does the rest.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20240430171206"
down_revision = "20240430165518"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(kept=("operations.status_text", "operations.type_text")),
)


def upgrade() -> None:
    in_batches("""
        UPDATE operations SET status = status
        WHERE id IN (SELECT id FROM operations WHERE status_text IS NULL ORDER BY id LIMIT 500)
    """)


def downgrade() -> None:
    """Leave the filled values: they agree with what they were filled from."""
