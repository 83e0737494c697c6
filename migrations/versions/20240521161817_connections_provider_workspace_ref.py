"""Rename workspace_ref of connections to provider_workspace_ref, step one: both names work.

It is the name of the public API. A trigger carries what is written under either name to the other,
so old and new code run side by side until the old name is dropped.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import (
    add_column,
    atomically,
    has_trigger,
    in_batches,
)

revision = "20240521161817"
down_revision = "20240514170551"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("connections", "provider_workspace_ref", 'text COLLATE "C"')
    if not has_trigger("connections", "tg_connections_workspace"):
        with atomically():
            _create_trigger()
    in_batches("""
        UPDATE connections SET provider_workspace_ref = workspace_ref
        WHERE (project_id, id) IN
          (SELECT project_id, id FROM connections
           WHERE provider_workspace_ref IS NULL AND workspace_ref IS NOT NULL ORDER BY 1, 2 LIMIT 500)
    """)


def downgrade() -> None:
    # At once: a writer in between would reach the new name alone.
    with atomically():
        op.execute("DROP TRIGGER IF EXISTS tg_connections_workspace ON connections")
        op.execute("DROP FUNCTION IF EXISTS tg_connections_workspace()")
        op.execute("ALTER TABLE connections DROP COLUMN IF EXISTS provider_workspace_ref")


def _create_trigger() -> None:
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
