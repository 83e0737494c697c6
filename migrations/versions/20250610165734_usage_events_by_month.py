"""Copy usage_events into a table partitioned by month.

Step 1 of 3. `usage_events_by_month` has a key that fits its partitions, with the event's own id in
it, and quantities of six decimals: a change of scale would rewrite the old table. A trigger copies
what is written from here on, then the rows of before are copied in ranges of 1,000 ids. Readers and
writers stay with the old table until the next step swaps the names.

The old table is held to the checks of the new one first. A row that does not fit stops this before
anything is copied: what is billed is put right by people, not here. And the trigger cannot fail a
writer over a row that the old table would take.
Only the key and the index carry the table's passing name: names of other constraints belong to their
table, and so do those of its partitions, which no later rename would reach.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase
from dbkit.migrate.techniques import add_constraint, atomically, has_table, has_trigger, in_ranges

revision = "20250610165734"
down_revision = "20250523164106"

header = Header(
    phase=Phase.EXPAND,
    transactional=False,
    downgrade=Lossless(),
    locks={"organizations": Lock.SHARE_ROW_EXCLUSIVE, "usage_events": Lock.ACCESS_EXCLUSIVE},
)

COPY = """
CREATE FUNCTION tg_usage_events_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_events_by_month
    (project_id, occurred_at, id, organization_id, metric, quantity, dimensions, recorded_at)
  VALUES (new.project_id, new.occurred_at, new.event_id, new.organization_id, new.metric, new.quantity,
    new.dimensions, new.recorded_at)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    add_constraint("usage_events", "ck_usage_events_metric", "CHECK (metric ~ '^[a-z][a-z0-9_]*$')")
    add_constraint("usage_events", "ck_usage_events_dimensions", "CHECK (jsonb_typeof(dimensions) = 'object')")
    if not has_table("usage_events_by_month"):
        with atomically():
            create_partitioned()
    if not has_trigger("usage_events", "tg_usage_events_copy"):
        with atomically():
            op.execute(COPY)
            op.execute("""
                CREATE TRIGGER tg_usage_events_copy AFTER INSERT ON usage_events
                  FOR EACH ROW EXECUTE FUNCTION tg_usage_events_copy()
            """)
    in_ranges(
        """
        INSERT INTO usage_events_by_month
          (project_id, occurred_at, id, organization_id, metric, quantity, dimensions, recorded_at)
        SELECT u.project_id, u.occurred_at, u.event_id, u.organization_id, u.metric, u.quantity, u.dimensions,
          u.recorded_at
        FROM usage_events u
        WHERE :after < u.id AND u.id <= :upto AND NOT EXISTS (
          SELECT FROM usage_events_by_month n
          WHERE (n.project_id, n.occurred_at, n.id) = (u.project_id, u.occurred_at, u.event_id))
        ORDER BY u.id
        """,
        table="usage_events",
        key="id",
        rows=1000,
    )


def create_partitioned() -> None:
    op.execute("""
        CREATE TABLE usage_events_by_month (
          project_id uuid NOT NULL,
          occurred_at timestamptz NOT NULL,
          id uuid NOT NULL,
          organization_id uuid NOT NULL,
          metric text COLLATE "C" NOT NULL,
          quantity numeric(20,6) NOT NULL,
          dimensions jsonb NOT NULL DEFAULT '{}',
          recorded_at timestamptz NOT NULL DEFAULT now(),
          CONSTRAINT pk_usage_events_by_month PRIMARY KEY (project_id, occurred_at, id),
          CONSTRAINT fk_usage_events_organization_id FOREIGN KEY (organization_id)
            REFERENCES organizations (id) ON DELETE RESTRICT,
          CONSTRAINT ck_usage_events_metric CHECK (metric ~ '^[a-z][a-z0-9_]*$'),
          CONSTRAINT ck_usage_events_quantity CHECK (quantity >= 0),
          CONSTRAINT ck_usage_events_dimensions CHECK (jsonb_typeof(dimensions) = 'object')
        ) PARTITION BY RANGE (occurred_at)
    """)
    op.execute("""
        CREATE INDEX ix_usage_events_by_month_organization_id_metric_occurred_at
          ON usage_events_by_month (organization_id, metric, occurred_at)
    """)
    op.execute("CREATE TABLE usage_events_default PARTITION OF usage_events_by_month DEFAULT")
    op.execute("""
        CREATE TABLE usage_events_2024 PARTITION OF usage_events_by_month
          FOR VALUES FROM ('2024-01-01') TO ('2025-01-01')
    """)
    for month in range(1, 13):
        end = f"2025-{month + 1:02}-01" if month < 12 else "2026-01-01"
        op.execute(f"""
            CREATE TABLE usage_events_2025_{month:02} PARTITION OF usage_events_by_month
              FOR VALUES FROM ('2025-{month:02}-01') TO ('{end}')
        """)


def downgrade() -> None:
    with atomically():
        op.execute("DROP TRIGGER IF EXISTS tg_usage_events_copy ON usage_events")
        op.execute("DROP FUNCTION IF EXISTS tg_usage_events_copy()")
    op.execute("DROP TABLE IF EXISTS usage_events_by_month")
    op.execute("""
        ALTER TABLE usage_events
          DROP CONSTRAINT IF EXISTS ck_usage_events_metric, DROP CONSTRAINT IF EXISTS ck_usage_events_dimensions
    """)
