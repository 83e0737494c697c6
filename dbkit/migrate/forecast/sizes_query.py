"""The queries behind `Statistics`: what a catalogue says of sizes."""

from __future__ import annotations

from typing import Final, LiteralString

__all__ = ["ASKED", "COLUMNS", "ORIGIN", "REMEMBERED", "SYSTEM"]

# A partitioned table is as large as its partitions together.
_TABLES: LiteralString = """
SELECT t.relname::text, CASE WHEN bool_or(c.reltuples >= 0) THEN sum(greatest(c.reltuples, 0))::bigint END,
       sum({table})::bigint, sum({indexes})::bigint
FROM pg_class c JOIN pg_class t ON t.oid = CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid ELSE c.oid END
WHERE t.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'm')
GROUP BY t.relname ORDER BY t.relname
"""
_INDEXES: LiteralString = """
SELECT t.relname::text, r.relname::text,
       ARRAY(SELECT coalesce(a.attname::text, '') FROM unnest(x.indkey::int2[]) WITH ORDINALITY n (number, place)
             LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = n.number AND n.number > 0
             ORDER BY n.place),
       sum({index})::bigint, m.amname::text, x.indisunique, x.indpred IS NOT NULL
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid AND c.relkind = 'i'
JOIN pg_class r ON r.oid = CASE WHEN c.relispartition THEN pg_partition_root(c.oid)::oid ELSE c.oid END
JOIN pg_index x ON x.indexrelid = r.oid JOIN pg_class t ON t.oid = x.indrelid JOIN pg_am m ON m.oid = r.relam
WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind <> 't'
GROUP BY t.relname, r.relname, x.indexrelid, m.amname ORDER BY t.relname, r.relname
"""
_PAGES: LiteralString = "c.relpages::bigint * current_setting('block_size')::int"

ASKED: Final[tuple[LiteralString, LiteralString]] = (
    _TABLES.replace("{table}", "pg_table_size(c.oid)").replace("{indexes}", "pg_indexes_size(c.oid)"),
    _INDEXES.replace("{index}", "pg_relation_size(c.oid)"),
)
"""Tables, and indexes: as large as their files are now."""

REMEMBERED: Final[tuple[LiteralString, LiteralString]] = (
    _TABLES.replace("{table}", _PAGES).replace(
        "{indexes}",
        "coalesce((SELECT sum(i.relpages::bigint) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid"
        " WHERE x.indrelid = c.oid), 0) * current_setting('block_size')::int",
    ),
    _INDEXES.replace("{index}", _PAGES),
)
"""The same as VACUUM and ANALYZE last saw them."""

# A role sees in pg_stats what it may read: what is missing there is None.
COLUMNS: Final[LiteralString] = """
SELECT c.relname::text, a.attname::text, format_type(a.atttypid, a.atttypmod),
       s.avg_width, s.null_frac, s.n_distinct, s.correlation
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_stats s ON s.schemaname = current_schema() AND s.tablename = c.relname AND s.attname = a.attname
  AND s.inherited = (c.relkind = 'p')
WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'm') AND NOT c.relispartition
ORDER BY c.relname, a.attnum
"""

ORIGIN: Final[LiteralString] = """
SELECT current_database(), current_schema(), current_setting('server_version_num')::int / 10000,
       pg_size_bytes(current_setting('maintenance_work_mem')), pg_size_bytes(current_setting('shared_buffers')),
       ARRAY(SELECT c.relname::text FROM pg_class c
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'm')
               AND NOT c.relispartition
               AND (NOT has_table_privilege(c.oid, 'SELECT') OR row_security_active(c.oid))
             ORDER BY 1)
"""
"""The database, its schema; its server's version, memory of sorts, buffers; tables whose columns the role sees not."""

SYSTEM: Final[LiteralString] = "SELECT system_identifier::text FROM pg_control_system()"
