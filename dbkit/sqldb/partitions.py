"""The statements that make and drop partitions. Their names and bounds are of our own making, so they are literals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table

from dbkit.models.entity import Entity
from dbkit.models.partition import default_partition, partition_column
from dbkit.sqldb.utility import plain
from dbkit.sqldb.wire import Statement

__all__ = ["Making", "bounds_of", "drop_partitions", "make_partition", "partition_name"]

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
    {create};
    {move};
    {attach};
  END IF;
END $do$
"""

_CREATE = "CREATE TABLE {name} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"
_MOVE = """
    WITH moved AS (DELETE FROM {default} WHERE {column} >= '{low}' AND {column} < '{high}' RETURNING *)
    INSERT INTO {name} SELECT * FROM moved
"""
_ATTACH = "ALTER TABLE {table} ATTACH PARTITION {name} FOR VALUES FROM ('{low}') TO ('{high}')"

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


@dataclass(frozen=True, slots=True)
class Making:
    """The statements that give the rows between two times a partition: made beside, filled, and attached.

    Only the last one stands in anybody's way. It lets reads and writes of the other partitions go on, which CREATE
    TABLE ... PARTITION OF does not.
    """

    create: str
    move: str
    attach: str

    @classmethod
    def of(cls, table: Table, low: datetime, high: datetime) -> Making:
        """Return them for a table; rows that wait in the default partition move over."""
        words = {
            "name": partition_name(table, low),
            "table": table.name,
            "default": default_partition(table),
            "column": partition_column(table).name,
            "low": low.isoformat(),
            "high": high.isoformat(),
        }
        return cls(*(text.format(**words) for text in (_CREATE, _MOVE, _ATTACH)))


def bounds_of(table: Table) -> str:
    """Return the query for a table's partitions between two times: `name`, `low`, `high`."""
    return _BOUNDS.format(table=table.name)


def partition_name(table: Table, low: datetime) -> str:
    """Return what the partition of the month that begins then is called."""
    return f"{table.name}_{low:%Y_%m}"


def make_partition(entity: Entity[Any, Any, Any], low: datetime, high: datetime) -> Statement:
    """Give the rows between two times a partition, unless one takes some of them already."""
    making = Making.of(entity.table, low, high)
    return plain(
        _MAKE.format(
            bounds=bounds_of(entity.table),
            create=making.create,
            move=making.move,
            attach=making.attach,
            low=low.isoformat(),
            high=high.isoformat(),
        ),
        writes=True,
    )


def drop_partitions(entity: Entity[Any, Any, Any], before: datetime) -> Statement:
    """Drop the partitions whose rows all lie before this time."""
    return plain(_DROP.format(bounds=bounds_of(entity.table), before=before.isoformat()), writes=True)
