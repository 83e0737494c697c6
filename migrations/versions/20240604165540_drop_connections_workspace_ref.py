"""Drop workspace_ref of connections: the end of its renaming to provider_workspace_ref."""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240604165540"
down_revision = "20240528162733"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("DROP TRIGGER tg_connections_workspace ON connections")
    op.execute("DROP FUNCTION tg_connections_workspace()")
    op.execute("ALTER TABLE connections DROP COLUMN workspace_ref")


def downgrade() -> None:
    op.execute('ALTER TABLE connections ADD COLUMN workspace_ref text COLLATE "C"')
    op.execute("UPDATE connections SET workspace_ref = provider_workspace_ref")
    op.execute("""
        CREATE FUNCTION tg_connections_workspace() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF tg_op = 'INSERT' THEN
            new.provider_workspace_ref := coalesce(new.provider_workspace_ref, new.workspace_ref);
            new.workspace_ref := new.provider_workspace_ref;
          ELSIF new.workspace_ref IS DISTINCT FROM old.workspace_ref THEN
            new.provider_workspace_ref := new.workspace_ref;
          ELSIF new.provider_workspace_ref IS DISTINCT FROM old.provider_workspace_ref THEN
            new.workspace_ref := new.provider_workspace_ref;
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_connections_workspace BEFORE INSERT OR UPDATE ON connections
          FOR EACH ROW EXECUTE FUNCTION tg_connections_workspace()
    """)
