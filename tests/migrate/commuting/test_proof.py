"""Two branches are applied in both orders; what they differ in is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dbkit.migrate.errors import BranchesClash
from dbkit.migrate.line import Line
from dbkit.migrate.rebase import rebase
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command
from tests.migrate.commuting.conftest import Prove
from tests.migrate.lines import LineFolder

FIRST, THEIRS, MINE = "20240101000001", "20240101000002", "20240101000003"


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        ("ALTER TABLE teams ADD a int", "CREATE TABLE b (id int PRIMARY KEY REFERENCES teams)"),
        ("ALTER TABLE teams ADD a uuid DEFAULT gen_random_uuid()", "UPDATE teams SET score = score + 1"),
        ("INSERT INTO teams SELECT max(id) + 1, 'x' FROM teams", "CREATE INDEX ix ON teams (name)"),
    ],
    ids=["columns and tables", "values that are made anew", "rows and indexes"],
)
def test_in_either_order(prove: Prove, theirs: str, mine: str) -> None:
    proof = prove(theirs, mine)
    assert (proof.clashes, proof.works_behind) == ((), True)
    assert str(proof).startswith(f"proved: {THEIRS} theirs and {MINE} mine lead to the same schema and rows")


@pytest.mark.parametrize(
    ("theirs", "mine", "name", "what"),
    [
        (
            "ALTER TABLE teams ALTER score SET DEFAULT 1",
            "ALTER TABLE teams ALTER score SET DEFAULT 2",
            "column teams.score",
            "integer DEFAULT 2 NOT NULL behind the others', integer DEFAULT 1 NOT NULL before them",
        ),
        (
            "UPDATE teams SET score = score + 1",
            "UPDATE teams SET score = score * 3",
            "rows of teams",
            "other values in score",
        ),
        ("UPDATE teams SET name = 'x'", "DELETE FROM teams WHERE name = 'x'", "rows of teams", "0 and 100"),
        (
            "UPDATE teams SET score = id % 2",
            "INSERT INTO teams VALUES (-1, 'x', 9)",
            "rows of teams",
            "other values in score",
        ),
    ],
    ids=["defaults", "arithmetic", "deleted", "inserted"],
)
def test_what_differs_is_named(prove: Prove, theirs: str, mine: str, name: str, what: str) -> None:
    proof = prove(theirs, mine)
    assert [(each.name, each.what) for each in proof.clashes] == [(name, what)]
    assert proof.works_behind


def test_the_statement_that_fails_is_named(prove: Prove) -> None:
    proof = prove("ALTER TABLE teams RENAME TO groups", "ALTER TABLE teams ADD mine int")
    (mine,) = proof.clashes
    assert (mine.revision, mine.statement) == (MINE, "ALTER TABLE teams ADD mine int")
    assert mine.what.startswith(f"fails behind {THEIRS} theirs (line ")
    assert mine.what.endswith("with UndefinedTable")
    assert not proof.works_behind


def test_rows_that_somebody_made_up_are_nobodys_fault(prove: Prove) -> None:
    proof = prove("ALTER TABLE teams ADD CHECK (score < 0)", "ALTER TABLE teams ADD CHECK (name = 'never')")
    assert proof.clashes == ()
    assert "tried without rows" in proof.notes[0]


@pytest.fixture
def branches(line: LineFolder) -> LineFolder:
    """A line in which mine stands in front of theirs, as when both were made at about the same time."""
    line.add("teams", "CREATE TABLE teams (id int, score int)")
    line.add("mine", "ALTER TABLE teams RENAME score TO points")
    text = line.path(THEIRS, "mine").read_text()
    line.path(MINE, "theirs").write_text(
        text.replace(THEIRS, MINE).replace("RENAME score TO points", "ADD CHECK (score > 0)")
    )
    return line


def ids(folder: Path) -> list[str]:
    return [each.slug for each in Line.read(folder).revisions]


def test_a_rebase_stops_at_a_clash(branches: LineFolder, postgres_url: str) -> None:
    with pytest.raises(BranchesClash, match=f"{MINE} theirs: fails behind {THEIRS} mine .*ADD CHECK") as caught:
        rebase(branches.folder, own=["mine"], dev_url=postgres_url)
    assert caught.value.exit_code == 1
    assert ids(branches.folder) == ["teams", "mine", "theirs"]


def test_an_order_that_matters_has_its_reason_in_the_file(branches: LineFolder, postgres_url: str) -> None:
    reason = "their check names the column of before"
    with pytest.raises(ConfigurationInvalid, match="is no reason"):
        rebase(branches.folder, own=["mine"], dev_url=postgres_url, order_matters="because")
    done = rebase(branches.folder, own=["mine"], dev_url=postgres_url, order_matters=reason)
    assert ids(branches.folder) == ["teams", "theirs", "mine"]
    assert f"# The order matters: {reason}\nrevision = " in Line.read(branches.folder).find("mine").path.read_text()
    assert done.proof is not None
    assert [each.revision for each in done.proof.clashes] == [MINE]


def test_what_cannot_come_last_is_refused_for_any_reason(branches: LineFolder, postgres_url: str) -> None:
    path = branches.path(THEIRS, "mine")
    path.write_text(path.read_text().replace("RENAME score TO points", "ADD points int; CREATE TABLE theirs ()"))
    path = branches.path(MINE, "theirs")
    path.write_text(path.read_text().replace("ADD CHECK (score > 0)", "DROP score; CREATE TABLE theirs ()"))
    with pytest.raises(BranchesClash, match="mine: fails behind"):
        rebase(branches.folder, own=["mine"], dev_url=postgres_url, order_matters="nobody will ever notice this")


def test_the_command(dbkit: Command, branches: LineFolder, postgres_url: str) -> None:
    command = f"migrate rebase mine --dev-url {postgres_url} --line {branches.folder}"
    refused = dbkit(command)
    assert (refused.code, refused.out) == (1, "")
    assert "--order-matters REASON" in refused.err
    done = dbkit(f"{command} --json --order-matters", "their check names another column")
    document = json.loads(done.out)
    assert (done.code, len(document["moves"]), document["proof"]["commute"]) == (0, 1, False)
