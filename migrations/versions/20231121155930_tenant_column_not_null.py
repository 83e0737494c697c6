"""Require the project of revisions and read_states.

Every writer sends it now, so the filling triggers go. SET NOT NULL reads no row, because a valid
check proves it; both checks are validated before the first strong lock is taken.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20231121155930"
down_revision = "20231107164418"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"read_states": Lock.ACCESS_EXCLUSIVE, "revisions": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE revisions VALIDATE CONSTRAINT ck_revisions_project_id_present")
    op.execute("ALTER TABLE read_states VALIDATE CONSTRAINT ck_read_states_project_id_present")
    op.execute("ALTER TABLE revisions ALTER COLUMN project_id SET NOT NULL")
    op.execute("ALTER TABLE read_states ALTER COLUMN project_id SET NOT NULL")
    op.execute("ALTER TABLE revisions DROP CONSTRAINT ck_revisions_project_id_present")
    op.execute("ALTER TABLE read_states DROP CONSTRAINT ck_read_states_project_id_present")
    op.execute("DROP TRIGGER tg_revisions_project_id ON revisions")
    op.execute("DROP FUNCTION tg_revisions_project_id()")
    op.execute("DROP TRIGGER tg_read_states_project_id ON read_states")
    op.execute("DROP FUNCTION tg_read_states_project_id()")


def downgrade() -> None:
    op.execute("ALTER TABLE revisions ALTER COLUMN project_id DROP NOT NULL")
    op.execute("ALTER TABLE read_states ALTER COLUMN project_id DROP NOT NULL")
    op.execute("""
        CREATE FUNCTION tg_revisions_project_id() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF new.project_id IS NULL THEN
            SELECT project_id INTO new.project_id FROM integrations WHERE id = new.integration_id;
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_revisions_project_id BEFORE INSERT OR UPDATE ON revisions
          FOR EACH ROW EXECUTE FUNCTION tg_revisions_project_id()
    """)
    op.execute("""
        CREATE FUNCTION tg_read_states_project_id() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF new.project_id IS NULL THEN
            SELECT project_id INTO new.project_id FROM installations WHERE id = new.installation_id;
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_read_states_project_id BEFORE INSERT OR UPDATE ON read_states
          FOR EACH ROW EXECUTE FUNCTION tg_read_states_project_id()
    """)
    op.execute("""
        ALTER TABLE revisions ADD CONSTRAINT ck_revisions_project_id_present
          CHECK (project_id IS NOT NULL) NOT VALID
    """)
    op.execute("""
        ALTER TABLE read_states ADD CONSTRAINT ck_read_states_project_id_present
          CHECK (project_id IS NOT NULL) NOT VALID
    """)
