from __future__ import annotations

from tests.migrations.rows import Rows, instant, key
from tests.migrations.samples import EARLIEST, LATEST, LONG, ODD, PROJECTS

METRICS = ("operations", "records", "", ODD[2])


def plant(rows: Rows) -> None:
    times = {"created_at": instant(555), "updated_at": instant(555)}
    rows.insert(
        "billing_accounts",
        *(
            {
                "id": key("billing_account", n),
                "organization_id": key("organization", n),
                "display_name": name,
                "billing_provider": provider,
                "billing_provider_ref": reference,
            }
            | times
            for n, (name, provider, reference) in enumerate(
                (("Acme", "stripe", "cus_1"), ("", "orb", ""), (LONG, "zenskar", ODD[2]), (ODD[3], "orb", "cus_1")), 1
            )
        ),
    )
    rows.insert(
        "usage_events",
        *(
            {
                "organization_id": key("organization", 1 + n % 3),
                # Also of a project that is no more.
                "project_id": key("project", 404 if n == 3 else 1 + n % 4),
                "event_id": key("usage_event", n),
                "metric": METRICS[n % 4],
                "quantity": quantity,
                "dimensions": dimensions,
                "occurred_at": occurred,
                "recorded_at": instant(556),
            }
            for n, (quantity, dimensions, occurred) in enumerate(
                (
                    ("0", {}, instant(555)),
                    ("0.01", {"provider": "hubspot"}, instant(555)),
                    ("9999999999.99", {ODD[3]: [None, 1e300, {"": ODD[2]}]}, EARLIEST),
                    ("1", {"": LONG}, LATEST),
                    ("12.50", {}, instant(555)),
                ),
                1,
            )
        ),
    )
    rows.execute(
        """INSERT INTO usage_events (organization_id, project_id, event_id, metric, quantity, dimensions,
             occurred_at, recorded_at)
           SELECT organization_id, id, md5('usage_event ' || n)::uuid, (ARRAY['operations', 'records'])[1 + mod(n, 2)],
             n / 4.0, jsonb_build_object('n', n), t, t + interval '1 s'
           FROM generate_series(1, %(size)s) n JOIN projects ON id = (%(projects)s::uuid[])[1 + mod(n, 4)],
             LATERAL (SELECT timestamptz '2024-11-01Z' + n * interval '7 h' AS t) x""",
        {"size": rows.size} | PROJECTS,
    )
