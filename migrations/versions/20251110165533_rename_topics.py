"""Rename topics and their routes from events; create their routes to destinations.

`notification_topics` is `topics` now, its label a name, and `notification_event_topic_routes` is
`event_topic_routes`. Simple views under the old names let the release of before read and write as
it did. `topic_destination_routes` takes the place of the routes to targets, which the next revision
moves.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20251110165533"
down_revision = "20251104163127"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="routes from topics to destinations", rows=("topic_destination_routes",)),
    locks={
        "destinations": Lock.SHARE_ROW_EXCLUSIVE,
        "notification_event_topic_routes": Lock.ACCESS_EXCLUSIVE,
        "notification_topics": Lock.ACCESS_EXCLUSIVE,
    },
)

CONSTRAINTS = {
    "topics": {
        "pk_notification_topics": "pk_topics",
        "fk_notification_topics_project_id": "fk_topics_project_id",
        "uq_notification_topics_project_id_label": "uq_topics_project_id_name",
    },
    "event_topic_routes": {
        "pk_notification_event_topic_routes": "pk_event_topic_routes",
        "fk_notification_event_topic_routes_topic_id": "fk_event_topic_routes_topic_id",
        "ck_notification_event_topic_routes_event_type": "ck_event_topic_routes_event_type",
    },
}


def upgrade() -> None:
    op.execute("ALTER TABLE notification_topics RENAME TO topics")
    op.execute("ALTER TABLE topics RENAME COLUMN label TO name")
    op.execute("ALTER TABLE notification_event_topic_routes RENAME TO event_topic_routes")
    for table, names in CONSTRAINTS.items():
        for before, after in names.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {before} TO {after}")
    op.execute("""
        CREATE VIEW notification_topics WITH (security_invoker = true) AS
          SELECT project_id, id, name AS label, created_at, updated_at FROM topics
    """)
    op.execute("""
        CREATE VIEW notification_event_topic_routes WITH (security_invoker = true) AS
          SELECT project_id, id, event_type, topic_id, created_at FROM event_topic_routes
    """)
    op.execute("""
        CREATE TABLE topic_destination_routes (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          topic_id uuid NOT NULL,
          destination_id uuid NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_topic_destination_routes PRIMARY KEY (project_id, id),
          CONSTRAINT uq_topic_destination_routes_project_id_topic_id_destination_id
            UNIQUE (project_id, topic_id, destination_id),
          CONSTRAINT fk_topic_destination_routes_topic_id FOREIGN KEY (project_id, topic_id)
            REFERENCES topics (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_topic_destination_routes_destination_id FOREIGN KEY (project_id, destination_id)
            REFERENCES destinations (project_id, id) ON DELETE CASCADE)
    """)
    op.execute("""
        CREATE INDEX ix_topic_destination_routes_project_id_destination_id
          ON topic_destination_routes (project_id, destination_id)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE topic_destination_routes")
    op.execute("DROP VIEW notification_event_topic_routes")
    op.execute("DROP VIEW notification_topics")
    for table, names in CONSTRAINTS.items():
        for before, after in names.items():
            op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {after} TO {before}")
    op.execute("ALTER TABLE event_topic_routes RENAME TO notification_event_topic_routes")
    op.execute("ALTER TABLE topics RENAME COLUMN name TO label")
    op.execute("ALTER TABLE topics RENAME TO notification_topics")
