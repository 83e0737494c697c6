"""Keep the newest event of each operation as metadata.lastEvent, 200 operations a batch.

The event endpoints have left the API. The table is not written from this release on; it is dropped
later, by a revision that first folds what the release of before still wrote. A document that is no
object is left as it is.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossy, Phase
from dbkit.migrate.techniques import in_batches

revision = "20240909171636"
down_revision = "20240813163255"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost="whether a document was empty or missing, where an event had been folded into it",
        columns=("operations.metadata",),
    ),
)


def upgrade() -> None:
    in_batches("""
        UPDATE operations o SET metadata = coalesce(o.metadata, '{}') || jsonb_build_object('lastEvent', e.document)
        FROM
          (SELECT DISTINCT ON (operation_id) operation_id,
             jsonb_build_object('type', type, 'status', status, 'result', result) AS document
           FROM operation_events WHERE operation_id IN
             (SELECT p.id FROM operations p
              WHERE (p.metadata IS NULL OR jsonb_typeof(p.metadata) = 'object' AND NOT p.metadata ? 'lastEvent')
                AND EXISTS (SELECT FROM operation_events x WHERE x.operation_id = p.id)
              ORDER BY p.id LIMIT 200)
           ORDER BY operation_id, id DESC) e
        WHERE o.id = e.operation_id
    """)


def downgrade() -> None:
    """Take away what was folded: what an operation has without any event is its own."""
    in_batches("""
        UPDATE operations SET metadata = nullif(metadata - 'lastEvent', '{}') WHERE id IN
          (SELECT p.id FROM operations p
           WHERE jsonb_typeof(p.metadata) = 'object' AND p.metadata ? 'lastEvent'
             AND EXISTS (SELECT FROM operation_events x WHERE x.operation_id = p.id)
           ORDER BY p.id LIMIT 200)
    """)
