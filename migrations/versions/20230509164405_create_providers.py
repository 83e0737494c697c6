"""Create the catalogue of providers, with its first three.

The key is a slug that people read. The three rows are reference data, so they come with the table,
with fixed times: they are the same in every database.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lossy, Phase

revision = "20230509164405"
down_revision = "20230502184730"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="providers added since, and what was changed in the first three",
        rows=("providers",),
        columns=("providers.auth_type", "providers.base_url", "providers.display_name", "providers.updated_at"),
    ),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE providers (
          slug text PRIMARY KEY,
          display_name text NOT NULL,
          auth_type text NOT NULL DEFAULT 'oauth2',
          base_url text NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("""
        INSERT INTO providers (slug, display_name, base_url, created_at, updated_at) VALUES
          ('salesforce', 'Salesforce', 'https://{{.workspace}}.my.salesforce.com', '2023-05-09', '2023-05-09'),
          ('hubspot', 'HubSpot', 'https://api.hubapi.com', '2023-05-09', '2023-05-09'),
          ('zendeskSupport', 'Zendesk Support', 'https://{{.workspace}}.zendesk.com', '2023-05-09', '2023-05-09')
    """)


def downgrade() -> None:
    op.execute("DROP TABLE providers")
