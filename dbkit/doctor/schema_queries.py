"""The questions that are put to a database: its tables, indexes, constraints, sequences and extensions."""

from __future__ import annotations

from typing import Final, LiteralString

__all__ = ["CONSTRAINTS", "DUPLICATE_INDEXES", "EXTENSIONS", "INVALID_INDEXES", "SEQUENCES", "TABLES"]

# Tables that nothing happened to are left out, for there may be thousands of partitions.
TABLES: Final[LiteralString] = """
    SELECT format('%I.%I', s.schemaname, s.relname) AS name, s.n_live_tup AS live_rows, s.n_dead_tup AS dead_rows,
        s.n_mod_since_analyze AS changed_rows,
        coalesce(o.threshold, current_setting('autovacuum_vacuum_threshold')::float8)
            + coalesce(o.scale, current_setting('autovacuum_vacuum_scale_factor')::float8)
            * greatest(c.reltuples, 0) AS vacuum_threshold,
        coalesce(o.is_vacuumed, true) AS is_vacuumed,
        coalesce(s.last_analyze, s.last_autoanalyze) IS NOT NULL AS was_analyzed,
        extract(epoch FROM clock_timestamp() - greatest(s.last_vacuum, s.last_autovacuum))::float8
            AS vacuumed_seconds_ago
    FROM pg_stat_user_tables s
    JOIN pg_class c ON c.oid = s.relid
    CROSS JOIN LATERAL (
        SELECT max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_threshold')::float8 AS threshold,
            max(option_value) FILTER (WHERE option_name = 'autovacuum_vacuum_scale_factor')::float8 AS scale,
            bool_and(option_value::boolean) FILTER (WHERE option_name = 'autovacuum_enabled') AS is_vacuumed
        FROM pg_options_to_table(c.reloptions)
    ) o
    WHERE s.n_dead_tup > 0 OR s.n_mod_since_analyze > 0 OR NOT o.is_vacuumed
    ORDER BY s.n_dead_tup DESC, 1
"""

# One that is being built is not valid yet. Whose build it is, not every role is shown: then any may be it.
INVALID_INDEXES: Final[LiteralString] = """
    SELECT format('%I.%I', n.nspname, i.relname) AS name, format('%I.%I', n.nspname, t.relname) AS "table",
        i.relkind = 'I' AS is_partitioned, i.relname ~ '_cc(new|old)[0-9]*$' AS is_leftover,
        EXISTS (SELECT FROM pg_stat_progress_create_index p WHERE p.datname = current_database()
                AND coalesce(p.index_relid, x.indexrelid) = x.indexrelid) AS is_being_built
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = i.relnamespace
    WHERE NOT x.indisvalid AND n.nspname !~ '^pg_' ORDER BY 1
"""

# Of two that are alike in all that an index is, the one goes that enforces nothing.
DUPLICATE_INDEXES: Final[LiteralString] = """
    WITH candidate AS (
        SELECT x.*, format('%I.%I', n.nspname, i.relname) AS name, format('%I.%I', n.nspname, t.relname) AS "table",
            EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = x.indexrelid) AS is_of_a_constraint,
            (i.relam, x.indkey::text, x.indclass::text, x.indcollation::text, x.indoption::text, x.indnkeyatts,
             coalesce(pg_get_expr(x.indexprs, x.indrelid), ''),
             coalesce(pg_get_expr(x.indpred, x.indrelid), '')) AS shape
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = i.relnamespace
        WHERE x.indisvalid AND NOT i.relispartition AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    )
    SELECT DISTINCT ON (r.name) r.name, k.name AS kept, r."table"
    FROM candidate r JOIN candidate k ON k.indrelid = r.indrelid AND k.indexrelid <> r.indexrelid AND k.shape = r.shape
    WHERE NOT r.is_of_a_constraint AND NOT r.indisreplident
        AND (NOT r.indisunique OR k.indisunique AND k.indnullsnotdistinct = r.indnullsnotdistinct)
        -- Where neither does more than the other, the later one goes.
        AND (k.is_of_a_constraint OR k.indisunique AND NOT r.indisunique OR k.indexrelid < r.indexrelid)
    ORDER BY r.name, k.name
"""

# From PostgreSQL 18 on there are constraints that are not enforced; those are not valid for ever.
CONSTRAINTS: Final[LiteralString] = """
    SELECT quote_ident(k.conname) AS name, format('%I.%I', n.nspname, t.relname) AS "table"
    FROM pg_constraint k JOIN pg_class t ON t.oid = k.conrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE NOT k.convalidated AND k.conparentid = 0 AND coalesce(to_jsonb(k) ->> 'conenforced', 'true') = 'true'
    ORDER BY 2, 1
"""

# The last number is that of the sequence, or of the narrower column that it fills.
SEQUENCES: Final[LiteralString] = """
    SELECT format('%I.%I', n.nspname, c.relname) AS name,
        CASE WHEN a.attname IS NOT NULL THEN format('%I.%I.%I', tn.nspname, t.relname, a.attname) END AS "column",
        CASE WHEN a.attname IS NOT NULL THEN format_type(a.atttypid, NULL) END AS column_type,
        CASE WHEN is_readable THEN pg_sequence_last_value(s.seqrelid) END AS last_value,
        least(s.seqmax, CASE a.atttypid WHEN 'int2'::regtype THEN 32767 WHEN 'int4'::regtype THEN 2147483647 END)
            AS "limit",
        is_readable
    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN LATERAL has_sequence_privilege(s.seqrelid, 'SELECT, USAGE') AS is_readable
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype IN ('a', 'i')
        AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_class t ON t.oid = d.refobjid LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
    WHERE s.seqincrement > 0 AND NOT s.seqcycle AND n.nspname !~ '^pg_temp' ORDER BY 1
"""

EXTENSIONS: Final[LiteralString] = """
    SELECT quote_ident(e.extname) AS name, e.extversion AS installed, a.default_version AS available
    FROM pg_extension e LEFT JOIN pg_available_extensions a ON a.name = e.extname ORDER BY 1
"""
