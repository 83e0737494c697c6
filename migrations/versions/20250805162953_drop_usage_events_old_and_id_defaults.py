"""Drop usage_events_old, and the defaults of ids.

Step 3 of 3 of the partitioning: its way back closes. At the same time `gen_random_uuid()` leaves
every table that has it: ids are UUIDs of version 7, made by the client.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Impossible, Lock, Phase
from dbkit.migrate.techniques import refuse_downgrade

revision = "20250805162953"
down_revision = "20250728170811"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Impossible("the old copy of usage events, with its own ids, is gone"),
    locks={
        "builders": Lock.ACCESS_EXCLUSIVE,
        "connections": Lock.ACCESS_EXCLUSIVE,
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "invites": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
        "organizations": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.ACCESS_EXCLUSIVE,
        "usage_events": Lock.ACCESS_EXCLUSIVE,
        "usage_events_old": Lock.ACCESS_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("DROP TRIGGER tg_usage_events_back ON usage_events")
    op.execute("DROP FUNCTION tg_usage_events_back()")
    op.execute("DROP TABLE usage_events_old")
    op.execute("ALTER TABLE organizations ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE projects ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE builders ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE provider_apps ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE connections ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE integrations ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE revisions ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE installations ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE operations ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE destinations ALTER COLUMN id DROP DEFAULT")
    op.execute("ALTER TABLE invites ALTER COLUMN id DROP DEFAULT")


def downgrade() -> None:
    refuse_downgrade("the old copy of usage events, with its own ids, is gone")
