"""Generate the full names of builders, and make e-mail addresses unique among live builders.

Without regard to case. The table is small: writing it anew for the generated column is accepted.
Names that the release of before wrote into full_name alone are split first, as in 20240409171530:
where the parts make another name, the newer one is in full_name. The index comes before that; where
two builders share an address it stops with the violation, and no name has changed.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_column,
    create_unique_index_concurrently,
    drop_index_concurrently,
    has_generated_column,
    in_batches,
    refuse_downgrade_if,
)

revision = "20240423162908"
down_revision = "20240416163300"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="spaces around and inside full names, empty ones among them; which builders are deleted",
        columns=("builders.deleted_at", "builders.full_name"),
        kept=("builders.first_name", "builders.last_name"),
        refuses="while a deleted builder has the address of another",
    ),
    locks={"builders": Lock.ACCESS_EXCLUSIVE},
    rewrites=("builders",),
)

INDEX = "uq_builders_primary_email_live"


def upgrade() -> None:
    add_column("builders", "deleted_at", "timestamptz")
    create_unique_index_concurrently(INDEX, "builders (lower(primary_email)) WHERE deleted_at IS NULL")
    if has_generated_column("builders", "full_name"):
        return
    # The parts of a name make it again but for spaces at its ends: that ends it.
    in_batches("""
        UPDATE builders SET first_name = split_part(full_name, ' ', 1),
          last_name = nullif(substr(full_name, length(split_part(full_name, ' ', 1)) + 2), '')
        WHERE id IN
          (SELECT id FROM builders
           WHERE btrim(full_name) <> btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))
           ORDER BY id LIMIT 500)
    """)
    op.execute("""
        ALTER TABLE builders DROP COLUMN full_name, ADD COLUMN full_name text
          GENERATED ALWAYS AS (nullif(btrim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')) STORED
    """)


def downgrade() -> None:
    # Without the mark of deletion they would be two of one address, and there would be no way up again.
    refuse_downgrade_if(
        "SELECT FROM builders GROUP BY lower(primary_email) HAVING count(*) > 1",
        "a deleted builder has the address of another, and the older schema cannot tell that it is deleted",
    )
    if has_generated_column("builders", "full_name"):
        # It stays as it was generated last, and may be written again.
        op.execute("ALTER TABLE builders ALTER COLUMN full_name DROP EXPRESSION")
    drop_index_concurrently(INDEX)
    op.execute("ALTER TABLE builders DROP COLUMN IF EXISTS deleted_at")
