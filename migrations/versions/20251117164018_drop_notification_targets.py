"""Drop notification targets, and hold topics and their routes to their rules.

First the batches of the revision before run again, for what the release of before wrote meanwhile
(normally nothing). Then the old tables go, with the views under the old names of topics. The names
of topics are held to their pattern, and an event goes to a topic once: of routes that say the same,
the oldest stays.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Impossible, Lock, Phase
from dbkit.migrate.techniques import (
    add_constraint,
    create_index_concurrently,
    create_unique_index_concurrently,
    has_table,
    in_batches,
    refuse_downgrade,
    unique_using_index,
)

revision = "20251117164018"
down_revision = "20251110172204"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Impossible("the targets are gone; they live on as destinations"),
    locks={
        "event_topic_routes": Lock.ACCESS_EXCLUSIVE,
        "notification_targets": Lock.ACCESS_EXCLUSIVE,
        "notification_topic_target_routes": Lock.ACCESS_EXCLUSIVE,
        "projects": Lock.ACCESS_EXCLUSIVE,
        "topics": Lock.ACCESS_EXCLUSIVE,
    },
)

TARGETS = """
INSERT INTO destinations (project_id, id, name, type, metadata, created_at, updated_at)
WITH waiting AS (
  SELECT t.*, row_number() OVER (PARTITION BY t.project_id, lower(t.label) ORDER BY t.created_at, t.id) AS turn
  FROM notification_targets t
  WHERE NOT EXISTS (SELECT FROM destinations d WHERE (d.project_id, d.id) = (t.project_id, t.id))),
batch AS (SELECT * FROM waiting WHERE turn = 1 ORDER BY project_id, id LIMIT 500)
SELECT b.project_id, b.id, free.name, 'webhook', jsonb_build_object('url', b.url), b.created_at, b.updated_at
FROM batch b CROSS JOIN LATERAL (
  WITH RECURSIVE attempt (n, name) AS (
    SELECT 0, b.label
    UNION ALL
    SELECT n + 1, b.label || '-notification' || CASE n WHEN 0 THEN '' ELSE '-' || (n + 1) END
    FROM attempt a
    WHERE (
        SELECT true FROM destinations d
        WHERE d.project_id = b.project_id AND lower(d.name) = lower(a.name) AND d.deleted_at IS NULL LIMIT 1)
      OR a.n > 0 AND (b.project_id, lower(a.name)) IN (SELECT project_id, lower(label) FROM notification_targets))
  SELECT name FROM attempt ORDER BY n DESC LIMIT 1) AS free
"""

ROUTES = """
INSERT INTO topic_destination_routes (project_id, id, topic_id, destination_id, created_at)
SELECT DISTINCT ON (r.project_id, r.topic_id, r.target_id) r.project_id, r.id, r.topic_id, r.target_id, r.created_at
FROM notification_topic_target_routes r
JOIN destinations d ON (d.project_id, d.id) = (r.project_id, r.target_id)
WHERE NOT EXISTS (
  SELECT FROM topic_destination_routes n
  WHERE (n.project_id, n.topic_id, n.destination_id) = (r.project_id, r.topic_id, r.target_id))
ORDER BY r.project_id, r.topic_id, r.target_id, r.created_at, r.id LIMIT 500
"""

NAMES = """
WITH unclean AS (
  SELECT project_id, id, base, row_number() OVER (PARTITION BY project_id, base ORDER BY created_at, id) AS turn
  FROM topics CROSS JOIN LATERAL (
    SELECT coalesce(nullif(btrim(regexp_replace(name, '[^A-Za-z0-9-]+', '-', 'g'), '-'), ''), 'topic') AS base) clean
  WHERE name !~ '^[A-Za-z0-9-]+$'),
batch AS (SELECT project_id, id, base FROM unclean WHERE turn = 1 ORDER BY project_id, id LIMIT 500)
UPDATE topics t SET name = free.name
FROM batch b CROSS JOIN LATERAL (
  WITH RECURSIVE attempt (n, name) AS (
    SELECT 1, b.base
    UNION ALL
    SELECT n + 1, b.base || '-' || (n + 1)
    FROM attempt a
    WHERE EXISTS (SELECT FROM topics o WHERE (o.project_id, o.name) = (b.project_id, a.name))
      OR a.n > 1 AND (b.project_id, a.name) IN (SELECT project_id, base FROM unclean))
  SELECT name FROM attempt ORDER BY n DESC LIMIT 1) AS free
WHERE (t.project_id, t.id) = (b.project_id, b.id)
"""


def upgrade() -> None:
    if has_table("notification_targets"):
        in_batches(TARGETS)
        in_batches(ROUTES)
    in_batches(NAMES)
    op.execute("DROP VIEW IF EXISTS notification_topics")
    op.execute("DROP VIEW IF EXISTS notification_event_topic_routes")
    # Both or none: what is left of them is what a second run looks for.
    op.execute("DROP TABLE IF EXISTS notification_topic_target_routes, notification_targets")
    in_batches("""
        DELETE FROM event_topic_routes
        WHERE (project_id, id) IN (
          SELECT project_id, id FROM (
            SELECT project_id, id,
              row_number() OVER (PARTITION BY project_id, event_type, topic_id ORDER BY created_at, id) AS n
            FROM event_topic_routes) same
          WHERE n > 1 ORDER BY 1, 2 LIMIT 500)
    """)
    create_unique_index_concurrently(
        "uq_event_topic_routes_project_id_event_type_topic_id", "event_topic_routes (project_id, event_type, topic_id)"
    )
    unique_using_index("event_topic_routes", "uq_event_topic_routes_project_id_event_type_topic_id")
    create_index_concurrently("ix_event_topic_routes_project_id_topic_id", "event_topic_routes (project_id, topic_id)")
    add_constraint("topics", "ck_topics_name", "CHECK (name ~ '^[A-Za-z0-9-]+$')")


def downgrade() -> None:
    refuse_downgrade("the targets are gone; they live on as destinations")
