"""Create targets, topics and routes of notifications.

An event goes to topics, a topic to targets. Targets are a second kind of endpoint beside
destinations, which will be one too many: they are merged a month later.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20251009170918"
down_revision = "20251009164455"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="all rows of the four tables",
        rows=(
            "notification_event_topic_routes",
            "notification_targets",
            "notification_topic_target_routes",
            "notification_topics",
        ),
    ),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE notification_targets (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          label text COLLATE "C" NOT NULL,
          type text COLLATE "C" NOT NULL DEFAULT 'webhook',
          url text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_notification_targets PRIMARY KEY (project_id, id),
          CONSTRAINT fk_notification_targets_project_id FOREIGN KEY (project_id)
            REFERENCES projects (id) ON DELETE CASCADE)
    """)
    op.execute("""
        CREATE TABLE notification_topics (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          label text COLLATE "C" NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_notification_topics PRIMARY KEY (project_id, id),
          CONSTRAINT fk_notification_topics_project_id FOREIGN KEY (project_id)
            REFERENCES projects (id) ON DELETE CASCADE)
    """)
    op.execute("""
        CREATE TABLE notification_event_topic_routes (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          event_type text COLLATE "C" NOT NULL,
          topic_id uuid NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_notification_event_topic_routes PRIMARY KEY (project_id, id),
          CONSTRAINT fk_notification_event_topic_routes_topic_id FOREIGN KEY (project_id, topic_id)
            REFERENCES notification_topics (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_notification_event_topic_routes_event_type CHECK (event_type IN (
            'connection.created', 'installation.created', 'installation.updated', 'installation.deleted',
            'read.schedule.paused', 'read.backfill.done')))
    """)
    op.execute("""
        CREATE TABLE notification_topic_target_routes (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          topic_id uuid NOT NULL,
          target_id uuid NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_notification_topic_target_routes PRIMARY KEY (project_id, id),
          CONSTRAINT fk_notification_topic_target_routes_topic_id FOREIGN KEY (project_id, topic_id)
            REFERENCES notification_topics (project_id, id) ON DELETE CASCADE,
          CONSTRAINT fk_notification_topic_target_routes_target_id FOREIGN KEY (project_id, target_id)
            REFERENCES notification_targets (project_id, id) ON DELETE CASCADE)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE notification_topic_target_routes")
    op.execute("DROP TABLE notification_event_topic_routes")
    op.execute("DROP TABLE notification_topics")
    op.execute("DROP TABLE notification_targets")
