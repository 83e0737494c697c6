"""What revisions do to tables is read from their files alone, and drawn."""

from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from textwrap import dedent, indent

import pytest

from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line
from dbkit.migrate.timeline.changes import Change, History, Kind, summed
from dbkit.migrate.timeline.drawing import PHASES, timeline_svg
from dbkit.migrate.timeline.reading import read_history
from dbkit.migrate.timeline.statements import actions, columns_of, plain, written_tables
from dbkit.migrate.timeline.text import timeline_text
from dbkit.models import Base
from tests.migrate.pictures import SVG, parse, rectangle

OWN = read_history(Line.read())

HEAD = """
    from alembic import op
    from dbkit.migrate.header import Header, Lossless, Phase
    from dbkit.migrate.techniques import *

    revision = "{id}"
    down_revision = {parent!r}
    header = Header(phase=Phase.{phase}, transactional=True, downgrade=Lossless())

    def downgrade() -> None:
        pass

    def upgrade() -> None:
"""

SHOP = {
    ("20240105000000_create_shops", "EXPAND"): """
        for name in ("shops", "owners"):
            op.execute(f'CREATE TABLE {name} (id int PRIMARY KEY, name numeric(3, 2) CHECK (name IN (1, 2)), old text)')
        op.execute("CREATE TABLE sales (at date, CONSTRAINT pk_sales PRIMARY KEY (at)) PARTITION BY RANGE (at)")
        op.execute("CREATE TABLE sales_default PARTITION OF sales DEFAULT")
    """,
    ("20240210000000_fill_names", "DATA"): """
        in_batches("WITH todo AS (SELECT id FROM shops FOR UPDATE) UPDATE shops SET name = 1 WHERE id IN (TABLE todo)")
        in_ranges("UPDATE owners SET name = 1 WHERE id > :after AND id <= :upto", table="owners", key="id", rows=10)
        for row in op.get_bind().execute(op.inline_literal("SELECT 1")).all():
            op.execute("UPDATE sales SET at = now()")
    """,
    ("20240315000000_more_of_everything", "EXPAND"): """
        add_column("shops", "label", "text")
        add_constraint("shops", "ck_shops_label", "CHECK (label <> '')")
        create_index_concurrently("ix_shops_label", "shops (label)")
        if has_column("owners", "old") and not has_table("elsewhere"):
            op.execute('ALTER TABLE owners ADD COLUMN born date, ALTER COLUMN name SET NOT NULL')
        set_not_null("shops", "label", check="ck_shops_label_present")
        op.execute("CREATE TRIGGER tg_sales_at BEFORE INSERT ON sales FOR EACH ROW EXECUTE FUNCTION f()")
    """,
    ("20240420000000_put_away", "CONTRACT"): """
        if has_index("ix_shops_label"):
            drop_index_concurrently("ix_shops_label")
        if has_trigger("sales", "tg_sales_at"):
            op.execute("DROP TRIGGER tg_sales_at ON sales")
        with atomically():
            op.execute("ALTER TABLE shops DROP COLUMN old, DROP CONSTRAINT ck_shops_label")
            op.execute("ALTER TABLE owners RENAME TO people")
            op.execute("ALTER TABLE people RENAME COLUMN name TO called")
            op.execute("DROP TABLE IF EXISTS sales, nothing")
    """,
    ("20240525000000_again", "EXPAND"): """
        op.create_table("sales", __import__("sqlalchemy").Column("id", __import__("sqlalchemy").Integer))
        replace_check("people", "ck_people_called", "called > 0")
    """,
}


def _write(folder: Path, revisions: dict[tuple[str, str], str]) -> Line:
    parent = None
    (folder / "versions").mkdir(parents=True)
    for (name, phase), body in revisions.items():
        id_ = name.partition("_")[0]
        head = dedent(HEAD).format(id=id_, parent=parent, phase=phase)
        text = f'"""{name}."""\n{head}{indent(dedent(body), "    ")}'
        (folder / "versions" / f"{name}.py").write_text(text)
        parent = id_
    return Line.read(folder)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> History:
    return read_history(_write(tmp_path_factory.mktemp("line") / "migrations", SHOP))


def _marks(history: History, name: str) -> dict[str, set[str]]:
    return {
        mark.revision.slug: {str(change) for change in mark.changes} for bar in history.of(name) for mark in bar.marks
    }


def test_the_tables_at_the_end_are_those_of_the_models() -> None:
    """The proof of the reading: every table that came, went or was renamed in the whole line was seen."""
    assert sorted(OWN.alive) == sorted(Base.metadata.tables)


def test_the_columns_at_the_end_are_those_of_the_models() -> None:
    found = {name: sorted(columns) for name, columns in OWN.columns.items()}
    assert found == {name: sorted(table.c.keys()) for name, table in Base.metadata.tables.items()}


def test_lives_of_a_name_follow_each_other() -> None:
    for name in OWN.names:
        lives = OWN.of(name)
        for before, after in pairwise(lives):
            assert before.ended is not None, name
            assert before.ended.id <= after.begun.id, name
        assert all(life.begun.id <= mark.revision.id for life in lives for mark in life.marks)


def test_every_data_revision_writes_rows_somewhere() -> None:
    data = {revision.slug for revision in OWN.revisions if revision.header.phase is Phase.DATA}
    assert data <= {mark.revision.slug for bar in OWN.bars for mark in bar.marks}
    sealed = {bar.name for bar in OWN.bars for mark in bar.marks if mark.revision.slug == "encrypt_secrets_in_place"}
    assert sealed == {"connection_secrets", "provider_apps"}


def test_both_sides_of_a_rename() -> None:
    renamed = {(bar.name, bar.target, bar.ended) for bar in OWN.bars if bar.target}
    assert renamed == {(bar.source, bar.name, bar.begun) for bar in OWN.bars if bar.source}
    assert ("usage_events_by_month", "usage_events") in {(name, target) for name, target, _ in renamed}


def test_what_came_and_went(shop: History) -> None:
    assert shop.names == ["shops", "owners", "sales", "people"]
    assert shop.alive == ["shops", "people", "sales"]
    first, second = shop.of("sales")
    assert (first.begun.slug, first.ended and first.ended.slug) == ("create_shops", "put_away")
    assert (second.begun.slug, second.ended) == ("again", None)
    (owners,), (people,) = shop.of("owners"), shop.of("people")
    assert (owners.target, people.source) == ("people", "owners")


def test_columns_through_loops_looks_and_renames(shop: History) -> None:
    assert shop.columns == {
        "shops": ("id", "name", "label"),
        "people": ("id", "called", "old", "born"),
        "sales": ("id",),
    }


def test_marks(shop: History) -> None:
    assert _marks(shop, "shops") == {
        "fill_names": {"rows"},
        "more_of_everything": {
            "column label added",
            "constraint ck_shops_label added",
            "index ix_shops_label added",
        },
        "put_away": {"index ix_shops_label dropped", "column old dropped", "constraint ck_shops_label dropped"},
    }
    assert _marks(shop, "owners") == {
        "fill_names": {"rows"},
        "more_of_everything": {"column born added", "column name changed"},
    }
    assert _marks(shop, "sales") == {
        "more_of_everything": {"trigger tg_sales_at added"},
    }
    assert _marks(shop, "people") == {"again": {"constraint ck_people_called added"}}


def test_rows_changed_one_by_one_are_told_by_the_query_for_them(tmp_path: Path) -> None:
    """No row is found, so what changes one never runs."""
    body = """
        for row in op.get_bind().execute(op.f("SELECT id FROM shops")).all():
            op.execute(f"UPDATE shops SET name = {row[0]}")
    """
    create = ("20240105000000_create", "EXPAND")
    line = {create: 'op.execute("CREATE TABLE shops (id int)")', ("20240106000000_seal", "DATA"): body}
    assert _marks(read_history(_write(tmp_path, line)), "shops") == {"seal": {"rows"}}


def test_a_table_from_before_the_line_begins_where_it_is_met(tmp_path: Path) -> None:
    line = {("20240105000000_first", "EXPAND"): 'op.execute("ALTER TABLE old ADD COLUMN more text")'}
    history = read_history(_write(tmp_path, line))
    assert history.alive == ["old"]
    assert history.columns == {"old": ("more",)}


def test_text(shop: History) -> None:
    assert timeline_text(shop) == dedent("""\
                2024
        shops   [=+-·
        owners  [=~>
        sales   [·+][
        people     [+

        [ created  ] dropped  > renamed  + added  - dropped  ~ changed  = rows written  * several of these
    """)


def test_an_empty_line(tmp_path: Path) -> None:
    empty = read_history(_write(tmp_path, {}))
    assert timeline_text(empty) == ""
    with pytest.raises(ValueError, match="without revisions"):
        timeline_svg(empty)


def test_the_picture_has_every_revision_life_and_mark() -> None:
    root = parse(timeline_svg(OWN))
    shown = {each.attrib["id"] for each in root.iter(f"{SVG}rect") if each.get("class") == "revision"}
    assert shown == {f"r{revision.id}" for revision in OWN.revisions}
    bars = [each.attrib["data-table"] for each in root.iter(f"{SVG}rect") if each.get("class") == "bar"]
    assert bars == [bar.name for bar in OWN.bars]
    marks = [(each.attrib["data-table"], each.attrib["data-revision"]) for each in root.iter(f"{SVG}g")]
    assert marks == [(bar.name, mark.revision.id) for bar in OWN.bars for mark in bar.marks]


def test_the_picture_is_to_scale(shop: History) -> None:
    root = parse(timeline_svg(shop))
    bars = [rectangle(each) for each in root.iter(f"{SVG}rect") if each.get("class") == "bar"]
    shops, owners, first, people, second = bars
    assert shops.left == owners.left == first.left
    assert shops.right == people.right == second.right
    assert owners.right == people.left == first.right
    assert second.top == first.top
    day = (owners.right - owners.left) / 106  # 5 January to 20 April
    assert second.left - first.right == 35 * day


def test_a_mark_has_the_colour_of_its_phase(shop: History) -> None:
    root = parse(timeline_svg(shop))
    for group in root.iter(f"{SVG}g"):
        revision = next(each for each in shop.revisions if each.id == group.attrib["data-revision"])
        assert group[1].attrib["fill"] == PHASES[revision.header.phase]


def test_the_same_on_every_run() -> None:
    code = "from dbkit.migrate.line import Line; from dbkit.migrate.timeline.reading import read_history; "
    code += "from dbkit.migrate.timeline.drawing import timeline_svg; "
    command = [sys.executable, "-c", code + "print(timeline_svg(read_history(Line.read())), end='')"]
    for seed in ("1", "2"):
        drawn = subprocess.run(command, env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
        assert drawn.stdout == timeline_svg(OWN)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ("added", "added"),
        ("added changed", "added"),
        ("added dropped", ""),
        ("added dropped added", "added"),
        ("dropped added", "changed"),
        ("changed dropped", "dropped"),
        ("dropped added dropped", "dropped"),
    ],
)
def test_what_a_revision_does_to_one_part(kinds: str, expected: str) -> None:
    changes = [Change(Kind(kind), "column x") for kind in kinds.split()]
    assert [change.kind for change in summed(changes)] == expected.split()


@pytest.mark.parametrize(
    ("statement", "tables"),
    [
        ("INSERT INTO a SELECT * FROM b ON CONFLICT (id) DO UPDATE SET x = 1", ["a"]),
        ("WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b TABLE gone", ["a", "b"]),
        ("UPDATE ONLY a SET x = 'DELETE FROM b'", ["a"]),
        ("SELECT * FROM a FOR UPDATE SKIP LOCKED -- UPDATE b", []),
        ("MERGE INTO a USING b ON true WHEN MATCHED THEN UPDATE SET x = 1", ["a"]),
    ],
)
def test_whose_rows_a_statement_writes(statement: str, tables: list[str]) -> None:
    assert written_tables(statement) == tables


def test_pieces_of_a_statement() -> None:
    body = 'a (id uuid, "n" numeric(3, 2), CONSTRAINT c CHECK (id IN (1, 2)), UNIQUE (id, n)) PARTITION BY x (n)'
    assert list(columns_of(plain(body))) == ["id", "n"]
    assert actions("ADD x int CHECK (x IN (1, 2)), DROP y") == ["ADD x int CHECK (x IN (1, 2))", "DROP y"]
    assert plain("  SELECT 'it''s -- no', $f$ ; $f$\n /* so */ FROM a; ") == "SELECT '', '' FROM a"
