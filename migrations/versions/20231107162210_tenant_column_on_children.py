"""Add the project to revisions and read_states, which knew it only through their parents.

Old code does not send it: a trigger fills it from the parent. It fills on updates as well, because
the check holds every row that is written, also the old one of which only a page token changes. The
next revision fills the rows that nobody writes; the check is validated after that.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20231107162210"
down_revision = "20231024171145"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    # Derived from the parents: applied again, it is the next revision that fills them.
    downgrade=Lossless(remade=("read_states.project_id", "revisions.project_id")),
    locks={"read_states": Lock.ACCESS_EXCLUSIVE, "revisions": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE revisions ADD COLUMN project_id uuid")
    op.execute("ALTER TABLE read_states ADD COLUMN project_id uuid")
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


def downgrade() -> None:
    op.execute("DROP TRIGGER tg_read_states_project_id ON read_states")
    op.execute("DROP FUNCTION tg_read_states_project_id()")
    op.execute("DROP TRIGGER tg_revisions_project_id ON revisions")
    op.execute("DROP FUNCTION tg_revisions_project_id()")
    op.execute("ALTER TABLE read_states DROP COLUMN project_id")
    op.execute("ALTER TABLE revisions DROP COLUMN project_id")
