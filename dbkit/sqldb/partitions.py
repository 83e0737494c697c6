"""The statements that make and drop partitions. Their names and bounds are of our own making, so they are literals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dbkit.models.entity import Entity
from dbkit.models.partition import default_partition, partition_column
from dbkit.sqldb.utility import plain
from dbkit.sqldb.wire import Statement

__all__ = ["drop_partitions", "make_partition"]

# What the catalogue shows of a bound, this session reads again: both in its own time zone.
_BOUNDS = r"""
    SELECT part.oid::regclass AS name,
           (regexp_match(bound, $$FROM \('([^']*)'\)$$))[1]::timestamptz AS low,
           (regexp_match(bound, $$TO \('([^']*)'\)$$))[1]::timestamptz AS high
    FROM pg_inherits JOIN pg_class part ON part.oid = inhrelid,
         LATERAL pg_get_expr(part.relpartbound, part.oid) bound
    WHERE inhparent = '{table}'::regclass AND bound LIKE 'FOR VALUES%'
"""

_MAKE = """
DO $do$
BEGIN
  IF NOT EXISTS (SELECT FROM ({bounds}) AS bounds WHERE low < '{high}' AND high > '{low}') THEN
    CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS);
    WITH moved AS (DELETE FROM {default} WHERE {column} >= '{low}' AND {column} < '{high}' RETURNING *)
    INSERT INTO {name} SELECT * FROM moved;
    ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}');
  END IF;
END $do$
"""

_DROP = """
DO $do$
DECLARE
  part regclass;
BEGIN
  FOR part IN SELECT name FROM ({bounds}) AS bounds WHERE high <= '{before}' ORDER BY high LOOP
    EXECUTE format('DROP TABLE %s', part);
  END LOOP;
END $do$
"""


def make_partition(entity: Entity[Any, Any, Any], low: datetime, high: datetime) -> Statement:
    """Give the rows between two times a partition, unless one takes some of them already.

    Rows that wait in the default partition move over. ATTACH lets reads and writes of the other
    partitions go on, which CREATE TABLE ... PARTITION OF does not.
    """
    table = entity.table
    return plain(
        _MAKE.format(
            bounds=_BOUNDS.format(table=table.name),
            name=f"{table.name}_{low:%Y_%m}",
            table=table.name,
            default=default_partition(table),
            column=partition_column(table).name,
            low=low.isoformat(),
            high=high.isoformat(),
        ),
        writes=True,
    )


def drop_partitions(entity: Entity[Any, Any, Any], before: datetime) -> Statement:
    """Drop the partitions whose rows all lie before this time."""
    table = entity.table.name
    return plain(_DROP.format(bounds=_BOUNDS.format(table=table), before=before.isoformat()), writes=True)
