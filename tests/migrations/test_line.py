"""The files of the line: one behind the other, in order of time, each complete."""

from __future__ import annotations

import ast
from datetime import UTC, datetime

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from dbkit.migrate.header import Impossible, Phase
from dbkit.migrate.line import Line, Revision
from tests.migrations.counting import count_of, shown
from tests.migrations.jobs import is_in_share
from tests.migrations.stepping import history_of, name_of

LINE = Line.read()
_END = "20260817170211"
_MAY_IMPORT = {
    "__future__",
    "alembic",
    "itertools",
    "dbkit.migrate.header",
    "dbkit.migrate.sealing",
    "dbkit.migrate.techniques",
}

each_revision = pytest.mark.parametrize("revision", LINE.revisions, ids=name_of)


@pytest.mark.parametrize("line", [LINE], ids=[shown(LINE)])
def test_as_long_as_it_should_be(line: Line) -> None:
    """What came after this history was written counts on its own."""
    count, early = count_of(Line(line.folder, tuple(each for each in line.revisions if each.id <= _END)))
    assert count == 118
    assert early >= 107


def test_alembic_finds_one_line_with_one_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(LINE.folder))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert LINE.head is not None
    assert script.get_heads() == [LINE.head.id]
    found = [each.revision for each in script.walk_revisions()]
    assert found[::-1] == [each.id for each in LINE.revisions]


@each_revision
def test_stands_behind_the_file_before_it(revision: Revision) -> None:
    place = LINE.position[revision.id]
    assert revision.declared == revision.id
    assert revision.parent == (LINE.revisions[place - 1].id if place else None)


@each_revision
def test_its_id_is_a_time(revision: Revision) -> None:
    made_at = datetime.strptime(revision.id, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    place = LINE.position[revision.id]
    assert made_at.year >= 2023
    assert place == 0 or LINE.revisions[place - 1].id < revision.id


@each_revision
def test_is_complete(revision: Revision) -> None:
    """A title, a header, both ways, and nothing imported that may change under it."""
    assert revision.title.endswith(".")
    assert isinstance(revision.header.phase, Phase)
    module = ast.parse(revision.path.read_text())
    ways = {each.name: each for each in module.body if isinstance(each, ast.FunctionDef)}
    assert _does_something(ways["upgrade"])
    downgrade = ways["downgrade"]
    if isinstance(revision.header.downgrade, Impossible):
        assert "refuse_downgrade(" in ast.unparse(downgrade.body[0])
    else:
        # One that does nothing says why.
        assert _does_something(downgrade) or ast.get_docstring(downgrade)


@each_revision
def test_imports_nothing_that_may_change(revision: Revision) -> None:
    imported = set()
    for node in ast.walk(ast.parse(revision.path.read_text())):
        if isinstance(node, ast.Import):
            imported |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    assert imported <= _MAY_IMPORT


def test_rows_are_planted_behind_revisions_of_the_line() -> None:
    """A file under the name of no revision would never run."""
    folder = LINE.folder.parent / "tests" / "migrations" / "history"
    planted = {path.stem.removeprefix("v") for path in folder.glob("v*.py")}
    assert planted <= {revision.id for revision in LINE.revisions}


@pytest.mark.parametrize("revision", [each for each in LINE.revisions if each.header.phase is Phase.DATA], ids=name_of)
def test_who_moves_data_promises_something(revision: Revision) -> None:
    assert callable(getattr(history_of(revision), "promise", None))


def _does_something(function: ast.FunctionDef) -> bool:
    said = (ast.get_docstring(function) is not None) + sum(isinstance(each, ast.Pass) for each in function.body)
    return len(function.body) > said


def test_each_revision_has_its_turn_with_jobs() -> None:
    sixths = [{place for place in range(100) if is_in_share(place, 100, f"{number}/6")} for number in range(1, 7)]
    assert set.union(*sixths) == set(range(100))
    assert set.intersection(*sixths) == set(range(90, 100))
    assert all(is_in_share(place, 100, kill) for place in range(100) for kill in ("each", "all"))
