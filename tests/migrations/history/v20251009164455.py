from __future__ import annotations

from tests.migrations.rows import Rows, instant, key


def plant(rows: Rows) -> None:
    rows.insert(
        "claimed_domains",
        *(
            {
                "organization_id": key("organization", organization),
                "id": key("claimed_domain", n),
                "domain": domain,
                "claimed_by_builder_id": key("builder", builder) if builder else None,
                "verified_at": instant(892) if builder else None,
                "created_at": instant(892),
            }
            for n, (organization, domain, builder) in enumerate(
                [(1, "example.com", 1), (2, "example.org", None), (1, "mail.example.com", 2), (3, "bücher.example", 1)],
                1,
            )
        ),
    )
