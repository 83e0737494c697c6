"""Create read_states: where the paging of a read stands.

There is one row for each installation and object by habit of the code; no constraint holds it.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20230613160325"
down_revision = "20230613153958"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("read_states",)),
    locks={"installations": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE read_states (
          id bigserial PRIMARY KEY,
          installation_id uuid NOT NULL REFERENCES installations ON DELETE CASCADE,
          object_name text NOT NULL,
          next_page_token text,
          updated_at timestamptz NOT NULL DEFAULT now())
    """)
    op.execute("CREATE INDEX read_states_installation_id_idx ON read_states (installation_id, object_name)")


def downgrade() -> None:
    op.execute("DROP TABLE read_states")
