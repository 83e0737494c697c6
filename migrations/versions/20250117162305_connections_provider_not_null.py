"""Require the provider of connections; every writer sends it, and the auth scheme.

SET NOT NULL reads no row, because a valid check proves it. A connection without a provider app is
one that signs in by other means.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20250117162305"
down_revision = "20250114165511"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"connections": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE connections VALIDATE CONSTRAINT fk_connections_provider")
    op.execute("ALTER TABLE connections VALIDATE CONSTRAINT ck_connections_provider_present")
    op.execute("ALTER TABLE connections ALTER COLUMN provider SET NOT NULL")
    op.execute("ALTER TABLE connections DROP CONSTRAINT ck_connections_provider_present")
    op.execute("DROP TRIGGER tg_connections_provider ON connections")
    op.execute("DROP FUNCTION tg_connections_provider()")
    op.execute("ALTER TABLE connections ALTER COLUMN auth_scheme DROP DEFAULT")


def downgrade() -> None:
    op.execute("ALTER TABLE connections ALTER COLUMN auth_scheme SET DEFAULT 'oauth2/authorizationCode'")
    op.execute("ALTER TABLE connections ALTER COLUMN provider DROP NOT NULL")
    op.execute("ALTER TABLE connections DROP CONSTRAINT fk_connections_provider")
    op.execute("""
        ALTER TABLE connections ADD CONSTRAINT fk_connections_provider
          FOREIGN KEY (provider) REFERENCES providers (slug) ON DELETE RESTRICT NOT VALID
    """)
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
    op.execute("""
        ALTER TABLE connections ADD CONSTRAINT ck_connections_provider_present
          CHECK (provider IS NOT NULL) NOT VALID
    """)
