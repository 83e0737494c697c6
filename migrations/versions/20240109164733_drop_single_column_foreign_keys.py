"""Drop the nine foreign keys without the project; those with it take their names.

In one transaction, so that a name that the code knows is never missing.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240109164733"
down_revision = "20231219163105"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={
        "connections": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "operations": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "read_states": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.ACCESS_EXCLUSIVE,
    },
)

KEYS = (
    ("connections", "fk_connections_provider_app_id"),
    ("revisions", "fk_revisions_integration_id"),
    ("integrations", "fk_integrations_latest_revision_id"),
    ("installations", "fk_installations_integration_id"),
    ("installations", "fk_installations_connection_id"),
    ("installations", "fk_installations_revision_id"),
    ("operations", "fk_operations_integration_id"),
    ("operations", "fk_operations_installation_id"),
    ("read_states", "fk_read_states_installation_id"),
)


def upgrade() -> None:
    for table, name in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for table, name in KEYS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name}_tenant TO {name}")


def downgrade() -> None:
    for table, name in KEYS:
        op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {name} TO {name}_tenant")
    op.execute("""
        ALTER TABLE connections ADD CONSTRAINT fk_connections_provider_app_id
          FOREIGN KEY (provider_app_id) REFERENCES provider_apps (id) ON DELETE RESTRICT
    """)
    op.execute("""
        ALTER TABLE revisions ADD CONSTRAINT fk_revisions_integration_id
          FOREIGN KEY (integration_id) REFERENCES integrations (id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE integrations ADD CONSTRAINT fk_integrations_latest_revision_id
          FOREIGN KEY (latest_revision_id) REFERENCES revisions (id) DEFERRABLE INITIALLY DEFERRED
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_integration_id
          FOREIGN KEY (integration_id) REFERENCES integrations (id) ON DELETE RESTRICT
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_connection_id
          FOREIGN KEY (connection_id) REFERENCES connections (id) ON DELETE RESTRICT
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_revision_id
          FOREIGN KEY (revision_id) REFERENCES revisions (id) ON DELETE RESTRICT
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_integration_id
          FOREIGN KEY (integration_id) REFERENCES integrations (id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_installation_id
          FOREIGN KEY (installation_id) REFERENCES installations (id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE read_states ADD CONSTRAINT fk_read_states_installation_id
          FOREIGN KEY (installation_id) REFERENCES installations (id) ON DELETE CASCADE
    """)
