"""Require a default team of every organization, and drop memberships.

Membership of an organization is membership of its default team from here on. First the three
batches of the data revision run again, for what the release of before wrote meanwhile.

The downgrade fills memberships from the default teams: who was in such a team alone is a member
then, with the role of the team.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import has_table, in_batches, set_not_null

revision = "20240402165127"
down_revision = "20240305174102"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="what memberships said otherwise than the default team: roles, and who was in the team alone",
        columns=("memberships.role",),
    ),
    locks={
        "builders": Lock.ACCESS_EXCLUSIVE,
        "memberships": Lock.ACCESS_EXCLUSIVE,
        "organizations": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    if has_table("memberships"):
        _repeat_the_backfill()
    set_not_null("organizations", "default_team_id", check="ck_organizations_default_team_id_present")
    op.execute("DROP TABLE IF EXISTS memberships")


def downgrade() -> None:
    if not has_table("memberships"):
        op.execute("""
            CREATE TABLE memberships (
              organization_id uuid NOT NULL,
              builder_id uuid NOT NULL,
              role text NOT NULL DEFAULT 'member',
              created_at timestamptz NOT NULL DEFAULT now(),
              CONSTRAINT pk_memberships PRIMARY KEY (organization_id, builder_id),
              CONSTRAINT fk_memberships_organization_id FOREIGN KEY (organization_id)
                REFERENCES organizations (id) ON DELETE CASCADE,
              CONSTRAINT fk_memberships_builder_id FOREIGN KEY (builder_id) REFERENCES builders (id) ON DELETE CASCADE)
        """)
    in_batches("""
        INSERT INTO memberships (organization_id, builder_id, role, created_at)
        SELECT m.organization_id, m.builder_id, m.role, m.created_at
        FROM team_members m JOIN organizations o ON (o.id, o.default_team_id) = (m.organization_id, m.team_id)
        WHERE NOT EXISTS
          (SELECT FROM memberships x WHERE (x.organization_id, x.builder_id) = (m.organization_id, m.builder_id))
        ORDER BY 1, 2 LIMIT 500
        ON CONFLICT DO NOTHING
    """)
    op.execute("ALTER TABLE organizations ALTER COLUMN default_team_id DROP NOT NULL")


def _repeat_the_backfill() -> None:
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
        WHERE NOT EXISTS
          (SELECT FROM team_members t
           WHERE (t.organization_id, t.team_id, t.builder_id) = (m.organization_id, o.default_team_id, m.builder_id))
        ORDER BY 1, 3 LIMIT 500
        ON CONFLICT DO NOTHING
    """)
