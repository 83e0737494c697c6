"""Drop operation_events; the newest event of each operation is metadata.lastEvent.

First that is brought up to date, for events that the release of before wrote after 20240909171636
(normally none). The last reference to the id of an operation alone goes with the table.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Impossible, Lock, Phase
from dbkit.migrate.techniques import refuse_downgrade

revision = "20250204171518"
down_revision = "20250128170936"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Impossible("all events but the newest of each operation are gone"),
    locks={"operation_events": Lock.ACCESS_EXCLUSIVE, "operations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        UPDATE operations o SET metadata = coalesce(o.metadata, '{}') || jsonb_build_object('lastEvent', e.document)
        FROM
          (SELECT DISTINCT ON (operation_id) operation_id,
             jsonb_build_object('type', type, 'status', status, 'result', result) AS document
           FROM operation_events ORDER BY operation_id, id DESC) e
        WHERE o.id = e.operation_id AND (o.metadata IS NULL
          OR jsonb_typeof(o.metadata) = 'object' AND o.metadata->'lastEvent' IS DISTINCT FROM e.document)
    """)
    op.execute("DROP TABLE operation_events")


def downgrade() -> None:
    refuse_downgrade("all events but the newest of each operation are gone")
