"""Rename the keys in the metadata of Kinesis destinations, 200 a batch.

`kinesisStreamName`, `kinesisRegion`, `kinesisEndpointUrl` and `kinesisPartitionKeyTemplate` lose
their prefix. The code reads both since the release before, and writes the new ones from the next.
A key stays as it is where the document has the new one already: nothing is overwritten, in either
direction, and documents of other destinations are left alone.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20250924163810"
down_revision = "20250905170029"

header = Header(phase=Phase.DATA, transactional=False, downgrade=Lossless())


def upgrade() -> None:
    in_batches("""
        WITH renamed (before, after) AS (VALUES
          ('kinesisStreamName', 'streamName'), ('kinesisRegion', 'region'), ('kinesisEndpointUrl', 'endpointUrl'),
          ('kinesisPartitionKeyTemplate', 'partitionKeyTemplate'))
        UPDATE destinations d SET metadata = (
          SELECT jsonb_object_agg(coalesce(r.after, k), v)
          FROM jsonb_each(d.metadata) AS entry (k, v) LEFT JOIN renamed r ON r.before = k AND NOT d.metadata ? r.after)
        WHERE (project_id, id) IN (
          SELECT project_id, id FROM destinations
          WHERE type = 'kinesis'
            AND EXISTS (SELECT FROM renamed WHERE metadata ? renamed.before AND NOT metadata ? renamed.after)
          ORDER BY 1, 2 LIMIT 200)
    """)


def downgrade() -> None:
    in_batches("""
        WITH renamed (before, after) AS (VALUES
          ('streamName', 'kinesisStreamName'), ('region', 'kinesisRegion'), ('endpointUrl', 'kinesisEndpointUrl'),
          ('partitionKeyTemplate', 'kinesisPartitionKeyTemplate'))
        UPDATE destinations d SET metadata = (
          SELECT jsonb_object_agg(coalesce(r.after, k), v)
          FROM jsonb_each(d.metadata) AS entry (k, v) LEFT JOIN renamed r ON r.before = k AND NOT d.metadata ? r.after)
        WHERE (project_id, id) IN (
          SELECT project_id, id FROM destinations
          WHERE type = 'kinesis'
            AND EXISTS (SELECT FROM renamed WHERE metadata ? renamed.before AND NOT metadata ? renamed.after)
          ORDER BY 1, 2 LIMIT 200)
    """)
