"""Make the text columns the status and type of operations; the enums step aside.

Third of four steps. The enum columns live on as status_enum and type_enum, kept in step for a
rollback, and a writer of the release of before may still send the old words: a trigger translates.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20240514170551"
down_revision = "20240430171206"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"operations": Lock.ACCESS_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("ALTER TABLE operations VALIDATE CONSTRAINT ck_operations_status")
    op.execute("ALTER TABLE operations VALIDATE CONSTRAINT ck_operations_type")
    op.execute("ALTER TABLE operations VALIDATE CONSTRAINT ck_operations_text_present")
    op.execute("ALTER TABLE operations ALTER COLUMN status_text SET NOT NULL, ALTER COLUMN type_text SET NOT NULL")
    op.execute("ALTER TABLE operations DROP CONSTRAINT ck_operations_text_present")
    op.execute("DROP TRIGGER tg_operations_text ON operations")
    op.execute("DROP FUNCTION tg_operations_text()")
    op.execute("""
        ALTER TABLE operations ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status DROP NOT NULL,
          ALTER COLUMN type DROP NOT NULL
    """)
    op.execute("ALTER TABLE operations RENAME COLUMN status TO status_enum")
    op.execute("ALTER TABLE operations RENAME COLUMN type TO type_enum")
    op.execute("ALTER TABLE operations RENAME COLUMN status_text TO status")
    op.execute("ALTER TABLE operations RENAME COLUMN type_text TO type")
    op.execute("ALTER TABLE operations ALTER COLUMN status SET DEFAULT 'pending'")
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


def downgrade() -> None:
    op.execute("DROP TRIGGER tg_operations_words ON operations")
    op.execute("DROP FUNCTION tg_operations_words()")
    op.execute("ALTER TABLE operations DROP CONSTRAINT ck_operations_status, DROP CONSTRAINT ck_operations_type")
    op.execute("""
        ALTER TABLE operations ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status DROP NOT NULL,
          ALTER COLUMN type DROP NOT NULL
    """)
    op.execute("ALTER TABLE operations RENAME COLUMN status TO status_text")
    op.execute("ALTER TABLE operations RENAME COLUMN type TO type_text")
    op.execute("ALTER TABLE operations RENAME COLUMN status_enum TO status")
    op.execute("ALTER TABLE operations RENAME COLUMN type_enum TO type")
    op.execute("""
        ALTER TABLE operations ALTER COLUMN status SET NOT NULL, ALTER COLUMN status SET DEFAULT 'pending',
          ALTER COLUMN type SET NOT NULL
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
