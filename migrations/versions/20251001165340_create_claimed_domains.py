"""Create claimed_domains: organizations claim mail domains.

Shipped and taken back on the same day, by the next revision: a domain is unique only inside an
organization, so two of them could claim the same one.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20251001165340"
down_revision = "20250924163810"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("claimed_domains",)),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE claimed_domains (
          organization_id uuid NOT NULL,
          id uuid NOT NULL,
          domain text COLLATE "C" NOT NULL,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_claimed_domains PRIMARY KEY (organization_id, id),
          CONSTRAINT uq_claimed_domains_organization_id_domain UNIQUE (organization_id, domain),
          CONSTRAINT fk_claimed_domains_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE CASCADE)
    """)


def downgrade() -> None:
    op.execute("DROP TABLE claimed_domains")
