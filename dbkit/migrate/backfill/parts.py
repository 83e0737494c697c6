"""Which tables hold a table's rows: its partitions, or else itself."""

from __future__ import annotations

from typing import Final, LiteralString

__all__ = ["PARTS"]

PARTS: Final[LiteralString] = """
    SELECT oid FROM pg_class WHERE relkind = 'r'
      AND (oid = to_regclass(%(table)s) OR oid IN (SELECT relid FROM pg_partition_tree(to_regclass(%(table)s))))
"""
"""A query for their oids."""
