"""Swap usage_events and usage_events_by_month.

Step 2 of 3, all names under one short lock. The partitioned table is `usage_events` from here on;
the old one stays as `usage_events_old` until the next step, fed by a trigger, so that there is a
way back. The columns differ (`event_id` is `id` now), so the release that runs during the swap must
write either, as it finds the table; the next one knows `id` only.

The old table keeps what it can: two decimals of a quantity, and one event for each id. Nothing is
lost by that on the way back, because the partitioned table keeps every value under its other name.
A quantity of more than ten digits before the point is refused until the old table is gone.
"""

from __future__ import annotations

from alembic import op

from dbkit.migrate.header import Header, Lock, Lossless, Phase

revision = "20250617163951"
down_revision = "20250612162518"

header = Header(
    phase=Phase.CONTRACT,
    transactional=True,
    downgrade=Lossless(),
    locks={"usage_events": Lock.ACCESS_EXCLUSIVE, "usage_events_by_month": Lock.ACCESS_EXCLUSIVE},
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

BACK = """
CREATE FUNCTION tg_usage_events_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_events_old
    (organization_id, project_id, event_id, metric, quantity, dimensions, occurred_at, recorded_at)
  VALUES (new.organization_id, new.project_id, new.id, new.metric, new.quantity, new.dimensions,
    new.occurred_at, new.recorded_at)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$
"""


def upgrade() -> None:
    op.execute("DROP TRIGGER tg_usage_events_copy ON usage_events")
    op.execute("DROP FUNCTION tg_usage_events_copy()")
    op.execute("ALTER TABLE usage_events RENAME TO usage_events_old")
    op.execute("ALTER TABLE usage_events_old RENAME CONSTRAINT pk_usage_events TO pk_usage_events_old")
    op.execute("""
        ALTER TABLE usage_events_old RENAME CONSTRAINT uq_usage_events_event_id TO uq_usage_events_old_event_id
    """)
    op.execute("""
        ALTER TABLE usage_events_old
          RENAME CONSTRAINT fk_usage_events_organization_id TO fk_usage_events_old_organization_id
    """)
    op.execute("""
        ALTER INDEX ix_usage_events_organization_id_metric_occurred_at
          RENAME TO ix_usage_events_old_organization_id_metric_occurred_at
    """)
    op.execute("ALTER TABLE usage_events_by_month RENAME TO usage_events")
    op.execute("ALTER TABLE usage_events RENAME CONSTRAINT pk_usage_events_by_month TO pk_usage_events")
    op.execute("""
        ALTER INDEX ix_usage_events_by_month_organization_id_metric_occurred_at
          RENAME TO ix_usage_events_organization_id_metric_occurred_at
    """)
    op.execute(BACK)
    op.execute("""
        CREATE TRIGGER tg_usage_events_back AFTER INSERT ON usage_events
          FOR EACH ROW EXECUTE FUNCTION tg_usage_events_back()
    """)


def downgrade() -> None:
    op.execute("DROP TRIGGER tg_usage_events_back ON usage_events")
    op.execute("DROP FUNCTION tg_usage_events_back()")
    op.execute("""
        ALTER INDEX ix_usage_events_organization_id_metric_occurred_at
          RENAME TO ix_usage_events_by_month_organization_id_metric_occurred_at
    """)
    op.execute("ALTER TABLE usage_events RENAME CONSTRAINT pk_usage_events TO pk_usage_events_by_month")
    op.execute("ALTER TABLE usage_events RENAME TO usage_events_by_month")
    op.execute("""
        ALTER INDEX ix_usage_events_old_organization_id_metric_occurred_at
          RENAME TO ix_usage_events_organization_id_metric_occurred_at
    """)
    op.execute("""
        ALTER TABLE usage_events_old
          RENAME CONSTRAINT fk_usage_events_old_organization_id TO fk_usage_events_organization_id
    """)
    op.execute("""
        ALTER TABLE usage_events_old RENAME CONSTRAINT uq_usage_events_old_event_id TO uq_usage_events_event_id
    """)
    op.execute("ALTER TABLE usage_events_old RENAME CONSTRAINT pk_usage_events_old TO pk_usage_events")
    op.execute("ALTER TABLE usage_events_old RENAME TO usage_events")
    op.execute(COPY)
    op.execute("""
        CREATE TRIGGER tg_usage_events_copy AFTER INSERT ON usage_events
          FOR EACH ROW EXECUTE FUNCTION tg_usage_events_copy()
    """)
