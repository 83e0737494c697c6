"""Create operation_logs, append-only lines in partitions by month.

They take the place of the events. The rest of 2025 gets its partitions here, and the default takes
what falls outside; later months are made ahead by maintenance and are not part of the schema.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20250304171922"
down_revision = "20250224164830"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(lost="all rows", rows=("operation_logs",)),
    locks={"operations": Lock.SHARE_ROW_EXCLUSIVE},
)

MONTHS = (
    ("2025_03", "2025-03-01", "2025-04-01"),
    ("2025_04", "2025-04-01", "2025-05-01"),
    ("2025_05", "2025-05-01", "2025-06-01"),
    ("2025_06", "2025-06-01", "2025-07-01"),
    ("2025_07", "2025-07-01", "2025-08-01"),
    ("2025_08", "2025-08-01", "2025-09-01"),
    ("2025_09", "2025-09-01", "2025-10-01"),
    ("2025_10", "2025-10-01", "2025-11-01"),
    ("2025_11", "2025-11-01", "2025-12-01"),
    ("2025_12", "2025-12-01", "2026-01-01"),
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE operation_logs (
          project_id uuid NOT NULL,
          logged_at timestamptz NOT NULL,
          id uuid NOT NULL,
          operation_id uuid NOT NULL,
          severity text COLLATE "C" NOT NULL DEFAULT 'INFO',
          message text NOT NULL,
          error text,
          details jsonb,
          CONSTRAINT pk_operation_logs PRIMARY KEY (project_id, logged_at, id),
          CONSTRAINT fk_operation_logs_operation_id FOREIGN KEY (project_id, operation_id)
            REFERENCES operations (project_id, id) ON DELETE CASCADE,
          CONSTRAINT ck_operation_logs_severity CHECK (severity IN ('DEBUG', 'INFO', 'WARN', 'ERROR')),
          CONSTRAINT ck_operation_logs_details CHECK (jsonb_typeof(details) = 'object'))
        PARTITION BY RANGE (logged_at)
    """)
    op.execute("""
        CREATE INDEX ix_operation_logs_project_id_operation_id_logged_at_id
          ON operation_logs (project_id, operation_id, logged_at, id)
    """)
    op.execute("CREATE TABLE operation_logs_default PARTITION OF operation_logs DEFAULT")
    for name, begin, end in MONTHS:
        op.execute(f"""
            CREATE TABLE operation_logs_{name} PARTITION OF operation_logs FOR VALUES FROM ('{begin}Z') TO ('{end}Z')
        """)


def downgrade() -> None:
    op.execute("DROP TABLE operation_logs")
