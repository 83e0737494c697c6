from __future__ import annotations

from tests.migrations.rows import Rows, Snapshot, instant

REVISION = "20230509164405"


def plant(rows: Rows) -> None:
    rows.insert(
        "providers",
        *(
            {
                "slug": slug,
                "display_name": name,
                "auth_type": auth_type,
                "base_url": url,
                "created_at": instant(9),
                "updated_at": instant(9),
            }
            for slug, name, auth_type, url in (
                ("gong", "Gong", "basic", "https://{{.workspace}}.api.gong.io"),
                ("anthropic", "Anthropic", "apiKey", "https://api.anthropic.com"),
                ("zoom", "", "jwt", ""),
                ("in-house", 'In-house 🙂 "CRM"', "custom", "http://[::1]:8080/?a=b&c=%20"),
                ("pokéapi", "Poké API", "none", "https://pokeapi.co"),
            )
        ),
    )
    rows.execute(
        """UPDATE providers SET display_name = 'Zendesk', auth_type = 'basic', base_url = 'https://{{.workspace}}.zendesk.com/',
             updated_at = '2023-05-10Z' WHERE slug = 'zendeskSupport'"""
    )


def promise(before: Snapshot, after: Snapshot) -> None:
    assert "providers" not in before, REVISION
    found = {slug: (row["display_name"], row["auth_type"]) for slug, row in after.by("providers", "slug").items()}
    assert found == {
        "salesforce": ("Salesforce", "oauth2"),
        "hubspot": ("HubSpot", "oauth2"),
        "zendeskSupport": ("Zendesk Support", "oauth2"),
    }, f"{REVISION}: providers {found}"
