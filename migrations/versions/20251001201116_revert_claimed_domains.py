"""Drop claimed_domains again.

Takes back the revision before it, as a revision of its own: the line never goes back. The code that
wrote the table was rolled back first.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20251001201116"
down_revision = "20251001165340"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossy(lost="claims made on that day", rows=("claimed_domains",)),
    locks={"claimed_domains": Lock.ACCESS_EXCLUSIVE, "organizations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("DROP TABLE claimed_domains")


def downgrade() -> None:
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
