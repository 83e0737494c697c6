"""Create teams, their members, and roles on projects; give organizations a default team.

A team may have a parent in the same organization. A role on a project goes to a builder or to a
team, exactly one of them; the key onto `projects (organization_id, id)` keeps project and team in
one organization. `organizations.default_team_id` closes a cycle with teams, checked at commit. It
is empty until the next revision gives every organization a team that holds its memberships.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint,
    atomically,
    create_index_concurrently,
    has_table,
    unique_using_index,
)

revision = "20240305171949"
down_revision = "20240227164512"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(
        lost="teams, members and grants",
        rows=("project_role_grants", "team_members", "teams"),
        columns=("organizations.default_team_id",),
    ),
    locks={
        "builders": Lock.SHARE_ROW_EXCLUSIVE,
        "organizations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
    },
)

KEY = "uq_projects_organization_id_id"


def upgrade() -> None:
    if not has_table("teams"):
        with atomically():
            _create_teams()
    if not has_table("team_members"):
        with atomically():
            _create_team_members()
    create_index_concurrently(KEY, "projects (organization_id, id)", unique=True)
    unique_using_index("projects", KEY)
    if not has_table("project_role_grants"):
        with atomically():
            _create_project_role_grants()
    add_column("organizations", "default_team_id", "uuid")
    add_constraint(
        "organizations",
        "fk_organizations_default_team_id",
        "FOREIGN KEY (id, default_team_id) REFERENCES teams (organization_id, id) DEFERRABLE INITIALLY DEFERRED",
    )


def downgrade() -> None:
    op.execute("ALTER TABLE organizations DROP CONSTRAINT IF EXISTS fk_organizations_default_team_id")
    op.execute("ALTER TABLE organizations DROP COLUMN IF EXISTS default_team_id")
    op.execute("DROP TABLE IF EXISTS project_role_grants")
    op.execute(f"ALTER TABLE projects DROP CONSTRAINT IF EXISTS {KEY}")
    op.execute("DROP TABLE IF EXISTS team_members")
    op.execute("DROP TABLE IF EXISTS teams")


def _create_teams() -> None:
    op.execute("""
        CREATE TABLE teams (
          organization_id uuid NOT NULL,
          id uuid NOT NULL,
          name text COLLATE "C" NOT NULL,
          parent_team_id uuid,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          deleted_at timestamptz,
          CONSTRAINT pk_teams PRIMARY KEY (organization_id, id),
          CONSTRAINT fk_teams_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE CASCADE,
          CONSTRAINT fk_teams_parent_team_id FOREIGN KEY (organization_id, parent_team_id)
            REFERENCES teams (organization_id, id) ON DELETE SET NULL (parent_team_id),
          CONSTRAINT ck_teams_parent_team_id CHECK (parent_team_id <> id))
    """)
    op.execute("""
        CREATE UNIQUE INDEX uq_teams_organization_id_name_live
          ON teams (organization_id, lower(name)) WHERE deleted_at IS NULL
    """)
    op.execute("""
        CREATE INDEX ix_teams_organization_id_parent_team_id
          ON teams (organization_id, parent_team_id) WHERE parent_team_id IS NOT NULL
    """)


def _create_team_members() -> None:
    op.execute("""
        CREATE TABLE team_members (
          organization_id uuid NOT NULL,
          team_id uuid NOT NULL,
          builder_id uuid NOT NULL,
          role text COLLATE "C" NOT NULL DEFAULT 'member',
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_team_members PRIMARY KEY (organization_id, team_id, builder_id),
          CONSTRAINT fk_team_members_team_id FOREIGN KEY (organization_id, team_id)
            REFERENCES teams (organization_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_team_members_builder_id FOREIGN KEY (builder_id) REFERENCES builders (id) ON DELETE CASCADE,
          CONSTRAINT ck_team_members_role CHECK (role IN ('owner', 'admin', 'member')))
    """)
    op.execute("CREATE INDEX ix_team_members_builder_id ON team_members (builder_id)")


def _create_project_role_grants() -> None:
    op.execute("""
        CREATE TABLE project_role_grants (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          organization_id uuid NOT NULL,
          builder_id uuid,
          team_id uuid,
          role text COLLATE "C" NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_project_role_grants PRIMARY KEY (project_id, id),
          CONSTRAINT uq_project_role_grants_project_id_builder_id UNIQUE (project_id, builder_id),
          CONSTRAINT uq_project_role_grants_project_id_team_id UNIQUE (project_id, team_id),
          CONSTRAINT fk_project_role_grants_project_id FOREIGN KEY (organization_id, project_id)
            REFERENCES projects (organization_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_project_role_grants_team_id FOREIGN KEY (organization_id, team_id)
            REFERENCES teams (organization_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_project_role_grants_builder_id FOREIGN KEY (builder_id)
            REFERENCES builders (id) ON DELETE CASCADE,
          CONSTRAINT ck_project_role_grants_principal CHECK ((builder_id IS NULL) <> (team_id IS NULL)),
          CONSTRAINT ck_project_role_grants_role CHECK (role IN ('owner', 'editor', 'viewer')))
    """)
    op.execute("""
        CREATE INDEX ix_project_role_grants_builder_id
          ON project_role_grants (builder_id) WHERE builder_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX ix_project_role_grants_organization_id_team_id
          ON project_role_grants (organization_id, team_id) WHERE team_id IS NOT NULL
    """)
    op.execute("""
        CREATE INDEX ix_project_role_grants_organization_id_project_id
          ON project_role_grants (organization_id, project_id)
    """)
