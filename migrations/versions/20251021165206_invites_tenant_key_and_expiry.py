"""Make invites expire, and put their tenant into the key.

The key is `(organization_id, id)`, as everywhere. `expires_at` is 14 days after the creation, by
default and for the rows of before, and tells the task that expires invites which ones are due.
`accepted_by_builder_id` says who accepted. An address has one pending invite in an organization at
most: since the release before, inviting again revokes the older one. Where rows are not unique this
stops with the violation and leaves no index.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase
from dbkit.migrate.techniques import (
    add_constraint,
    atomically,
    create_index_concurrently,
    create_unique_index_concurrently,
    drop_index_concurrently,
    has_column,
    in_batches,
    primary_key_using_index,
    set_not_null,
)

revision = "20251021165206"
down_revision = "20251009170918"

header = Header(
    phase=Phase.CONTRACT,
    transactional=False,
    downgrade=Lossy(
        lost="times of expiry other than 14 days, and who accepted",
        columns=("invites.accepted_by_builder_id", "invites.expires_at"),
        refuses="two organizations have an invite of the same id",
    ),
    locks={"builders": Lock.SHARE_ROW_EXCLUSIVE, "invites": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    create_unique_index_concurrently(
        "uq_invites_organization_id_invited_email_pending",
        "invites (organization_id, lower(invited_email)) WHERE status = 'pending'",
    )
    if not has_column("invites", "expires_at"):
        create_unique_index_concurrently("uq_invites_organization_id_id", "invites (organization_id, id)")
        with atomically():
            primary_key_using_index("invites", "uq_invites_organization_id_id")
            op.execute("ALTER TABLE invites ADD COLUMN expires_at timestamptz, ADD COLUMN accepted_by_builder_id uuid")
            op.execute("ALTER TABLE invites ALTER COLUMN expires_at SET DEFAULT now() + interval '14 days'")
    add_constraint(
        "invites",
        "fk_invites_accepted_by_builder_id",
        "FOREIGN KEY (accepted_by_builder_id) REFERENCES builders (id) ON DELETE SET NULL",
    )
    in_batches("""
        UPDATE invites SET expires_at = created_at + interval '14 days'
        WHERE (organization_id, id) IN (
          SELECT organization_id, id FROM invites WHERE expires_at IS NULL ORDER BY 1, 2 LIMIT 500)
    """)
    set_not_null("invites", "expires_at", check="ck_invites_expires_at_present")
    add_constraint("invites", "ck_invites_expires_at", "CHECK (expires_at > created_at)")
    add_constraint("invites", "ck_invites_accepted_by", "CHECK (accepted_by_builder_id IS NULL OR status = 'accepted')")
    create_index_concurrently("ix_invites_expires_at_pending", "invites (expires_at) WHERE status = 'pending'")


def downgrade() -> None:
    if has_column("invites", "expires_at"):
        create_unique_index_concurrently("uq_invites_id", "invites (id)")
        drop_index_concurrently("ix_invites_expires_at_pending")
        with atomically():
            primary_key_using_index("invites", "uq_invites_id")
            op.execute("ALTER TABLE invites DROP COLUMN expires_at, DROP COLUMN accepted_by_builder_id")
    drop_index_concurrently("uq_invites_organization_id_invited_email_pending")
