"""Rename a key in revisions: inheritMappingFromRead becomes inheritMapping.

In the objects of `content.read.objects`, the name of the public API since this day; readers of this
release accept both. An object that has both is left as it is, both ways: so nothing is lost.
Append-only is a rule for the code, not for a revision.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossless, Phase
from dbkit.migrate.techniques import in_batches

revision = "20241218170025"
down_revision = "20241210165033"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossless(),
)


def upgrade() -> None:
    _rename("inheritMappingFromRead", "inheritMapping")


def downgrade() -> None:
    _rename("inheritMapping", "inheritMappingFromRead")


def _rename(old: str, new: str) -> None:
    """Rename a key, 200 revisions a batch; what is no object, or stands in no array, is passed over."""
    named = f"jsonb_typeof(o) = 'object' AND o ? '{old}' AND NOT o ? '{new}'"
    in_batches(f"""
        UPDATE revisions r SET content = jsonb_set(r.content, '{{read,objects}}',
          (SELECT jsonb_agg(CASE WHEN {named} THEN (o - '{old}') || jsonb_build_object('{new}', o->'{old}') ELSE o END
             ORDER BY n)
           FROM jsonb_array_elements(r.content->'read'->'objects') WITH ORDINALITY AS object (o, n)))
        WHERE (project_id, id) IN
          (SELECT project_id, id FROM revisions WHERE EXISTS
             (SELECT FROM jsonb_array_elements(CASE WHEN jsonb_typeof(content->'read'->'objects') = 'array'
                THEN content->'read'->'objects' ELSE '[]' END) AS object (o) WHERE {named})
           ORDER BY 1, 2 LIMIT 200)
    """)
