"""Drop destinations.url: every reader and writer uses the document now.

`url` loses NOT NULL before its trigger goes, because a writer that does not send it may come in
between. No batch has to be repeated first: the trigger never let a row in without a document.

The downgrade reads the url back out of the document.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import (
    add_column,
    atomically,
    has_column,
    has_trigger,
    in_batches,
    replace_check,
    set_not_null,
)

revision = "20231010165901"
down_revision = "20230926161534"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossless(refuses="while a destination has no url in its document"),
    locks={"destinations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    set_not_null("destinations", "metadata", check="ck_destinations_metadata_present")
    if has_column("destinations", "url"):
        op.execute("ALTER TABLE destinations ALTER COLUMN url DROP NOT NULL")
    op.execute("DROP TRIGGER IF EXISTS tg_destinations_metadata ON destinations")
    op.execute("DROP FUNCTION IF EXISTS tg_destinations_metadata()")
    op.execute("ALTER TABLE destinations DROP COLUMN IF EXISTS url")


def downgrade() -> None:
    # Refuses before anything is changed, and holds whoever writes in the meantime to it.
    replace_check("destinations", "ck_destinations_metadata_url", "metadata ->> 'url' IS NOT NULL")
    add_column("destinations", "url", "text")
    if not has_trigger("destinations", "tg_destinations_metadata"):
        with atomically():
            _keep_in_step()
    in_batches("""
        UPDATE destinations SET url = metadata ->> 'url'
        WHERE id IN (SELECT id FROM destinations WHERE url IS NULL ORDER BY id LIMIT 500)
    """)
    set_not_null("destinations", "url", check="ck_destinations_url_present")
    op.execute("ALTER TABLE destinations ALTER COLUMN metadata DROP NOT NULL")
    op.execute("ALTER TABLE destinations DROP CONSTRAINT ck_destinations_metadata_url")


def _keep_in_step() -> None:
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
