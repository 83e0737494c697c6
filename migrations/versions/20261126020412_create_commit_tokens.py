"""Create commit_tokens, by which a transaction shows that it was committed after its COMMIT's answer was lost.

dbkit itself writes and removes its rows, for transactions with `commit_token=True`; nothing refers to them.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lossy, Phase

revision = "20261126020412"
down_revision = "20260817170211"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="the tokens of the last day", rows=("commit_tokens",)),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE commit_tokens (
          token uuid NOT NULL,
          void boolean NOT NULL DEFAULT false,
          created_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_commit_tokens PRIMARY KEY (token))
    """)
    op.execute("CREATE INDEX ix_commit_tokens_created_at ON commit_tokens (created_at)")


def downgrade() -> None:
    op.execute("DROP TABLE commit_tokens")
