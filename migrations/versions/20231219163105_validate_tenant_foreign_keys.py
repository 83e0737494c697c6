"""Hold all rows to the foreign keys that carry the project.

A row that points into another tenant stops this revision, and has to be repaired by hand: there is
no telling which of the two projects it should belong to.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20231219163105"
down_revision = "20231205172648"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossless(),
    locks={
        "connections": Lock.SHARE_UPDATE_EXCLUSIVE,
        "installations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "integrations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "operations": Lock.SHARE_UPDATE_EXCLUSIVE,
        "read_states": Lock.SHARE_UPDATE_EXCLUSIVE,
        "revisions": Lock.SHARE_UPDATE_EXCLUSIVE,
    },
)


def upgrade() -> None:
    op.execute("ALTER TABLE revisions VALIDATE CONSTRAINT fk_revisions_project_id")
    op.execute("ALTER TABLE read_states VALIDATE CONSTRAINT fk_read_states_project_id")
    op.execute("ALTER TABLE connections VALIDATE CONSTRAINT fk_connections_provider_app_id_tenant")
    op.execute("ALTER TABLE revisions VALIDATE CONSTRAINT fk_revisions_integration_id_tenant")
    op.execute("ALTER TABLE integrations VALIDATE CONSTRAINT fk_integrations_latest_revision_id_tenant")
    op.execute("ALTER TABLE installations VALIDATE CONSTRAINT fk_installations_integration_id_tenant")
    op.execute("ALTER TABLE installations VALIDATE CONSTRAINT fk_installations_connection_id_tenant")
    op.execute("ALTER TABLE installations VALIDATE CONSTRAINT fk_installations_revision_id_tenant")
    op.execute("ALTER TABLE operations VALIDATE CONSTRAINT fk_operations_integration_id_tenant")
    op.execute("ALTER TABLE operations VALIDATE CONSTRAINT fk_operations_installation_id_tenant")
    op.execute("ALTER TABLE read_states VALIDATE CONSTRAINT fk_read_states_installation_id_tenant")


def downgrade() -> None:
    """Put the keys back as they were: PostgreSQL has no word for making one NOT VALID again."""
    op.execute("ALTER TABLE read_states DROP CONSTRAINT fk_read_states_installation_id_tenant")
    op.execute("ALTER TABLE operations DROP CONSTRAINT fk_operations_installation_id_tenant")
    op.execute("ALTER TABLE operations DROP CONSTRAINT fk_operations_integration_id_tenant")
    op.execute("ALTER TABLE installations DROP CONSTRAINT fk_installations_revision_id_tenant")
    op.execute("ALTER TABLE installations DROP CONSTRAINT fk_installations_connection_id_tenant")
    op.execute("ALTER TABLE installations DROP CONSTRAINT fk_installations_integration_id_tenant")
    op.execute("ALTER TABLE integrations DROP CONSTRAINT fk_integrations_latest_revision_id_tenant")
    op.execute("ALTER TABLE revisions DROP CONSTRAINT fk_revisions_integration_id_tenant")
    op.execute("ALTER TABLE connections DROP CONSTRAINT fk_connections_provider_app_id_tenant")
    op.execute("ALTER TABLE read_states DROP CONSTRAINT fk_read_states_project_id")
    op.execute("ALTER TABLE revisions DROP CONSTRAINT fk_revisions_project_id")
    op.execute("""
        ALTER TABLE revisions ADD CONSTRAINT fk_revisions_project_id
          FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE NOT VALID
    """)
    op.execute("""
        ALTER TABLE read_states ADD CONSTRAINT fk_read_states_project_id
          FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE NOT VALID
    """)
    op.execute("""
        ALTER TABLE connections ADD CONSTRAINT fk_connections_provider_app_id_tenant
          FOREIGN KEY (project_id, provider_app_id) REFERENCES provider_apps (project_id, id) NOT VALID
    """)
    op.execute("""
        ALTER TABLE revisions ADD CONSTRAINT fk_revisions_integration_id_tenant
          FOREIGN KEY (project_id, integration_id)
          REFERENCES integrations (project_id, id) ON DELETE CASCADE NOT VALID
    """)
    op.execute("""
        ALTER TABLE integrations ADD CONSTRAINT fk_integrations_latest_revision_id_tenant
          FOREIGN KEY (project_id, id, latest_revision_id)
          REFERENCES revisions (project_id, integration_id, id) DEFERRABLE INITIALLY DEFERRED NOT VALID
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_integration_id_tenant
          FOREIGN KEY (project_id, integration_id) REFERENCES integrations (project_id, id) NOT VALID
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_connection_id_tenant
          FOREIGN KEY (project_id, connection_id) REFERENCES connections (project_id, id) NOT VALID
    """)
    op.execute("""
        ALTER TABLE installations ADD CONSTRAINT fk_installations_revision_id_tenant
          FOREIGN KEY (project_id, revision_id) REFERENCES revisions (project_id, id) NOT VALID
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_integration_id_tenant
          FOREIGN KEY (project_id, integration_id)
          REFERENCES integrations (project_id, id) ON DELETE CASCADE NOT VALID
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT fk_operations_installation_id_tenant
          FOREIGN KEY (project_id, installation_id)
          REFERENCES installations (project_id, id) ON DELETE CASCADE NOT VALID
    """)
    op.execute("""
        ALTER TABLE read_states ADD CONSTRAINT fk_read_states_installation_id_tenant
          FOREIGN KEY (project_id, installation_id)
          REFERENCES installations (project_id, id) ON DELETE CASCADE NOT VALID
    """)
