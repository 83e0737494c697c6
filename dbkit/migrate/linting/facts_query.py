"""The query behind `facts`: one document of the whole schema, so that a statement costs one round trip."""

from __future__ import annotations

from typing import Final, LiteralString

from dbkit.migrate.table_locks import OWN_LOCKS

__all__ = ["FACTS"]

_COLUMNS: LiteralString = """
SELECT a.attrelid, json_agg(json_build_object(
  'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
  'collation', coalesce((SELECT o.collname FROM pg_collation o WHERE o.oid = a.attcollation), ''),
  'not_null', a.attnotnull,
  'default', coalesce(pg_get_expr(d.adbin, d.adrelid), ''),
  'is_volatile', EXISTS (
    SELECT FROM regexp_matches(d.adbin::text, ':(?:funcid|opfuncid) (\\d+)', 'g') AS called (found)
    JOIN pg_proc p ON p.oid = called.found[1]::oid WHERE p.provolatile = 'v'),
  'is_identity', a.attidentity <> '', 'is_generated', a.attgenerated <> '',
  'is_constrained', t.typtype = 'd' AND (
    t.typnotnull OR EXISTS (SELECT FROM pg_constraint k WHERE k.contypid = t.oid)),
  'is_sequence', coalesce(pg_get_expr(d.adbin, d.adrelid), '') LIKE 'nextval(%%',
  'alignment', CASE a.attalign WHEN 'c' THEN 1 WHEN 's' THEN 2 WHEN 'i' THEN 4 ELSE 8 END, 'length', a.attlen
) ORDER BY a.attnum) AS found
FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attrelid IN (SELECT oid FROM relations)
GROUP BY a.attrelid
"""
_CONSTRAINTS: LiteralString = """
SELECT k.conrelid, json_agg(json_build_object(
  'name', k.conname, 'kind', k.contype, 'valid', k.convalidated,
  'columns', (SELECT json_agg(a.attname ORDER BY n.place) FROM unnest(k.conkey) WITH ORDINALITY n (number, place)
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.number),
  'target', coalesce((SELECT relname FROM pg_class WHERE oid = k.confrelid), ''),
  'index', CASE WHEN k.contype = 'f' THEN '' ELSE coalesce(
             (SELECT relname FROM pg_class WHERE oid = k.conindid), '') END,
  'definition', CASE WHEN k.contype = 'c' THEN pg_get_constraintdef(k.oid) ELSE '' END
) ORDER BY k.conname) AS found
FROM pg_constraint k WHERE k.conrelid IN (SELECT oid FROM relations) GROUP BY k.conrelid
"""
_INDEXES: LiteralString = """
SELECT i.indrelid, json_agg(json_build_object(
  'name', c.relname, 'unique', i.indisunique, 'primary', i.indisprimary, 'valid', i.indisvalid,
  'columns', (SELECT json_agg(coalesce(a.attname, '') ORDER BY n.place)
              FROM unnest((i.indkey::int2[])[0:i.indnkeyatts - 1]) WITH ORDINALITY n (number, place)
              LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n.number AND n.number > 0),
  'rest', concat_ws(' ', NULLIF(m.amname, 'btree'), coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
                    NULLIF(replace(replace(i.indoption::text, '0', ''), ' ', ''), ''),
                    (SELECT string_agg(o.opcname, ' ' ORDER BY n.place)
                     FROM unnest(i.indclass::oid[]) WITH ORDINALITY n (number, place)
                     JOIN pg_opclass o ON o.oid = n.number WHERE NOT o.opcdefault),
                    pg_get_expr(i.indexprs, i.indrelid)),
  'predicate', coalesce(pg_get_expr(i.indpred, i.indrelid), ''),
  'is_identity', i.indisreplident, 'file', c.relfilenode::bigint
) ORDER BY c.relname) AS found
FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am m ON m.oid = c.relam
WHERE i.indrelid IN (SELECT oid FROM relations) GROUP BY i.indrelid
"""
_READS: LiteralString = """
SELECT r.ev_class, json_agg(DISTINCT c.relname) AS found
FROM pg_rewrite r JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid
JOIN pg_class c ON c.oid = d.refobjid AND d.refclassid = 'pg_class'::regclass AND c.oid <> r.ev_class
WHERE r.ev_class IN (SELECT oid FROM relations) GROUP BY r.ev_class
"""
_FACTS: LiteralString = """
WITH relations AS (
  SELECT * FROM pg_class
  WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'm', 'v')
    AND relname <> ALL (%(without)s) AND (%(only)s::text[] IS NULL OR relname = ANY (%(only)s))
), columns AS ({columns}), constraints AS ({constraints}), indexes AS ({indexes}), reads AS ({reads}),
  own AS ({own})
SELECT json_build_object(
  'schema', current_schema(),
  'functions', (SELECT json_agg(DISTINCT p.proname) FROM pg_proc p
                WHERE p.pronamespace = current_schema()::regnamespace),
  'tables', (SELECT json_agg(json_build_object(
    'oid', c.oid::bigint, 'name', c.relname, 'kind', c.relkind, 'file', c.relfilenode::bigint,
    'scans', coalesce(pg_stat_get_numscans(c.oid), 0) + coalesce(pg_stat_get_xact_numscans(c.oid), 0),
    'parent', (SELECT p.relname FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhparent
               WHERE i.inhrelid = c.oid AND c.relispartition),
    'is_default', c.relispartition AND pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT',
    'row_security', c.relrowsecurity, 'identity', c.relreplident,
    'grantees', (SELECT json_agg(DISTINCT pg_get_userbyid(a.grantee)) FROM aclexplode(c.relacl) a
                 WHERE a.grantee NOT IN (0, c.relowner)),
    'columns', columns.found, 'constraints', constraints.found, 'indexes', indexes.found, 'reads', reads.found,
    'locks', own.modes,
    'triggers', (SELECT json_agg(tgname) FROM pg_trigger WHERE tgrelid = c.oid AND NOT tgisinternal),
    'policies', (SELECT json_agg(polname) FROM pg_policy WHERE polrelid = c.oid)))
    FROM relations c LEFT JOIN columns ON columns.attrelid = c.oid LEFT JOIN constraints ON conrelid = c.oid
    LEFT JOIN indexes ON indexes.indrelid = c.oid LEFT JOIN reads ON reads.ev_class = c.oid
    LEFT JOIN own ON own.relation = c.oid),
  'enums', (SELECT json_object_agg(t.typname, (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)
            FROM pg_enum e WHERE e.enumtypid = t.oid))
            FROM pg_type t WHERE t.typtype = 'e' AND t.typnamespace = current_schema()::regnamespace),
  'domains', (SELECT json_object_agg(t.typname, ARRAY(
              SELECT c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
              WHERE a.atttypid = t.oid AND NOT a.attisdropped))
              FROM pg_type t WHERE t.typtype = 'd' AND t.typnamespace = current_schema()::regnamespace),
  'defaults_granted', (SELECT json_agg(DISTINCT pg_get_userbyid(a.grantee))
                       FROM pg_default_acl d, aclexplode(d.defaclacl) a WHERE d.defaclobjtype = 'r')
)"""
FACTS: Final[LiteralString] = (
    _FACTS.replace("{columns}", _COLUMNS)
    .replace("{constraints}", _CONSTRAINTS)
    .replace("{indexes}", _INDEXES)
    .replace("{reads}", _READS)
    .replace("{own}", OWN_LOCKS)
)
