"""Give every organization a default team, and copy its memberships there.

The code of this release writes new memberships to both tables. What the release of before wrote
after this revision is caught by the contract that drops `memberships`: it repeats all three batches,
because a membership may have come into an organization whose team was there already.

The id of a team that is made here follows from its organization, so the downgrade knows these teams
from others, and a second run makes the same. Their name is Everyone, with the organization's id
behind it where a live team has that name already. `memberships.role` was free text: what the roles
of teams do not have becomes member, the least of them.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossy, Phase
from dbkit.migrate.techniques import in_batches

revision = "20240305174102"
down_revision = "20240305171949"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost="the teams made here, what was changed in them since, and who was added to them alone;"
        " roles of memberships that no team can give",
        rows=("project_role_grants", "team_members"),
        columns=(
            "memberships.role",
            "team_members.role",
            "teams.name",
            "teams.parent_team_id",
            "teams.updated_at",
        ),
    ),
)


def upgrade() -> None:
    in_batches("""
        UPDATE memberships SET role =
          CASE WHEN lower(btrim(role)) IN ('owner', 'admin', 'member') THEN lower(btrim(role)) ELSE 'member' END
        WHERE (organization_id, builder_id) IN
          (SELECT organization_id, builder_id FROM memberships WHERE role NOT IN ('owner', 'admin', 'member')
           ORDER BY 1, 2 LIMIT 500)
    """)
    in_batches("""
        WITH todo AS (
          SELECT id, md5('default team of ' || id)::uuid AS team_id, created_at
          FROM organizations WHERE default_team_id IS NULL ORDER BY id LIMIT 100 FOR NO KEY UPDATE),
        made AS (
          INSERT INTO teams (organization_id, id, name, created_at, updated_at)
          SELECT o.id, o.team_id, CASE WHEN t.id IS NULL THEN 'Everyone' ELSE 'Everyone ' || o.id END,
            o.created_at, o.created_at
          FROM todo o LEFT JOIN teams t
            ON t.organization_id = o.id AND lower(t.name) = 'everyone' AND t.deleted_at IS NULL
          ON CONFLICT (organization_id, id) DO NOTHING)
        UPDATE organizations o SET default_team_id = t.team_id FROM todo t WHERE o.id = t.id
    """)
    in_batches("""
        INSERT INTO team_members (organization_id, team_id, builder_id, role, created_at)
        SELECT m.organization_id, o.default_team_id, m.builder_id, m.role, m.created_at
        FROM memberships m JOIN organizations o ON o.id = m.organization_id
        WHERE o.default_team_id IS NOT NULL AND NOT EXISTS
          (SELECT FROM team_members t
           WHERE (t.organization_id, t.team_id, t.builder_id) = (m.organization_id, o.default_team_id, m.builder_id))
        ORDER BY 1, 3 LIMIT 500
        ON CONFLICT DO NOTHING
    """)


def downgrade() -> None:
    """Remove the teams that were made here; members and grants go with them."""
    in_batches("""
        WITH todo AS (
          SELECT organization_id, id FROM teams WHERE id = md5('default team of ' || organization_id)::uuid
          ORDER BY 1, 2 LIMIT 100),
        freed AS (
          UPDATE organizations o SET default_team_id = NULL FROM todo t
          WHERE (o.id, o.default_team_id) = (t.organization_id, t.id))
        DELETE FROM teams t USING todo d WHERE (t.organization_id, t.id) = (d.organization_id, d.id)
    """)
