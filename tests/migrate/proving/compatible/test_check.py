"""The check on lines: whose statements are concerned, on which side of a revision, and what is never a pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbkit.migrate.proving.compatible.file import CURRENT, FOLDER, set_text
from dbkit.migrate.proving.compatible.script import read_script
from dbkit.migrate.proving.compatible.statements import StatementSet
from dbkit.migrate.proving.model import Outcome, Verdict
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder
from tests.migrate.proving.compatible.conftest import Prove

ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, note text NOT NULL)"
OLD = "INSERT INTO orders (id, note) VALUES ($1, $2);\n-- orders.find\nSELECT id, note FROM orders WHERE id = $1;"
NEW = "-- orders.create\nINSERT INTO orders (id) VALUES ($1);\n-- orders.find\nSELECT id FROM orders WHERE id = $1;"


def keep(line: LineFolder, name: str, script: str) -> None:
    folder = line.folder / FOLDER
    folder.mkdir(exist_ok=True)
    statements = StatementSet(name, read_script(script).statements)
    (folder / name).with_suffix(".json").write_text(set_text(statements))


def said(found: Outcome) -> list[str]:
    return [each.what for each in found.findings]


def test_rows_that_a_revision_refuses_hide_nothing(line: LineFolder, prove: Prove, tmp_path: Path) -> None:
    line.add("create_orders", ORDERS)
    line.add("add_rank", "ALTER TABLE orders ADD COLUMN rank int NOT NULL")
    (tmp_path / "sent.sql").write_text(OLD)
    assert said(prove(tmp_path / "sent.sql")) == ["statement 1 fails: 23502 NotNullViolation of column rank"]


def test_without_a_set_of_the_release_before_nothing_is_proved(line: LineFolder, prove: Prove) -> None:
    line.add("create_orders", ORDERS)
    head = line.add("drop_note", "ALTER TABLE orders DROP COLUMN note", phase="CONTRACT")
    keep(line, CURRENT, NEW)
    keep(line, head, NEW)
    found = prove()
    assert found.verdict is Verdict.NOT_APPLICABLE
    assert "no set of statements" in found.reason


def test_an_expand_is_held_against_the_release_before(line: LineFolder, prove: Prove) -> None:
    head = line.add("create_orders", ORDERS)
    line.add("drop_note", "ALTER TABLE orders DROP COLUMN note")
    keep(line, head, OLD)
    keep(line, CURRENT, NEW)
    found = prove()
    assert said(found) == [
        'statement 1 fails: 42703 UndefinedColumn: column "note" of relation "orders" does not exist',
        'orders.find fails: 42703 UndefinedColumn: column "note" does not exist',
    ]
    assert found.figures == {"statements_run": 2, "statements_prepared": 0}


def test_a_contract_is_held_against_the_release_that_has_it(line: LineFolder, prove: Prove) -> None:
    """Code that does not know the column any more cannot add rows before the column is gone, or may be empty."""
    head = line.add("create_orders", ORDERS)
    line.add("drop_note", "ALTER TABLE orders DROP COLUMN note", phase="CONTRACT")
    keep(line, head, OLD)
    keep(line, CURRENT, NEW)
    assert said(prove()) == ["orders.create fails: 23502 NotNullViolation of column note"]


def test_a_contract_passes_behind_its_expand(line: LineFolder, prove: Prove) -> None:
    head = line.add("create_orders", ORDERS)
    line.add("let_note_be_empty", "ALTER TABLE orders ALTER COLUMN note DROP NOT NULL")
    line.add("drop_note", "ALTER TABLE orders DROP COLUMN note", phase="CONTRACT")
    keep(line, head, OLD)
    keep(line, CURRENT, NEW)
    assert prove().verdict is Verdict.PASSED


def test_statements_of_another_schema_are_named(line: LineFolder, prove: Prove, tmp_path: Path) -> None:
    line.add("create_orders", ORDERS)
    line.add("add_rank", "ALTER TABLE orders ADD COLUMN rank int")
    elsewhere = "-- orders.elsewhere\nSELECT colour FROM orders;"
    (tmp_path / "sent.sql").write_text(f"{elsewhere}\n{OLD}")
    found = prove(tmp_path / "sent.sql")
    assert "orders.elsewhere: not for the schema" in found.notes[-1]
    assert found.figures == {"statements_run": 2, "statements_prepared": 0}
    (tmp_path / "sent.sql").write_text(elsewhere)
    assert prove(tmp_path / "sent.sql").verdict is Verdict.COULD_NOT_RUN


@pytest.mark.parametrize("text", ["{}", "[]", "no JSON"])
def test_a_file_that_is_no_set_is_refused(text: str, line: LineFolder, prove: Prove, tmp_path: Path) -> None:
    line.add("create_orders", ORDERS)
    (tmp_path / "sent.json").write_text(text)
    with pytest.raises(ConfigurationInvalid, match="no set of statements"):
        prove(tmp_path / "sent.json")
