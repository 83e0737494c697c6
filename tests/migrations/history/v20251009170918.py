from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

# project, label, type: names meet those of destinations and each other when targets become destinations
TARGETS = (
    (1, "hook", "webhook"),
    (1, "hooks", "webhook"),
    (1, "Hook", "webhook"),
    (1, "hook-notification", "webhook"),
    (1, "HOOK-notification-2", ""),
    (2, "hook", "webhook"),
    (2, "alerts", "email"),
    (2, "Alerts", "webhook"),
    (2, "ALERTS-notification", "webhook"),
    (3, "", "webhook"),
    (3, " ", "kinesis"),
    (3, ODD[2], "webhook"),
    (3, ODD[3], ODD[3]),
    (4, ODD[5], "webhook"),
)

# project, label: of each project several become the same when they are cleaned
TOPICS = (
    (1, "new-leads"),
    (1, "New leads"),
    (1, "new leads"),
    (1, "new  leads!"),
    (1, "-new leads-"),
    (1, "new leads 2"),
    (1, "new-leads-3"),
    (1, "new_leads-4"),
    (2, "topic"),
    (2, ""),
    (2, "???"),
    (2, "🙂"),
    (2, "topic 2"),
    (3, ODD[2]),
    (3, ODD[3]),
    (3, ODD[4]),
    (3, "clean\n"),
    (3, "clean"),
    (4, ODD[5]),
    (4, ODD[5] + "."),
    (4, "a-2-2"),
    (4, "a 2 2"),
    (4, "a 2"),
    (4, "a"),
    (4, "a!"),
)

EVENT_TYPES = (
    "connection.created",
    "installation.created",
    "installation.updated",
    "installation.deleted",
    "read.schedule.paused",
    "read.backfill.done",
)


def plant(rows: Rows) -> None:
    rows.insert(
        "notification_targets",
        *(
            {
                "project_id": key("project", project),
                "id": key("notification_target", n),
                "label": label,
                "type": type_,
                "url": (f"https://example.com/{n}", "", LONG, ODD[3])[n % 4],
                # Pairs of one moment.
                "created_at": instant(892 - n // 2),
                "updated_at": instant(893),
            }
            for n, (project, label, type_) in enumerate(TARGETS, 1)
        ),
    )
    rows.insert(
        "notification_topics",
        *(
            {
                "project_id": key("project", project),
                "id": key("topic", n),
                "label": label,
                "created_at": instant(892 + n // 3),
                "updated_at": instant(899),
            }
            for n, (project, label) in enumerate(TOPICS, 1)
        ),
    )
    # Nothing holds one route for each pair yet: the first two of both kinds say the same.
    rows.insert(
        "notification_event_topic_routes",
        *(
            {
                "project_id": key("project", 1),
                "id": key("route", n),
                "event_type": event_type,
                "topic_id": key("topic", topic),
                "created_at": instant(894 - n),
            }
            for n, (event_type, topic) in enumerate([(EVENT_TYPES[0], 1), *((each, 1) for each in EVENT_TYPES)], 1)
        ),
    )
    rows.insert(
        "notification_topic_target_routes",
        *(
            {
                "project_id": key("project", 1 if target < 6 else 2),
                "id": key("route", 20 + n),
                "topic_id": key("topic", topic),
                "target_id": key("notification_target", target),
                "created_at": instant(895 - n),
            }
            for n, (topic, target) in enumerate([(1, 1), (1, 1), (1, 2), (2, 1), (3, 3), (9, 6), (10, 7)])
        ),
    )
    plant_many(rows)


def plant_many(rows: Rows) -> None:
    parameters = {"size": rows.size} | PROJECTS
    rows.execute(
        """INSERT INTO notification_targets (project_id, id, label, url, created_at, updated_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('notification_target ' || n)::uuid,
             CASE mod(n, 3) WHEN 0 THEN 'Stream ' || n WHEN 1 THEN 'Target ' || n ELSE 'TARGET ' || n - 4 END,
             'https://example.com/' || n, t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2025-10-09Z' + n * interval '1 sec' AS t) x""",
        parameters,
    )
    rows.execute(
        """INSERT INTO notification_topics (project_id, id, label, created_at, updated_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('topic ' || n)::uuid,
             CASE mod(n, 3) WHEN 0 THEN 'many ' || n WHEN 1 THEN 'many-' || n + 4 ELSE 'many  ' || n - 4 || '?' END,
             t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2025-10-09Z' + n * interval '1 sec' AS t) x""",
        parameters,
    )
    rows.execute(
        """INSERT INTO notification_event_topic_routes (project_id, id, event_type, topic_id, created_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('event_topic_route ' || n || ' ' || k)::uuid,
             'installation.created', md5('topic ' || n)::uuid, timestamptz '2025-10-09Z' + k * interval '1 sec'
           FROM generate_series(1, %(size)s) n, generate_series(1, 1 + mod(n, 3)) k""",
        parameters,
    )
    rows.execute(
        """INSERT INTO notification_topic_target_routes (project_id, id, topic_id, target_id, created_at)
           SELECT (%(projects)s::uuid[])[1 + mod(n, 4)], md5('topic_target_route ' || n || ' ' || k)::uuid,
             md5('topic ' || n)::uuid, md5('notification_target ' || n)::uuid,
             timestamptz '2025-10-09Z' + mod(n, 2) * interval '1 sec'
           FROM generate_series(1, %(size)s) n, generate_series(1, 1 + mod(n, 2)) k""",
        parameters,
    )
