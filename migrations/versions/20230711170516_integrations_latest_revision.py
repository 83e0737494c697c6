"""Point integrations to their latest revision.

The pointer closes a cycle with `revisions.integration_id`. It is checked at commit, so that an
integration and its first revision can be written in one transaction, in any order. Integrations of
before get their newest revision.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230711170516"
down_revision = "20230627182044"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="pointers that were set by hand to an older revision",
        columns=("integrations.latest_revision_id",),
    ),
    locks={"integrations": Lock.ACCESS_EXCLUSIVE, "revisions": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        ALTER TABLE integrations ADD COLUMN latest_revision_id uuid
          CONSTRAINT integrations_latest_revision_id_fkey REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED
    """)
    op.execute("""
        UPDATE integrations i SET latest_revision_id =
          (SELECT r.id FROM revisions r WHERE r.integration_id = i.id ORDER BY r.created_at DESC, r.id DESC LIMIT 1)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE integrations DROP COLUMN latest_revision_id")
