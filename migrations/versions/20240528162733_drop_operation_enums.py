"""Drop the enum columns of operations, their trigger and their types.

Last of four steps. The two vocabularies map one to one, so the downgrade makes the enums again.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240528162733"
down_revision = "20240521161817"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("DROP TRIGGER tg_operations_words ON operations")
    op.execute("DROP FUNCTION tg_operations_words()")
    op.execute("ALTER TABLE operations DROP COLUMN status_enum, DROP COLUMN type_enum")
    op.execute("DROP TYPE operation_status")
    op.execute("DROP TYPE operation_type")


def downgrade() -> None:
    op.execute("CREATE TYPE operation_type AS ENUM ('read', 'write', 'proxy')")
    op.execute("CREATE TYPE operation_status AS ENUM ('pending', 'in_progress', 'success', 'failure')")
    op.execute("ALTER TABLE operations ADD COLUMN status_enum operation_status, ADD COLUMN type_enum operation_type")
    op.execute("""
        UPDATE operations SET type_enum = type::operation_type,
          status_enum = (CASE status
            WHEN 'running' THEN 'in_progress' WHEN 'completed' THEN 'success' WHEN 'failed' THEN 'failure'
            ELSE status END)::operation_status
    """)
    op.execute("""
        CREATE FUNCTION tg_operations_words() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          new.status := CASE new.status
            WHEN 'in_progress' THEN 'running' WHEN 'success' THEN 'completed' WHEN 'failure' THEN 'failed'
            ELSE new.status END;
          new.status_enum := (CASE new.status
            WHEN 'running' THEN 'in_progress' WHEN 'completed' THEN 'success' WHEN 'failed' THEN 'failure'
            ELSE new.status END)::operation_status;
          new.type_enum := new.type::operation_type;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_operations_words BEFORE INSERT OR UPDATE ON operations
          FOR EACH ROW EXECUTE FUNCTION tg_operations_words()
    """)
