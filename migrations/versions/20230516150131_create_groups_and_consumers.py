"""Create groups and consumers, keyed by the customer's own references.

A group is the customer's customer, a consumer one of its users. The customer chose both references,
so they identify inside its project, and nowhere else.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230516150131"
down_revision = "20230509171220"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows of both tables", rows=("consumers", "groups")),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE groups (
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          group_ref text NOT NULL,
          group_name text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (project_id, group_ref))
    """)
    op.execute("""
        CREATE TABLE consumers (
          project_id uuid NOT NULL REFERENCES projects ON DELETE CASCADE,
          consumer_ref text NOT NULL,
          consumer_name text NOT NULL DEFAULT '',
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          PRIMARY KEY (project_id, consumer_ref))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE consumers")
    op.execute("DROP TABLE groups")
