from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, ODD

# organization, address, status
INVITES = (
    (1, "New+1@Example.com", "pending"),
    # The same address once more, but only one of them is pending.
    (1, "new+1@example.com", "revoked"),
    (1, "builder+1@example.com", "accepted"),
    (1, "late@example.com", "expired"),
    (2, "new+1@example.com", "pending"),
    (3, "", "pending"),
    (3, ODD[2], "pending"),
    (3, ODD[3], "pending"),
    (3, "x" * 400 + "@example.com", "pending"),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "invites",
        *(
            {
                "id": key("invite", n),
                "organization_id": key("organization", organization),
                "invited_email": address,
                "status": status,
                "created_at": EARLIEST if n == len(INVITES) else instant(58),
                "updated_at": instant(58 + n),
            }
            for n, (organization, address, status) in enumerate(INVITES, 1)
        ),
    )
    rows.execute(
        """INSERT INTO invites (id, organization_id, invited_email, status, created_at, updated_at)
           SELECT md5('invite ' || n)::uuid, md5('organization ' || n)::uuid, 'many+' || n || '@example.com',
             (ARRAY['pending', 'accepted', 'revoked', 'expired'])[1 + mod(n, 4)], t, t
           FROM generate_series(1, %(size)s) n,
             LATERAL (SELECT timestamptz '2023-06-27Z' + n * interval '1 min' AS t) x""",
        {"size": rows.size},
    )
