"""Make each installation's inline configuration its first row in installation_configs.

200 installations a batch. Nobody is recorded for some of them: `created_by` is system then. The id of
a configuration that is made here follows from its installation, so the downgrade knows these from
those that the code wrote, and a second run makes the same. Configurations are objects; an inline one
that is none stops this with the violation.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossy, Phase
from dbkit.migrate.techniques import in_batches

revision = "20240709171140"
down_revision = "20240709164822"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost="which of the configurations made here an operation ran with",
        columns=("operations.config_id",),
    ),
)


def upgrade() -> None:
    in_batches("""
        WITH todo AS (
          SELECT project_id, id, md5('first configuration of ' || project_id || ' ' || id)::uuid AS config_id
          FROM installations WHERE config_id IS NULL ORDER BY 1, 2 LIMIT 200 FOR NO KEY UPDATE),
        made AS (
          INSERT INTO installation_configs
            (project_id, id, installation_id, revision_id, number, content, created_by, created_at)
          SELECT i.project_id, t.config_id, i.id, i.revision_id, 1, i.config, coalesce(i.created_by, 'system'),
            i.created_at
          FROM installations i JOIN todo t USING (project_id, id))
        UPDATE installations i SET config_id = t.config_id FROM todo t
        WHERE (i.project_id, i.id) = (t.project_id, t.id)
    """)


def downgrade() -> None:
    """Remove what was made here and is still current; where a newer one is, both stay."""
    in_batches("""
        WITH todo AS (
          SELECT project_id, id, config_id FROM installations
          WHERE config_id = md5('first configuration of ' || project_id || ' ' || id)::uuid
          ORDER BY 1, 2 LIMIT 200),
        freed AS (
          UPDATE installations i SET config_id = NULL FROM todo t
          WHERE (i.project_id, i.id) = (t.project_id, t.id))
        DELETE FROM installation_configs c USING todo t WHERE (c.project_id, c.id) = (t.project_id, t.config_id)
    """)
