"""Make project and id the primary key of six tables, in place of the id alone.

The unique indexes of 20231205170020 become the keys: nothing is built, and the foreign keys that
stand on them stay. Operations wait until nothing refers to their id alone any more.

The downgrade has to take the foreign keys away while it builds the old keys again.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import primary_key_using_index, unique_using_index

revision = "20240109171026"
down_revision = "20240109164733"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(refuses="while two projects use the same id in one of the tables"),
    locks={
        "connections": Lock.ACCESS_EXCLUSIVE,
        "destinations": Lock.ACCESS_EXCLUSIVE,
        "installations": Lock.ACCESS_EXCLUSIVE,
        "integrations": Lock.ACCESS_EXCLUSIVE,
        "provider_apps": Lock.ACCESS_EXCLUSIVE,
        "revisions": Lock.ACCESS_EXCLUSIVE,
    },
)

TABLES = ("provider_apps", "connections", "integrations", "revisions", "installations", "destinations")

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
    for table in TABLES:
        primary_key_using_index(table, f"uq_{table}_project_id_id")
    unique_using_index("revisions", "uq_revisions_project_id_integration_id_id")


def downgrade() -> None:
    for table, name in KEYS:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute("ALTER TABLE revisions DROP CONSTRAINT uq_revisions_project_id_integration_id_id")
    op.execute("""
        CREATE UNIQUE INDEX uq_revisions_project_id_integration_id_id ON revisions (project_id, integration_id, id)
    """)
    for table in TABLES:
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT pk_{table}, ADD CONSTRAINT pk_{table} PRIMARY KEY (id)")
        op.execute(f"CREATE UNIQUE INDEX uq_{table}_project_id_id ON {table} (project_id, id)")
    _add_foreign_keys()


def _add_foreign_keys() -> None:
    op.execute("""
        ALTER TABLE connections ADD CONSTRAINT fk_connections_provider_app_id
          FOREIGN KEY (project_id, provider_app_id) REFERENCES provider_apps (project_id, id)
    """)
    op.execute("""
        ALTER TABLE revisions ADD CONSTRAINT fk_revisions_integration_id
          FOREIGN KEY (project_id, integration_id) REFERENCES integrations (project_id, id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE integrations ADD CONSTRAINT fk_integrations_latest_revision_id
          FOREIGN KEY (project_id, id, latest_revision_id)
          REFERENCES revisions (project_id, integration_id, id) DEFERRABLE INITIALLY DEFERRED
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_integration_id
          FOREIGN KEY (project_id, integration_id) REFERENCES integrations (project_id, id)
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_connection_id
          FOREIGN KEY (project_id, connection_id) REFERENCES connections (project_id, id)
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_revision_id
          FOREIGN KEY (project_id, revision_id) REFERENCES revisions (project_id, id)
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_integration_id
          FOREIGN KEY (project_id, integration_id) REFERENCES integrations (project_id, id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_installation_id
          FOREIGN KEY (project_id, installation_id)
          REFERENCES installations (project_id, id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE read_states ADD CONSTRAINT fk_read_states_installation_id
          FOREIGN KEY (project_id, installation_id)
          REFERENCES installations (project_id, id) ON DELETE CASCADE
    """)
