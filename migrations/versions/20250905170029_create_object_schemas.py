"""Create object_schemas, what a provider says about an object of a connection.

Fields and their types, with a hash by which a change is noticed.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250905170029"
down_revision = "20250829164712"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows; the providers can be asked again", rows=("object_schemas",)),
    locks={"connections": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE object_schemas (
          project_id uuid NOT NULL,
          connection_id uuid NOT NULL,
          object_name text COLLATE "C" NOT NULL,
          fields jsonb NOT NULL,
          fields_hash bytea NOT NULL,
          checked_at timestamptz NOT NULL DEFAULT now(),
          changed_at timestamptz NOT NULL DEFAULT now(),
          version integer NOT NULL DEFAULT 1,
          CONSTRAINT pk_object_schemas PRIMARY KEY (project_id, connection_id, object_name),
          CONSTRAINT fk_object_schemas_connection_id FOREIGN KEY (project_id, connection_id)
            REFERENCES connections (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_object_schemas_fields CHECK (jsonb_typeof(fields) = 'object'),
          CONSTRAINT ck_object_schemas_fields_hash CHECK (octet_length(fields_hash) = 32),
          CONSTRAINT ck_object_schemas_changed_at CHECK (changed_at <= checked_at))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE object_schemas")
