"""Create jwt_keys, the public keys that verify tokens of a project."""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250811165127"
down_revision = "20250805162953"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("jwt_keys",)),
    locks={"projects": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE jwt_keys (
          project_id uuid NOT NULL,
          id uuid NOT NULL,
          label text COLLATE "C" NOT NULL,
          algorithm text COLLATE "C" NOT NULL DEFAULT 'RS256',
          public_key_pem text NOT NULL,
          active boolean NOT NULL DEFAULT true,
          created_at timestamptz NOT NULL DEFAULT now(),
          updated_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_jwt_keys PRIMARY KEY (project_id, id),
          CONSTRAINT uq_jwt_keys_project_id_label UNIQUE (project_id, label),
          CONSTRAINT fk_jwt_keys_project_id FOREIGN KEY (project_id) REFERENCES projects (id) ON DELETE CASCADE,
          CONSTRAINT ck_jwt_keys_algorithm CHECK (algorithm IN ('RS256')),
          CONSTRAINT ck_jwt_keys_public_key_pem CHECK (public_key_pem LIKE '-----BEGIN PUBLIC KEY-----%'))
    """)


def downgrade() -> None:
    op.execute("DROP TABLE jwt_keys")
