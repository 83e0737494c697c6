from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import LONG, ODD, PROJECTS

# project, provider, external reference, client, secret, scopes
APPS = (
    (1, "salesforce", None, "client-1", "s3cret", ""),
    (1, "hubspot", "ref-1", "client-1", "s3cret", "contacts.read,contacts.write"),
    (2, "salesforce", "ref-1", "client-1", "", "full"),
    (3, "salesforce", "", "", ODD[2], "a, b"),
    (4, "salesforce", ODD[2], ODD[2], LONG, "a,,b"),
    (1, "zendeskSupport", ODD[3], ODD[3], ODD[3], ","),
    (1, "gong", ODD[5], ODD[5], " ", "read"),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "provider_apps",
        *(
            {
                "id": key("provider_app", n),
                "project_id": key("project", project),
                "provider": provider,
                "external_ref": reference,
                "client_id": client,
                "client_secret": secret,
                "scopes": scopes,
                "created_at": instant(12),
                "updated_at": instant(12 + n),
            }
            for n, (project, provider, reference, client, secret, scopes) in enumerate(APPS, 1)
        ),
    )
    rows.execute(
        """INSERT INTO provider_apps (id, project_id, provider, external_ref, client_id, client_secret, scopes,
             created_at, updated_at)
           SELECT md5('provider_app ' || n)::uuid, (%(projects)s::uuid[])[1 + mod(n, 4)], 'hubspot',
             'many-' || n, 'many-' || n, 'secret-' || n, 'read,write', t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-10Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
