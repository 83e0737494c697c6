"""Create movements and readings.

Readings live in partitions by time. The default partition takes them all until there are others.
"""

from __future__ import annotations

from alembic import op
from dbkit.migrate.header import Header, Lock, Lossy, Phase

revision = "20260309141245"
down_revision = "20260302093000"

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="all rows of both tables",
        rows=("movements", "readings"),
    ),
    locks={"widgets": Lock.SHARE_ROW_EXCLUSIVE},
)


def upgrade() -> None:
    op.execute("""
        CREATE TABLE movements (
            id BIGINT GENERATED ALWAYS AS IDENTITY,
            store TEXT COLLATE "C" NOT NULL,
            widget_id UUID NOT NULL,
            units SMALLINT NOT NULL,
            reason JSONB NOT NULL,
            digest BYTEA NOT NULL,
            moved_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_movements PRIMARY KEY (id),
            CONSTRAINT ck_movements_reason CHECK (jsonb_typeof(reason) IN ('string', 'number', 'boolean')),
            CONSTRAINT uq_movements_store_digest UNIQUE (store, digest)
        )
    """)
    op.execute("CREATE INDEX ix_movements_store_moved_at ON movements (store, moved_at)")
    op.execute("""
        CREATE TABLE readings (
            store TEXT COLLATE "C" NOT NULL,
            read_at TIMESTAMP WITH TIME ZONE NOT NULL,
            id UUID NOT NULL,
            widget_id UUID NOT NULL,
            sensor TEXT COLLATE "C" NOT NULL,
            degrees NUMERIC(10, 2) NOT NULL,
            details JSONB,
            CONSTRAINT pk_readings PRIMARY KEY (store, read_at, id),
            CONSTRAINT ck_readings_details CHECK (jsonb_typeof(details) = 'object'),
            CONSTRAINT ck_readings_sensor CHECK (sensor ~ '^[a-z][a-z0-9_]*$'),
            CONSTRAINT uq_readings_store_read_at_sensor UNIQUE (store, read_at, sensor)
        )
        PARTITION BY RANGE (read_at)
    """)
    op.execute("""
        CREATE INDEX ix_readings_store_widget_id_read_at_id
            ON readings (store, widget_id, read_at, id)
    """)
    op.execute("""
        CREATE UNIQUE INDEX uq_readings_read_at_degrees
            ON readings (read_at, abs(degrees))
            WHERE degrees < 0
    """)
    op.execute("CREATE TABLE readings_default PARTITION OF readings DEFAULT")
    op.execute("""
        ALTER TABLE readings
            ADD CONSTRAINT fk_readings_widget_id FOREIGN KEY(store, widget_id)
            REFERENCES widgets (store, id) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE movements
            ADD CONSTRAINT fk_movements_widget_id FOREIGN KEY(store, widget_id)
            REFERENCES widgets (store, id) ON DELETE CASCADE
    """)


def downgrade() -> None:
    op.execute("DROP TABLE readings")
    op.execute("DROP TABLE movements")
