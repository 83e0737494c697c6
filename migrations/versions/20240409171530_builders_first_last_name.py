"""Split the full names of builders at their first space: first_name and last_name.

The release of before writes full_name alone, until it is gone; the next one writes all three. What
the old one changes meanwhile is split when full_name becomes a generated column.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import add_column, in_batches

revision = "20240409171530"
down_revision = "20240402165127"

header = Header(
    phase=Phase.DATA,
    transactional=False,
    downgrade=Lossy(
        lost="names written since, where full_name splits otherwise",
        columns=("builders.first_name", "builders.last_name"),
    ),
    locks={"builders": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    add_column("builders", "first_name", "text")
    add_column("builders", "last_name", "text")
    # A first name may be empty, but is not NULL any more: that ends it.
    in_batches("""
        UPDATE builders SET first_name = split_part(full_name, ' ', 1),
          last_name = nullif(substr(full_name, length(split_part(full_name, ' ', 1)) + 2), '')
        WHERE id IN
          (SELECT id FROM builders WHERE full_name IS NOT NULL AND first_name IS NULL ORDER BY id LIMIT 500)
    """)


def downgrade() -> None:
    op.execute("ALTER TABLE builders DROP COLUMN IF EXISTS first_name, DROP COLUMN IF EXISTS last_name")
