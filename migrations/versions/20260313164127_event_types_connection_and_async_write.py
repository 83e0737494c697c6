"""Let routes name more of what happens to connections, and the end of asynchronous writes.

`write.async.done`; and `connection.refreshed` and `connection.deleted` a month before the code sends
them.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260313164127"
down_revision = "20260217170506"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(refuses="a route of the new kinds exists"),
    locks={"event_topic_routes": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    replace_checks(
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'connection.error', 'connection.refreshed', 'connection.deleted',"
                " 'installation.created', 'installation.updated', 'installation.deleted', 'read.schedule.paused',"
                " 'read.backfill.done', 'read.triggered.done', 'read.triggered.error', 'write.async.done',"
                " 'destination.webhook.disabled')"
            ),
        )
    )


def downgrade() -> None:
    replace_checks(
        (
            "event_topic_routes",
            "ck_event_topic_routes_event_type",
            (
                "event_type IN ('connection.created', 'connection.error', 'installation.created',"
                " 'installation.updated', 'installation.deleted', 'read.schedule.paused', 'read.backfill.done',"
                " 'read.triggered.done', 'read.triggered.error', 'destination.webhook.disabled')"
            ),
        )
    )
