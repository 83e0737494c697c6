from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import ODD


def plant(rows: Rows) -> None:
    # Two organizations claim one domain: why the table is taken back.
    rows.insert(
        "claimed_domains",
        *(
            {
                "organization_id": key("organization", organization),
                "id": key("claimed_domain", n),
                "domain": domain,
                "created_at": instant(884),
            }
            for n, (organization, domain) in enumerate(
                [(1, "example.com"), (2, "example.com"), (1, "Example.com"), (1, ""), (3, ODD[2])], 1
            )
        ),
    )
