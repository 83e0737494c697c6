"""Move notification targets to destinations, and clean the names of topics.

A target becomes a webhook with the same id, its label the name; where a destination has the name
already, `-notification` is appended, and a number where that is taken too. Routes from topics to
targets become routes to destinations, one of each pair. Names of topics keep letters, digits and
dashes; of those that fall together the later ones get a number.

The old tables stay for the release of before. This release writes routes and targets in both places
and deletes in both; what the release of before writes meanwhile is moved by the next revision, which
runs these batches again. In one batch are only names that cannot meet: the first of those that are
alike, and no numbered name that somebody waiting has as it stands.

Whether a name is taken is asked by `(SELECT true ... LIMIT 1)`: an EXISTS becomes a hash of all the project's
destinations here, made anew for each row, and a batch takes longer the more is done.
"""

from __future__ import annotations

from dbkit.migrate.header import Header, Lossy, Phase
from dbkit.migrate.techniques import in_batches

revision = "20251110172204"
down_revision = "20251110165533"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost=(
            "the names of topics as they were typed; what became of moved targets since, with their secrets,"
            " deliveries and new routes"
        ),
        rows=("deliveries", "delivery_attempts", "destination_secrets", "topic_destination_routes"),
        columns=(
            "destinations.deleted_at",
            "destinations.metadata",
            "destinations.name",
            "destinations.updated_at",
            "destinations.version",
            "topics.name",
        ),
    ),
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
    in_batches(TARGETS)
    in_batches(ROUTES)
    in_batches(NAMES)


def downgrade() -> None:
    in_batches("""
        DELETE FROM topic_destination_routes
        WHERE (project_id, id) IN (
          SELECT project_id, id FROM topic_destination_routes JOIN notification_topic_target_routes
            USING (project_id, id)
          ORDER BY 1, 2 LIMIT 500)
    """)
    in_batches("""
        DELETE FROM destinations
        WHERE (project_id, id) IN (
          SELECT project_id, id FROM destinations JOIN notification_targets USING (project_id, id)
          ORDER BY 1, 2 LIMIT 500)
    """)
