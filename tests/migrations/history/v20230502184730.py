from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG

NAMES = (
    "Ada Lovelace",
    "Plato",
    "Maria del Carmen García y Vega",
    None,
    "",
    " Leading space",
    "Two  spaces",
    "Trailing ",
    "   ",
    "Ünï çødé 🙂",
    "Tab\tand\nline",
    'O\'Brien "Bob" \\ $1 %s :name',
    LONG,
)
# The code of the time wrote what it was given: a role is any text.
ROLES = ("owner", "admin", "member", "Owner", " ADMIN ", "billing", "")


def plant(rows: Rows) -> None:
    rows.insert(
        "builders",
        *(
            {
                "id": key("builder", n),
                "idp_provider": "clerk" if n % 2 else "auth0",
                "idp_ref": f"user_{n}",
                "full_name": name,
                "primary_email": f"Builder+{n}@Example.com",
                "created_at": instant(n),
                "updated_at": instant(n),
            }
            for n, name in enumerate(NAMES, 1)
        ),
        {
            "id": key("builder", 20),
            "idp_provider": "",
            "idp_ref": "",
            "full_name": "Grace Brewster Murray Hopper",
            "primary_email": "",
            "created_at": EARLIEST,
            "updated_at": LATEST,
        },
    )
    rows.execute(
        """INSERT INTO builders (id, idp_ref, full_name, primary_email, created_at, updated_at)
           SELECT md5('builder ' || n)::uuid, 'many_' || n,
             (ARRAY['Builder ' || n, NULL, 'B' || n, 'First Middle ' || n])[1 + mod(n, 4)],
             'many+' || n || '@example.com', t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-05-02Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size},
    )
    rows.insert(
        "memberships",
        *(
            {
                "organization_id": key("organization", organization),
                "builder_id": key("builder", n),
                "role": role,
                "created_at": instant(10 + n),
            }
            for organization in (1, 2)
            for n, role in enumerate(ROLES, organization)
        ),
    )
    rows.execute(
        """INSERT INTO memberships (organization_id, builder_id, role, created_at)
           SELECT md5('organization ' || n)::uuid, md5('builder ' || 1 + mod(n * k, %(size)s))::uuid,
             (ARRAY['owner', 'admin', 'member'])[1 + mod(n, 3)], '2023-05-03Z'
           FROM generate_series(1, %(size)s) n, generate_series(1, 2) k ON CONFLICT DO NOTHING""",
        {"size": rows.size},
    )
