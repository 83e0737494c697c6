"""Rows that revisions are proved with, where those that follow from the schema before them are none that they take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import psycopg
import pytest

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.errors import RevisionUnknown
from dbkit.migrate.proving import running
from dbkit.migrate.proving.model import Outcome
from dbkit.migrate.proving.rules import Rule, as_before, rules_held
from dbkit.migrate.proving.subject import Fill, Subject
from dbkit.migrate.scratch import scratch_database
from dbkit.migrate.session import Target
from dbkit.testing.templates import Databases
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder
from tests.migrate.proving.conftest import Look

Rows = Callable[..., tuple[Fill, list[dict[str, Any]]]]

THINGS = "CREATE TABLE things (id int PRIMARY KEY, kind text NOT NULL, note text)"
KINDS = "ALTER TABLE things ADD CONSTRAINT kinds CHECK (kind IN ('large', 'small'))"


@pytest.fixture
def rows(line: LineFolder, look: Look, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """Return how rows of a table were made before a revision, and the rows."""
    found: list[tuple[Fill, list[dict[str, Any]]]] = []

    class Rows:
        name: ClassVar[str] = "rows"
        asks: ClassVar[str] = "Which?"

        def prove(self, subject: Subject) -> Outcome:
            """Keep them."""
            found.append((subject.filled.fill, subject.filled.before.rows["things"]))
            return Outcome.of([])

    monkeypatch.setattr(running, "checks_of", lambda _names: (Rows(),))

    def rows(revision: str) -> tuple[Fill, list[dict[str, Any]]]:
        assert look(revisions=(revision,)).exit_code == 0
        return found.pop()

    return rows


def test_rows_fit_the_checks_that_a_revision_adds(line: LineFolder, rows: Rows) -> None:
    line.add("create", THINGS)
    line.add("require", KINDS)
    fill, things = rows("require")
    assert (fill, len(things)) == (Fill.FITTING, 100)
    assert {each["kind"] for each in things} <= {"large", "small"}
    assert {each["note"] is None for each in things} == {True, False}


def test_checks_that_a_revision_validates_count_as_its_own(line: LineFolder, rows: Rows) -> None:
    line.add("create", THINGS, f"{KINDS} NOT VALID")
    line.add("change", "DROP TABLE IF EXISTS absent")
    line.add("validate", "ALTER TABLE things VALIDATE CONSTRAINT kinds")
    fill, things = rows("validate")
    assert (fill, len(things)) == (Fill.MIXED, 100)
    assert {each["kind"] for each in things} <= {"large", "small"}


def test_rows_of_before_a_trigger_have_not_met_it(line: LineFolder, rows: Rows) -> None:
    line.add("create", "CREATE TABLE things (id int PRIMARY KEY, size text NOT NULL, size_number int)")
    line.add(
        "keep_in_step",
        "CREATE FUNCTION step() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN new.size_number := new.size::int; RETURN new; END $$",
        "CREATE TRIGGER step BEFORE INSERT OR UPDATE ON things FOR EACH ROW EXECUTE FUNCTION step()",
        "ALTER TABLE things ADD CONSTRAINT number CHECK (size_number IS NOT NULL) NOT VALID",
    )
    line.add("change", "DROP TABLE IF EXISTS absent")
    fill, things = rows("change")
    assert (fill, len(things)) == (Fill.MIXED, 100)
    assert all(each["size_number"] is None for each in things)


def test_what_is_told_of_rows_holds(line: LineFolder, rows: Rows) -> None:
    line.add("create", THINGS)
    line.add("change", "ALTER TABLE things ADD COLUMN size int")
    tell(line, "revisions = ['change']\ntable = 'things'\nfit = 'note IS NOT NULL'\nreason = 'noted'")
    fill, things = rows("change")
    assert (fill, len(things)) == (Fill.MIXED, 100)
    assert all(each["note"] for each in things)


def test_rows_are_as_old_as_is_told(line: LineFolder, rows: Rows) -> None:
    line.add("create", THINGS)
    line.add("loosen", "ALTER TABLE things ALTER COLUMN kind DROP NOT NULL")
    line.add("change", "UPDATE things SET note = kind")
    tell(line, "revisions = ['change']\nmade_before = 'loosen'\nreason = 'nothing writes them since'")
    fill, things = rows("change")
    assert (fill, len(things)) == (Fill.AGED, 100)
    assert all(each["kind"] for each in things)


@pytest.mark.parametrize(
    ("text", "error", "why"),
    [
        ("made_before = 'create'\nreason = 'old'", ConfigurationInvalid, "tells of rows of no revision"),
        ("revisions = ['change']\nmade_before = 'create'", ConfigurationInvalid, "without a reason"),
        ("revisions = ['change']\nreason = 'old'", ConfigurationInvalid, "what is to be known"),
        ("revisions = ['change']\nfit = 'true'\nreason = 'old'", ConfigurationInvalid, "what is to be known"),
        ("revisions = ['create']\nmade_before = 'change'\nreason = 'old'", ConfigurationInvalid, "made behind it"),
        ("revisions = ['change']\nmade_before = 'absent'\nreason = 'old'", RevisionUnknown, "absent"),
    ],
)
def test_what_is_told_is_complete(line: LineFolder, look: Look, text: str, error: type[Exception], why: str) -> None:
    line.add("create", THINGS)
    line.add("change", KINDS)
    tell(line, text)
    with pytest.raises(error, match=why):
        look(revisions=("change",))


def tell(line: LineFolder, text: str) -> None:
    (line.folder / "prove.toml").write_text(f"[[rows]]\n{text}\n")


def test_rules_and_their_absence_end_with_the_block(server: Databases) -> None:
    on_server = Target(server.url_for("postgres"), "the tests' server")
    insert = "INSERT INTO things (id, kind) VALUES (%s, %s)"
    rules = (Rule("things", "id > 7"), Rule("things", "absent > 7"), Rule("absent", "true"))
    with (
        scratch_database(on_server) as target,
        psycopg.connect(target.conninfo, autocommit=True) as connection,
    ):
        connection.execute(THINGS)
        connection.execute(f"{KINDS} NOT VALID".encode())
        before = Catalog.read(connection)
        with rules_held(connection, rules), as_before(connection):
            connection.execute(insert, (8, "neither"))
            with pytest.raises(psycopg.errors.CheckViolation):
                connection.execute(insert, (1, "large"))
        assert Catalog.read(connection) == before
        with pytest.raises(psycopg.errors.CheckViolation):
            connection.execute(insert, (9, "neither"))
        connection.execute(insert, (1, "large"))
