"""Create claimed_domains, with one owner for a domain.

A domain belongs to one organization at most, in lower case, and the row says which builder claimed
it and since when the claim is verified.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20251009164455"
down_revision = "20251001201116"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("claimed_domains",)),
    locks={"builders": Lock.SHARE_ROW_EXCLUSIVE, "organizations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE claimed_domains (
          organization_id uuid NOT NULL,
          id uuid NOT NULL,
          domain text COLLATE "C" NOT NULL,
          claimed_by_builder_id uuid,
          verified_at timestamptz,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_claimed_domains PRIMARY KEY (organization_id, id),
          CONSTRAINT uq_claimed_domains_domain UNIQUE (domain),
          CONSTRAINT fk_claimed_domains_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE CASCADE,
          CONSTRAINT fk_claimed_domains_claimed_by_builder_id FOREIGN KEY (claimed_by_builder_id)
            REFERENCES builders (id) ON DELETE SET NULL,
          CONSTRAINT ck_claimed_domains_domain CHECK (domain = lower(domain) AND domain LIKE '%_.__%'))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE claimed_domains")
