"""Lines and their revisions, linted: which are looked at, what is accepted, and what is never a pass."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dbkit.migrate.errors import LineBroken, RevisionUnknown
from dbkit.migrate.linting.checking import Lint, Linted, lint
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder

Look = Callable[..., Linted]
ORDERS = "CREATE TABLE orders (id bigint PRIMARY KEY, state text NOT NULL)"
INDEX = "CREATE INDEX ix_orders_state ON orders (state)"
ALL = "UPDATE orders SET state = 'old'"
IMPOSSIBLE = {"downgrade": 'Impossible("a test")', "undo": ('> refuse_downgrade("a test")',)}


@pytest.fixture
def look(line: LineFolder, server: Databases) -> Look:
    """Lint the test's line on the tests' server."""

    def look(**wish: Any) -> Linted:
        return lint(Lint(folder=line.folder, dev_url=server.url_for("postgres"), **wish))

    return look


@pytest.fixture
def add(line: LineFolder) -> Callable[..., str]:
    """Append a revision without a way back."""
    return lambda slug, *upgrade, **arguments: line.add(slug, *upgrade, **(IMPOSSIBLE | arguments))


def ids(linted: Linted) -> list[str]:
    return [each.rule.id for each in linted.findings]


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
    subprocess.run(("git", *who, *arguments), cwd=folder, check=True, capture_output=True)


def test_a_finding_names_its_place(add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS)
    id = add("index_orders", INDEX)
    (found,) = look().findings
    line = Path(found.path).read_text().splitlines()[(found.line or 0) - 1]
    assert (found.rule.id, found.revision, found.statement) == ("L07", id, INDEX)
    assert "CREATE INDEX" in line


def test_only_what_is_asked_for_is_looked_at(add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS)
    add("index_orders", INDEX)
    add("add_rank", "ALTER TABLE orders ADD COLUMN rank int")
    assert ids(look(revisions=("add_rank",))) == []
    assert ids(look(revisions=("index_orders",))) == ["L07"]
    with pytest.raises(RevisionUnknown):
        look(revisions=("absent",))


def test_what_a_branch_does_not_have_is_one_run(line: LineFolder, add: Callable[..., str], look: Look) -> None:
    """A table of the first new revision is in nobody's way in the second one."""
    add("create_customers", "CREATE TABLE customers (id bigint PRIMARY KEY, name text)")
    git(line.folder, "init", "-q", "-b", "main")
    git(line.folder, "add", ".")
    git(line.folder, "commit", "-q", "-m", "Begin")
    add("create_orders", ORDERS)
    add("index_orders", INDEX)
    add("index_customers", "CREATE INDEX ix_customers_name ON customers (name)")
    found = look(new_since="main")
    assert [each.slug for each in found.revisions] == ["create_orders", "index_orders", "index_customers"]
    assert [each.what for each in found.findings] == [
        "ix_customers_name is built on customers while nobody can write to it"
    ]
    with pytest.raises(ConfigurationInvalid, match="git failed"):
        look(new_since="absent")


def test_released_files_that_were_edited_or_overtaken_are_found(
    line: LineFolder, add: Callable[..., str], look: Look
) -> None:
    first = add("create_orders", ORDERS)
    last = add("create_customers", "CREATE TABLE customers (id bigint PRIMARY KEY)", id="20250101000000")
    git(line.folder, "init", "-q", "-b", "main")
    git(line.folder, "add", ".")
    git(line.folder, "commit", "-q", "-m", "Begin")
    path = line.path(first, "create_orders")
    path.write_text(path.read_text().replace("state text NOT NULL", "state text"))
    between = line.path("20240601000000", "create_between")
    text = line.path(last, "create_customers").read_text()
    between.write_text(text.replace(last, "20240601000000").replace("customers", "between_them"))
    line.path(last, "create_customers").write_text(text.replace(first, "20240601000000"))
    line.hash()
    found = look(new_since="main")
    assert [(each.revision, each.rule.id) for each in found.findings] == [
        (first, "L76"),
        ("20240601000000", "L77"),
        (last, "L76"),
    ]


def test_statistics_make_rules_strict(tmp_path: Path, add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS)
    add("age_orders", "UPDATE orders SET state = 'old' WHERE state = 'new'", phase="DATA")
    statistics = tmp_path / "statistics.json"
    size = {"rows": 5_000_000, "bytes": 1, "index_bytes": 1}
    document = {"database": "prod", "revision": "20240101000001", "tables": {"orders": size}}
    statistics.write_text(json.dumps(document))
    assert ids(look()) == []
    assert ids(look(statistics=statistics)) == ["L47"]
    statistics.write_text(json.dumps(document | {"revision": "20230101000001"}))
    with pytest.raises(ConfigurationInvalid, match="at the revision 20230101000001, which this line does not have"):
        look(statistics=statistics)
    statistics.write_text("{}")
    with pytest.raises(ConfigurationInvalid, match="holds no statistics"):
        look(statistics=statistics)


def test_the_recipe_is_that_of_the_oldest_server(add: Callable[..., str], look: Look) -> None:
    add("create_orders", "CREATE TABLE orders (id bigint PRIMARY KEY, state text)")
    add("fill_orders", "ALTER TABLE orders ALTER COLUMN state SET NOT NULL", phase="CONTRACT")
    (old,), (new,) = look().findings, look(server_version=18).findings
    assert "set_not_null" in old.safe
    assert "NOT VALID" in new.safe


@pytest.mark.parametrize("behind", [True, False], ids=["behind", "above"])
def test_a_comment_with_a_reason_accepts(line: LineFolder, add: Callable[..., str], look: Look, behind: bool) -> None:
    add("create_orders", ORDERS)
    id = add("age_orders", ALL, ALL.replace("old", "older"), phase="DATA")
    path = line.path(id, "age_orders")
    call = f"op.execute({ALL!r})"
    comment = "# lint: accept L47: a hundred rows, for ever"
    assert call in path.read_text()
    written = f"{call}  {comment}" if behind else f"{comment}\n    {call}"
    path.write_text(path.read_text().replace(call, written))
    line.hash()
    found = look()
    assert [(finding.statement, by.reason) for finding, by in found.accepted] == [(ALL, "a hundred rows, for ever")]
    assert [each.statement for each in found.findings] == [ALL.replace("old", "older")]


def test_what_is_accepted_for_nothing_or_without_reason_is_found(
    line: LineFolder, add: Callable[..., str], look: Look
) -> None:
    add("create_orders", ORDERS)
    add("age_orders", "> op.execute(\"UPDATE orders SET state = 'old'\")  # lint: accept L47", phase="DATA")
    add("keep_orders", '> op.execute("SELECT 1")  # lint: accept L46: it is small')
    found = look()
    assert ids(found) == ["L47", "L00b", "L00a"]
    assert found.accepted == ()


def test_released_revisions_are_accepted_beside_the_line(line: LineFolder, add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS)
    id = add("index_orders", INDEX)
    beside = line.folder / "lint.toml"
    beside.write_text(f'[[accept]]\nrule = "L07"\nrevisions = ["{id}"]\nreason = "a hundred rows"\n')
    found = look()
    assert (ids(found), [by.reason for _, by in found.accepted]) == ([], ["a hundred rows"])
    beside.write_text(f'[[accept]]\nrule = "L08"\nrevisions = ["{id}"]\nreason = "a hundred rows"\n')
    assert ids(look()) == ["L07", "L00a"]


@pytest.mark.parametrize(
    "text",
    [
        '[[accept]]\nrule = "L07"\nrevisions = ["20240101000001"]\n',
        '[[accept]]\nrule = "L07"\nrevisions = ["20240101000001"]\nreason = " "\n',
        '[[accept]]\nrule = "L07"\nrevisions = []\nreason = "small"\n',
        "accept = 3\n",
        "[[accept",
    ],
)
def test_a_file_that_accepts_without_reason_is_refused(
    line: LineFolder, add: Callable[..., str], look: Look, text: str
) -> None:
    add("create_orders", ORDERS)
    (line.folder / "lint.toml").write_text(text)
    with pytest.raises(ConfigurationInvalid, match=r"lint\.toml"):
        look()


def test_a_revision_that_fails_is_never_a_pass(add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS)
    add("index_absent", "CREATE INDEX ix ON absent (state)")
    add("index_orders", INDEX)
    found = look()
    assert found.failures == (
        '20240101000002_index_absent.py: line 19: UndefinedTable: relation "absent" does not exist',
        "1 more revisions were not looked at",
    )
    assert look(revisions=("index_orders",)).failures[0] == found.failures[0]


def test_an_extension_that_is_not_there_is_named(add: Callable[..., str], look: Look) -> None:
    add("needs_more", "CREATE EXTENSION no_such_extension")
    (failure,) = look().failures
    assert "it needs the extension no_such_extension, which the scratch server lacks" in failure


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("SELECT pg_sleep(60)", "a statement did not end within 0.5 s"),
        ("> __import__('threading').Event().wait(5)", "it did not end within 1 s"),
    ],
)
def test_what_never_ends_is_bounded(add: Callable[..., str], look: Look, statement: str, told: str) -> None:
    add("wait", statement)
    found = look(seconds_max=0.5)
    assert told in found.failures[0]


def test_a_statement_that_the_parser_does_not_know_is_told(
    add: Callable[..., str], look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dbkit.migrate.linting.checking.is_understood", lambda sql: sql != ORDERS)
    add("create_orders", ORDERS)
    (failure,) = look().failures
    assert "the parser does not understand a statement" in failure


def test_a_downgrade_is_tried_where_it_claims_to_lose_nothing(line: LineFolder, look: Look) -> None:
    line.add("create_orders", ORDERS, undo=("DROP TABLE orders",), downgrade='Lossy(lost="them", rows=("orders",))')
    line.add("add_rank", "ALTER TABLE orders ADD COLUMN rank int", undo=("ALTER TABLE orders DROP COLUMN rank",))
    line.add("add_kind", "ALTER TABLE orders ADD COLUMN kind text", undo=("ALTER TABLE orders DROP COLUMN absent",))
    found = look()
    assert ids(found) == ["L52"]
    assert "its downgrade fails: line 23: UndefinedColumn" in found.failures[0]


def test_a_table_filled_in_code_is_no_table_in_use(add: Callable[..., str], look: Look) -> None:
    add("create_orders", ORDERS, INDEX, "ALTER TABLE orders ADD CONSTRAINT ck CHECK (state <> '')", ALL)
    assert ids(look()) == []


def test_files_that_are_no_line_are_refused(line: LineFolder, add: Callable[..., str], look: Look) -> None:
    id = add("create_orders", ORDERS)
    path = line.path(id, "create_orders")
    path.write_text(path.read_text().replace(f'revision = "{id}"', 'revision = "other"'))
    with pytest.raises(LineBroken):
        look()
