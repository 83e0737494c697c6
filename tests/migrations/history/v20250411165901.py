from __future__ import annotations

from typing import Any

from tests.migrations.rows import Rows, instant
from tests.migrations.samples import LONG, ODD

# slug, type, grant, default module, modules, actions, metadata
PROVIDERS: tuple[tuple[str, str, str | None, str | None, dict[str, Any], list[str], dict[str, Any]], ...] = (
    ("zoho", "oauth2", "authorizationCode", "crm", {"crm": {"displayName": "CRM"}, "desk": {}}, ["read", "proxy"], {}),
    (
        "marketo",
        "oauth2",
        "clientCredentials",
        None,
        {"leads": None},
        ["bulkWrite", "subscribe", "write"],
        {"n": [1e300]},
    ),
    ("airtable", "oauth2", "authorizationCodePKCE", "", {"": ODD[2]}, [], {"": LONG}),
    ("odd", "oauth2", "password", ODD[3], {ODD[3]: [None]}, ["read", "read"], {ODD[3]: {ODD[2]: None}}),
    ("nothing", "none", None, None, {}, [], {}),
)


def plant(rows: Rows) -> None:
    rows.insert(
        "providers",
        *(
            {
                "slug": slug,
                "display_name": slug.title(),
                "auth_type": auth_type,
                "base_url": f"https://{slug}.example.com",
                "oauth2_grant_type": grant,
                "default_module": default,
                "modules": modules,
                "supports": supports,
                "metadata": metadata,
                "created_at": instant(711),
                "updated_at": instant(711),
            }
            for slug, auth_type, grant, default, modules, supports, metadata in PROVIDERS
        ),
    )
    rows.execute(
        "UPDATE providers SET supports = '{read,write}', oauth2_grant_type = 'authorizationCode' WHERE slug = 'hubspot'"
    )
