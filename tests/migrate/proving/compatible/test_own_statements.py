"""The statements that are kept beside dbkit's own line: what its repositories send, all of which its schema takes."""

from __future__ import annotations

import psycopg
import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.proving.compatible.file import CURRENT, FOLDER, RECORDED, Releases, read_set
from dbkit.migrate.proving.compatible.keeping import keep
from dbkit.migrate.proving.compatible.playing import Player
from dbkit.migrate.proving.compatible.values import Values, columns_of
from dbkit.migrate.session import Target
from dbkit.migrate.trace.filling import fill
from dbkit.migrate.trace.measuring import NOT_OF_THE_LINE
from dbkit.testing import Setup


@pytest.fixture(scope="module")
def dbkit_setup() -> Setup:
    """Databases with dbkit's own schema."""
    return Setup()


def test_they_are_current() -> None:
    found = keep(Line.read())
    assert found.changed == (), "run `dbkit migrate statements --write`"


def test_releases_stand_on_the_line() -> None:
    line = Line.read()
    releases = Releases(line)
    kept = {path.name for path in (line.folder / FOLDER).glob("*.json")} - {CURRENT, RECORDED}
    assert kept == {f"{head}.json" for head in releases.heads}
    assert line.head is not None
    before = releases.before(line.head)
    assert before is not None
    assert before.head in releases.heads


def test_the_schema_takes_all_of_them(postgres_url: str) -> None:
    """Nearly all run with rows that are made from the catalogue alone; the rest are known to the server at least."""
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        # Its values go by keys, in a rule that nobody guesses.
        assert fill(connection, NOT_OF_THE_LINE).keys() <= {"project_entitlements"}
    statements = read_set(Line.read().folder / FOLDER / CURRENT)
    with Player(Target(postgres_url, "the test's database")) as player:
        columns = columns_of(player.connection)
        values = Values(player.connection, columns, columns, statements.written)
        refused = {each.call: answer for each in statements.statements if not (answer := player.prepare(each)).works}
        assert refused == {}
        answers = [player.play(each, values.of(each)) for each in statements.statements]
    assert sum(answer.works for answer in answers) > 0.9 * len(answers)
