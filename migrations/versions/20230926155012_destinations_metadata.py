"""Begin to replace destinations.url by a document, of which the url is one key.

Old code writes `url`, new code writes `metadata`, and both read what the other wrote: a trigger
keeps `metadata->>'url'` equal to `url`. Whoever changes one of them wins; the url wins over the
document where both are given; a document without a url gets it. Rows that nobody writes keep an
empty document until the next revision fills them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230926155012"
down_revision = "20230912170118"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="keys of the document other than the url", columns=("destinations.metadata",)),
    locks={"destinations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE destinations ADD COLUMN metadata jsonb")
    op.execute("""
        CREATE FUNCTION tg_destinations_metadata() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
          document jsonb := CASE jsonb_typeof(new.metadata) WHEN 'object' THEN new.metadata ELSE '{}' END;
        BEGIN
          IF new.url IS NULL OR (tg_op = 'UPDATE' AND new.url = old.url AND document ? 'url') THEN
            new.url := document->>'url';
          ELSE
            new.metadata := document || jsonb_build_object('url', new.url);
          END IF;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_destinations_metadata BEFORE INSERT OR UPDATE ON destinations
          FOR EACH ROW EXECUTE FUNCTION tg_destinations_metadata()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER tg_destinations_metadata ON destinations")
    op.execute("DROP FUNCTION tg_destinations_metadata()")
    op.execute("ALTER TABLE destinations DROP COLUMN metadata")
