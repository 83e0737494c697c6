"""Let routes name the end of a triggered read.

`read.triggered.done` and, some days before the code sends it, `read.triggered.failed`.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import replace_checks

revision = "20260114164533"
down_revision = "20251219165047"

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
                "event_type IN ('connection.created', 'connection.error', 'installation.created',"
                " 'installation.updated', 'installation.deleted', 'read.schedule.paused', 'read.backfill.done',"
                " 'read.triggered.done', 'read.triggered.failed', 'destination.webhook.disabled')"
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
                " 'destination.webhook.disabled')"
            ),
        )
    )
