"""Let the name of a deleted row be used again.

The unique indexes over live rows, of 20230720195544, hold the rule now; the constraints over all
rows go.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20230803161427"
down_revision = "20230720195544"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(refuses="while a deleted row shares its name with another row"),
    locks={
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("ALTER TABLE projects DROP CONSTRAINT projects_organization_id_name_key")
    op.execute("ALTER TABLE integrations DROP CONSTRAINT integrations_project_id_name_key")
    op.execute("ALTER TABLE destinations DROP CONSTRAINT destinations_project_id_name_key")


def downgrade() -> None:
    op.execute("""
        ALTER TABLE projects ADD CONSTRAINT projects_organization_id_name_key UNIQUE (organization_id, name)
    """)
    op.execute("""
        ALTER TABLE integrations ADD CONSTRAINT integrations_project_id_name_key UNIQUE (project_id, name)
    """)
    op.execute("""
        ALTER TABLE destinations ADD CONSTRAINT destinations_project_id_name_key UNIQUE (project_id, name)
    """)
