from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

# project, app, group, consumer, workspace, access token, refresh token, expiry
CONNECTIONS = (
    (1, 1, "group-1", "consumer-1", "acme", "access", "refresh", instant(20)),
    (2, 3, "group-1", "consumer-1", "acme", "access", "refresh", instant(20)),
    (3, 4, "group-1", "consumer-1", None, None, None, None),
    (4, 5, "group-1", "consumer-1", "", "", "", EARLIEST),
    (1, 1, ODD[2], ODD[2], ODD[2], ODD[2], None, LATEST),
    (1, 2, ODD[3], ODD[3], ODD[3], None, ODD[3], None),
    (1, 6, "", "", ODD[5], LONG, LONG, instant(21.5)),
)


def plant(rows: Rows) -> None:
    # Every connection has an app: other ways to sign in come only much later.
    rows.insert(
        "connections",
        *(
            {
                "id": key("connection", n),
                "project_id": key("project", project),
                "provider_app_id": key("provider_app", app),
                "group_ref": group,
                "consumer_ref": consumer,
                "workspace_ref": workspace,
                "access_token": access,
                "refresh_token": refresh,
                "token_expires_at": expiry,
                "created_at": instant(16),
                "updated_at": instant(16 + n),
            }
            for n, (project, app, group, consumer, workspace, access, refresh, expiry) in enumerate(CONNECTIONS, 1)
        ),
    )
    rows.execute(
        """INSERT INTO connections (id, project_id, provider_app_id, group_ref, consumer_ref, workspace_ref,
             access_token, refresh_token, token_expires_at, created_at, updated_at)
           SELECT md5('connection ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], md5('provider_app ' || n)::uuid,
             'many-' || n, 'many-' || n, nullif('workspace-' || mod(n, 3), 'workspace-0'),
             nullif('access-' || mod(n, 5), 'access-0'), nullif('refresh-' || mod(n, 7), 'refresh-0'),
             t + interval '1 hour', t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-17Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
