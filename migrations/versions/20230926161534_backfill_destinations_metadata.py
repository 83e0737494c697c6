"""Fill destinations.metadata from the url, 500 rows a batch.

Readers of the new code find the document; the trigger of the revision before keeps both in step.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20230926161534"
down_revision = "20230926155012"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(kept=("destinations.metadata",)),
)


def upgrade() -> None:
    in_batches("""
        UPDATE destinations SET metadata = jsonb_build_object('url', url)
        WHERE id IN (SELECT id FROM destinations WHERE metadata IS NULL ORDER BY id LIMIT 500)
    """)


def downgrade() -> None:
    """Leave the filled values: they agree with what they were filled from."""
