"""What a downgrade loses is tried, counted, and agreed to: no more than was seen."""

from __future__ import annotations

import json
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from dbkit.cli import losing
from dbkit.embedded import binaries
from dbkit.migrate.errors import DowngradeImpossible, DowngradeLoses
from dbkit.migrate.losses import looking
from dbkit.migrate.losses.agreement import Agreement, Loss
from dbkit.migrate.losses.looking import Look
from dbkit.migrate.report import Options, Report
from dbkit.migrate.runner import down
from dbkit.types.errors import ConfigurationInvalid
from tests.cli.run import Command
from tests.migrate.lines import LineFolder
from tests.migrate.runs import Connection, Ears, has, place

Looking = Callable[..., Look]
Running = Callable[..., Report]
LOSSLESS = "Lossless()"
MOVE = (
    "CREATE TABLE names (id int PRIMARY KEY REFERENCES teams, name text NOT NULL);"
    " INSERT INTO names SELECT id, name FROM teams; ALTER TABLE teams DROP COLUMN name"
)
MOVE_BACK = (
    "ALTER TABLE teams ADD name text; UPDATE teams t SET name = n.name FROM names n WHERE n.id = t.id; DROP TABLE names"
)
NOTES = "SELECT note FROM dbkit_migration_history WHERE direction = 'down'"


@pytest.fixture
def shop(line: LineFolder) -> LineFolder:
    line.add("teams", "CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL)", undo=("DROP TABLE teams",))
    return line


def add(line: LineFolder, up: str, down: str, downgrade: str = LOSSLESS) -> None:
    line.add("change", up, undo=(down,), downgrade=downgrade)


def test_a_table_that_goes(run: Running, shop: LineFolder, connection: Connection, look: Looking) -> None:
    run()
    assert look().total == 0
    connection.execute("INSERT INTO teams SELECT n, 'x' FROM generate_series(1, 12) n")
    found = look()
    assert (found.losses, dict(found.counts)) == ((Loss("teams", why="goes"),), {"teams": 12})
    assert str(found).endswith("loses 12 rows of teams (goes)")


@pytest.mark.parametrize(
    ("up", "back", "name", "why"),
    [
        ("ADD COLUMN note text", "DROP COLUMN note", "teams.note", "goes"),
        ("ADD COLUMN note varchar(9) CHECK (note = 'odd')", "DROP COLUMN note", "teams.note", "goes"),
        (
            "ADD COLUMN note varchar(200)",
            "ALTER COLUMN note TYPE varchar(3) USING left(note, 3)",
            "teams.note",
            "becomes character varying(3)",
        ),
    ],
    ids=["column", "with a check", "narrowed"],
)
def test_a_column_that_goes_or_narrows(
    run: Running, shop: LineFolder, connection: Connection, look: Looking, up: str, back: str, name: str, why: str
) -> None:
    if "varchar(200)" in up:
        add(shop, "ALTER TABLE teams ADD COLUMN note varchar(3)", "ALTER TABLE teams DROP COLUMN note")
        up = "ALTER COLUMN note TYPE varchar(200)"
    add(shop, f"ALTER TABLE teams {up}", f"ALTER TABLE teams {back}")
    run()
    connection.execute("INSERT INTO teams (id, name, note) VALUES (1, 'a', 'odd'), (2, 'b', 'odd'), (3, 'c', NULL)")
    found = look()
    assert [(each.name, each.why) for each in found.losses] == [(name, why)]
    assert found.counts[name] == 2


@pytest.mark.parametrize(
    ("up", "back"),
    [
        ("ALTER TABLE teams RENAME TO groups", "ALTER TABLE groups RENAME TO teams"),
        ("ALTER TABLE teams RENAME COLUMN name TO label", "ALTER TABLE teams RENAME COLUMN label TO name"),
        ("ALTER TABLE teams ALTER COLUMN id TYPE bigint", "ALTER TABLE teams ALTER COLUMN id TYPE int"),
        (
            MOVE,
            MOVE_BACK,
        ),
    ],
    ids=["renamed table", "renamed column", "type and back", "moved and back"],
)
def test_what_comes_back_is_no_loss(run: Running, shop: LineFolder, look: Looking, up: str, back: str) -> None:
    add(shop, up, back)
    run()
    assert look().losses == ()


def test_rows_that_a_downgrade_deletes(run: Running, shop: LineFolder, look: Looking, connection: Connection) -> None:
    add(shop, "CREATE INDEX ix ON teams (name)", "DELETE FROM teams WHERE id % 2 = 0; DROP INDEX ix")
    run()
    connection.execute("INSERT INTO teams VALUES (1, 'a'), (2, 'b')")
    assert look().as_json()["losses"] == [
        {"name": "teams", "table": "teams", "column": None, "why": "does not come back as it was", "count": 2}
    ]


def test_a_downgrade_that_refuses_the_rows_of_a_test(run: Running, shop: LineFolder, look: Looking) -> None:
    refusing = "DO $$ BEGIN IF EXISTS (SELECT FROM teams) THEN RAISE 'no'; END IF; END $$; DROP TABLE more"
    add(shop, "CREATE TABLE more (id int)", refusing)
    run()
    found = look()
    assert [each.name for each in found.losses] == ["more"]
    assert "tried without rows" in found.notes[0]


def test_what_cannot_be_taken_back(run: Running, shop: LineFolder, look: Looking) -> None:
    add(shop, "SELECT 1", "SELECT 1", "Impossible('gone for good')")
    run()
    with pytest.raises(DowngradeImpossible, match="gone for good"):
        look()


def test_nobody_loses_more_than_was_agreed_to(
    run: Running, shop: LineFolder, connection: Connection, look: Looking
) -> None:
    run()
    connection.execute("INSERT INTO teams VALUES (1, 'a')")
    agreement = look().agreed({"teams": 1})
    connection.execute("INSERT INTO teams VALUES (2, 'b')")
    with pytest.raises(DowngradeLoses, match=r"2 rows of teams \(goes\).*--accept-loss teams=2") as caught:
        run(down, options=Options(agreement=agreement))
    assert caught.value.exit_code == 1
    assert has(connection, "teams")
    run(down, options=Options(agreement=look().agreed({"teams": 5})))
    assert not has(connection, "teams")
    assert connection.execute(NOTES).fetchall() == [("agreed to lose at most teams=5",)]


def test_rows_that_come_meanwhile_are_counted_before_their_revision(
    run: Running, shop: LineFolder, connection: Connection, look: Looking
) -> None:
    add(shop, "CREATE TABLE other (id int)", "DROP TABLE other")
    run()
    agreement = look(count=2).agreed({})
    ears = Ears()
    ears.on_begins = lambda _revision: connection.execute("INSERT INTO teams VALUES (1, 'a')")  # type: ignore[assignment, return-value]
    with pytest.raises(DowngradeLoses, match="1 row of teams"):
        run(down, count=2, options=Options(agreement=agreement), watch=ears)
    assert has(connection, "teams")


def test_an_agreement_is_about_its_revisions(run: Running, shop: LineFolder, look: Looking) -> None:
    run()
    agreement = look().agreed({})
    add(shop, "CREATE TABLE other (id int)", "DROP TABLE other")
    run()
    with pytest.raises(DowngradeLoses, match="the database is elsewhere now"):
        run(down, options=Options(agreement=agreement))
    with pytest.raises(ConfigurationInvalid, match=r"nothing of groups would be lost"):
        look().agreed({"groups": 1})


def test_without_a_server_the_headers_are_believed(
    run: Running, shop: LineFolder, connection: Connection, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(
        shop,
        "ALTER TABLE teams ADD note text",
        "ALTER TABLE teams DROP note",
        "Lossy(lost='x', columns=('teams.note',))",
    )
    run()
    connection.execute("INSERT INTO teams (id, name, note) VALUES (1, 'a', 'b')")

    def none(*_: object) -> None:
        raise ConfigurationInvalid("none")

    monkeypatch.setattr(binaries, "find_binaries", none)
    found = looking.look_at_losses(postgres_url, line=shop.folder)
    assert found is not None
    assert dict(found.counts) == {"teams.note": 1}
    assert "told by the headers alone" in found.notes[0]


def test_the_command(dbkit: Command, run: Running, shop: LineFolder, connection: Connection, postgres_url: str) -> None:
    run()
    connection.execute("INSERT INTO teams VALUES (1, 'a'), (2, 'b')")
    command = f"migrate down {postgres_url} --dev-url {postgres_url} --line {shop.folder}"
    refused = dbkit(command)
    assert (refused.code, refused.out.count("loses 2 rows of teams (goes)")) == (1, 1)
    assert "say so: --accept-loss teams=2" in refused.err
    assert dbkit(f"{command} --accept-loss teams=1").code == 1
    assert dbkit(f"{command} --accept-loss teams").code == 2
    assert dbkit(f"{command} --dry-run --accept-loss teams=2").code == 0
    assert place(connection) == ["20240101000001"]
    done = dbkit(f"{command} --json --accept-loss teams=2")
    events = [json.loads(each) for each in done.out.splitlines()]
    assert (done.code, events[0]["event"], events[0]["losses"][0]["count"]) == (0, "losses", 2)
    assert events[-1]["steps"][0]["slug"] == "teams"
    assert dbkit("migrate down memory://").code == 0


def test_an_agreement_to_nothing_says_nothing() -> None:
    assert Agreement(accepted={"teams": 0}).note == ""
    assert Options(agreement=Agreement(accepted={"teams": 3})).note == "agreed to lose at most teams=3"


@pytest.mark.parametrize(("answer", "is_lost"), [("2", True), ("1", False), ("y", False), ("", False)])
def test_at_a_terminal_the_number_is_typed(monkeypatch: pytest.MonkeyPatch, answer: str, is_lost: bool) -> None:
    found = Look("a database", losses=(Loss("teams", why="goes"),), counts={"teams": 2})
    monkeypatch.setattr(looking, "look_at_losses", lambda *_, **__: found)
    monkeypatch.setattr(losing, "sys", SimpleNamespace(stdin=Terminal, stdout=Terminal))
    monkeypatch.setattr(losing.typer, "prompt", lambda *_, **__: answer)
    if is_lost:
        agreement = losing.agreed(None, {}, None, only_look=False, as_json=False)
        assert agreement is not None
        assert agreement.accepted == {"teams": 2}
    else:
        with pytest.raises(DowngradeLoses, match="2 rows of teams"):
            losing.agreed(None, {}, None, only_look=False, as_json=False)


class Terminal:
    """A stream that somebody sits at."""

    @staticmethod
    def isatty() -> bool:
        return True


def test_a_column_whose_value_anybody_would_have_is_lost(
    run: Running, shop: LineFolder, connection: Connection, look: Looking
) -> None:
    add(
        shop,
        "ALTER TABLE teams ADD more jsonb NOT NULL DEFAULT '{}' CHECK (more = '{}')",
        "ALTER TABLE teams DROP more",
    )
    run()
    connection.execute("INSERT INTO teams VALUES (1, 'a')")
    assert dict(look().counts) == {"teams.more": 1}


def test_what_a_header_says_counts(run: Running, shop: LineFolder, connection: Connection, look: Looking) -> None:
    lossy = "Lossy(lost='names', columns=('teams.name', 'gone.too'))"
    add(shop, "CREATE INDEX ix ON teams (name)", "DROP INDEX ix", lossy)
    run()
    connection.execute("INSERT INTO teams VALUES (1, 'a')")
    assert dict(look().counts) == {"teams.name": 1, "gone.too": 0}
