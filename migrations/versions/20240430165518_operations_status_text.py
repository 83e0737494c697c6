"""Write the status and type of operations as text beside the native enums, by a trigger.

First of four steps from enums to text. A value can be added to an enum, but never renamed safely or
taken away. The words change on the way: in_progress is running, success completed, failure failed.
Writers know the enum columns alone; the next revision fills the rows that nobody writes.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240430165518"
down_revision = "20240423162908"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    # Derived from the enums: applied again, it is the next revision that fills them.
    downgrade=Lossless(remade=("operations.status_text", "operations.type_text")),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        ALTER TABLE operations ADD COLUMN status_text text COLLATE "C", ADD COLUMN type_text text COLLATE "C"
    """)
    op.execute("""
        CREATE FUNCTION tg_operations_text() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          new.type_text := new.type::text;
          new.status_text := CASE new.status::text
            WHEN 'in_progress' THEN 'running' WHEN 'success' THEN 'completed' WHEN 'failure' THEN 'failed'
            ELSE new.status::text END;
          RETURN new;
        END $$
    """)
    op.execute("""
        CREATE TRIGGER tg_operations_text BEFORE INSERT OR UPDATE ON operations
          FOR EACH ROW EXECUTE FUNCTION tg_operations_text()
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT ck_operations_status
          CHECK (status_text IN ('pending', 'running', 'completed', 'failed')) NOT VALID
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT ck_operations_type
          CHECK (type_text IN ('read', 'write', 'proxy')) NOT VALID
    """)
    op.execute("""
        ALTER TABLE operations ADD CONSTRAINT ck_operations_text_present
          CHECK (status_text IS NOT NULL AND type_text IS NOT NULL) NOT VALID
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER tg_operations_text ON operations")
    op.execute("DROP FUNCTION tg_operations_text()")
    op.execute("ALTER TABLE operations DROP COLUMN status_text, DROP COLUMN type_text")
