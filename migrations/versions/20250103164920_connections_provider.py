"""Write the provider into connections, so that one need not have a provider app.

API keys and basic credentials do without. Before this revision every connection has an app, which
names the provider: a trigger fills it for writers of the release of before. It stands before the
check, so that no writer falls between them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    add_constraint_not_valid,
    atomically,
    has_trigger,
    in_batches,
)

revision = "20250103164920"
down_revision = "20241223165418"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossy(lost="providers of connections without a provider app", columns=("connections.provider",)),
    locks={"connections": Lock.ACCESS_EXCLUSIVE, "providers": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("connections", "provider", 'text COLLATE "C"')
    add_constraint_not_valid(
        "connections",
        "fk_connections_provider",
        "FOREIGN KEY (provider) REFERENCES providers (slug) ON DELETE RESTRICT",
    )
    if not has_trigger("connections", "tg_connections_provider"):
        with atomically():
            _create_trigger()
    add_constraint_not_valid("connections", "ck_connections_provider_present", "CHECK (provider IS NOT NULL)")
    in_batches("""
        UPDATE connections c SET provider = a.provider FROM provider_apps a
        WHERE (a.project_id, a.id) = (c.project_id, c.provider_app_id) AND (c.project_id, c.id) IN
          (SELECT project_id, id FROM connections
           WHERE provider IS NULL AND provider_app_id IS NOT NULL ORDER BY 1, 2 LIMIT 500)
    """)


def downgrade() -> None:
    # At once: the function is nothing without the column.
    with atomically():
        op.execute("DROP TRIGGER IF EXISTS tg_connections_provider ON connections")
        op.execute("DROP FUNCTION IF EXISTS tg_connections_provider()")
        op.execute("ALTER TABLE connections DROP COLUMN IF EXISTS provider")


def _create_trigger() -> None:
    op.execute("""
        CREATE FUNCTION tg_connections_provider() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF new.provider IS NULL THEN
            SELECT provider INTO new.provider FROM provider_apps
            WHERE (project_id, id) = (new.project_id, new.provider_app_id);
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_connections_provider BEFORE INSERT OR UPDATE ON connections
          FOR EACH ROW EXECUTE FUNCTION tg_connections_provider()
    """)
