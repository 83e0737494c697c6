"""Make provider_apps.scopes an array.

It was a string with commas. The change rewrites the table under its strongest lock, which is
accepted: fewer than ten thousand rows are milliseconds. The release of before reads through a cast
that accepts both.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import refuse_downgrade_if

revision = "20250624170340"
down_revision = "20250617163951"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossless(refuses="a scope is empty or holds a comma, so that a string could not be split again"),
    locks={"provider_apps": Lock.ACCESS_EXCLUSIVE},
    rewrites=("provider_apps",),
)


def upgrade() -> None:
    op.execute("ALTER TABLE provider_apps ALTER COLUMN scopes DROP DEFAULT")
    op.execute("""
        ALTER TABLE provider_apps
          ALTER COLUMN scopes TYPE text[] COLLATE "C" USING string_to_array(scopes, ',')
    """)
    op.execute("ALTER TABLE provider_apps ALTER COLUMN scopes SET DEFAULT '{}'")


def downgrade() -> None:
    # Takes the lock, so that no writer comes after the look.
    op.execute("ALTER TABLE provider_apps ALTER COLUMN scopes DROP DEFAULT")
    refuse_downgrade_if(
        """
        SELECT FROM provider_apps
        WHERE string_to_array(array_to_string(scopes, ','), ',') IS DISTINCT FROM scopes LIMIT 1
        """,
        "a scope of provider_apps is empty or holds a comma",
    )
    op.execute("""
        ALTER TABLE provider_apps
          ALTER COLUMN scopes TYPE text USING array_to_string(scopes, ',')
    """)
    op.execute("ALTER TABLE provider_apps ALTER COLUMN scopes SET DEFAULT ''")
