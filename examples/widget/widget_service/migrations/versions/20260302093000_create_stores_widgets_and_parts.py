"""Create stores, widgets and parts.

What a store owns goes with the store; a widget with parts stays until they are gone.
"""

from __future__ import annotations

from alembic import op
from dbkit.migrate.header import Header, Lossy, Phase

revision = "20260302093000"
down_revision = None

header = Header(
    phase=Phase.EXPAND,
    transactional=True,
    downgrade=Lossy(
        lost="all rows",
        rows=("stores", "widgets", "parts"),
    ),
)


def upgrade() -> None:
    _create_stores()
    _create_widgets()
    _create_parts()
    _add_foreign_keys()


def _create_stores() -> None:
    op.execute("""
        CREATE TABLE stores (
            slug TEXT COLLATE "C" NOT NULL,
            name TEXT COLLATE "C" NOT NULL,
            opened_at TIMESTAMP WITH TIME ZONE,
            is_online BOOLEAN DEFAULT false NOT NULL,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_stores PRIMARY KEY (slug),
            CONSTRAINT ck_stores_name CHECK (name NOT LIKE '% ')
        )
    """)
    op.execute("CREATE INDEX ix_stores_is_online_opened_at ON stores (is_online, opened_at DESC)")
    op.execute("CREATE INDEX ix_stores_opened_at ON stores (opened_at)")


def _create_widgets() -> None:
    op.execute("""
        CREATE TABLE widgets (
            store TEXT COLLATE "C" NOT NULL,
            id UUID NOT NULL,
            sku TEXT COLLATE "C" NOT NULL,
            stage TEXT COLLATE "C" DEFAULT 'draft' NOT NULL,
            price NUMERIC(10, 2),
            is_fragile BOOLEAN DEFAULT false NOT NULL,
            grade SMALLINT,
            serial_number BIGINT,
            made_at TIMESTAMP WITH TIME ZONE,
            sold_at TIMESTAMP WITH TIME ZONE,
            tags TEXT[] COLLATE "C" DEFAULT '{}' NOT NULL,
            drawing BYTEA,
            replaces_id UUID,
            created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            deleted_at TIMESTAMP WITH TIME ZONE,
            version INTEGER DEFAULT 1 NOT NULL,
            CONSTRAINT pk_widgets PRIMARY KEY (store, id),
            CONSTRAINT ck_widgets_drawing CHECK (octet_length(drawing) < 64),
            CONSTRAINT ck_widgets_listed_has_price
                CHECK (CASE WHEN (stage = 'draft') THEN true ELSE price IS NOT NULL END),
            CONSTRAINT ck_widgets_price CHECK (price >= 0),
            CONSTRAINT ck_widgets_sku CHECK (sku LIKE 'W-%'),
            CONSTRAINT ck_widgets_sold_at CHECK (sold_at > made_at),
            CONSTRAINT ck_widgets_stage CHECK (stage IN ('draft', 'listed', 'retired')),
            CONSTRAINT ck_widgets_tags CHECK (cardinality(tags) <= 2),
            CONSTRAINT uq_widgets_store_serial_number UNIQUE (store, serial_number)
        )
    """)
    op.execute("""
        CREATE INDEX ix_widgets_store_is_fragile_live
            ON widgets (store, is_fragile)
            WHERE deleted_at IS NULL
    """)
    op.execute("CREATE INDEX ix_widgets_store_made_at ON widgets (store, made_at)")
    op.execute("CREATE INDEX ix_widgets_store_price_grade ON widgets (store, price DESC, grade)")
    op.execute("""
        CREATE UNIQUE INDEX uq_widgets_store_sku_live
            ON widgets (store, lower(sku))
            WHERE deleted_at IS NULL
    """)


def _create_parts() -> None:
    op.execute("""
        CREATE TABLE parts (
            store TEXT COLLATE "C" NOT NULL,
            widget_id UUID NOT NULL,
            number INTEGER NOT NULL,
            name TEXT COLLATE "C" DEFAULT '' NOT NULL,
            quantity NUMERIC(20, 6) NOT NULL,
            slot INTEGER,
            boxes NUMERIC(18, 2)
                GENERATED ALWAYS AS (round((quantity * 1.5) / CAST(nullif(number, 0) AS NUMERIC), 2)) STORED,
            label TEXT COLLATE "C"
                GENERATED ALWAYS AS (nullif(btrim(coalesce(name, '') || ' '), '')) STORED,
            updated_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
            CONSTRAINT pk_parts PRIMARY KEY (store, widget_id, number),
            CONSTRAINT ck_parts_number CHECK (number > 0),
            CONSTRAINT ck_parts_quantity CHECK (quantity > 0),
            CONSTRAINT uq_parts_store_widget_id_slot UNIQUE (store, widget_id, slot)
        )
    """)
    op.execute("CREATE INDEX ix_parts_store_quantity ON parts (store, quantity)")


def _add_foreign_keys() -> None:
    op.execute("""
        ALTER TABLE parts
            ADD CONSTRAINT fk_parts_widget_id FOREIGN KEY(store, widget_id)
            REFERENCES widgets (store, id)
    """)
    op.execute("""
        ALTER TABLE parts
            ADD CONSTRAINT fk_parts_store FOREIGN KEY(store)
            REFERENCES stores (slug) ON DELETE CASCADE
    """)
    op.execute("""
        ALTER TABLE widgets
            ADD CONSTRAINT fk_widgets_replaces_id FOREIGN KEY(store, replaces_id)
            REFERENCES widgets (store, id) ON DELETE SET NULL (replaces_id)
    """)
    op.execute("""
        ALTER TABLE widgets
            ADD CONSTRAINT fk_widgets_store FOREIGN KEY(store)
            REFERENCES stores (slug) ON DELETE CASCADE
    """)


def downgrade() -> None:
    op.execute("DROP TABLE parts")
    op.execute("DROP TABLE widgets")
    op.execute("DROP TABLE stores")
