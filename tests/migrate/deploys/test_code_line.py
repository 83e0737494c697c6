"""What code is told of its line: written with the sum, read without the migrations' own code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import dbkit
from dbkit.database.code_line import CODE_LINE_FILE, CodeLine, code_line_of, own_folder
from dbkit.migrate.deploys.code_line import code_line_findings
from dbkit.migrate.header import Phase
from dbkit.migrate.line import Line
from dbkit.models.team import TEAMS
from dbkit.types.errors import ConfigurationInvalid
from tests.migrate.lines import LineFolder


def test_the_line_s_own_is_up_to_date() -> None:
    line = Line.read()
    assert code_line_findings(line) == []
    known = CodeLine.read(own_folder())
    assert known is not None
    assert known.revisions == tuple(revision.id for revision in line.revisions)
    assert known.needs == [each.id for each in line.revisions if each.header.phase is not Phase.CONTRACT][-1]


def test_code_needs_the_last_revision_that_is_no_contract(line: LineFolder) -> None:
    assert CodeLine.read(_hashed(line)) is None
    one, two = line.tables("a", "b")
    three = line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    assert CodeLine.read(line.folder) == CodeLine((one, two, three), two)


def test_a_line_of_contracts_alone_is_needed_as_a_whole(line: LineFolder) -> None:
    one = line.add("drop_a", "DROP TABLE a", phase="CONTRACT")
    assert CodeLine.read(line.folder) == CodeLine((one,), one)


def test_a_merge_that_left_both_sides_is_refused(line: LineFolder) -> None:
    line.tables("a")
    path = line.folder / CODE_LINE_FILE
    path.write_text(f"<<<<<<< HEAD of ours\n{path.read_text()}")
    with pytest.raises(ConfigurationInvalid, match="damaged, perhaps by a merge"):
        CodeLine.read(line.folder)


def test_a_class_that_adds_tables_has_not_the_line_of_its_base() -> None:
    class Own(dbkit.Database):
        """dbkit's own tables under another name."""

    class More(dbkit.Database):
        squads = dbkit.repository(TEAMS)

    assert code_line_of(dbkit.BaseDatabase) is None
    assert code_line_of(Own) == code_line_of(dbkit.AsyncDatabase) == own_folder()
    assert code_line_of(More) is None


def test_reading_it_loads_neither_the_models_nor_the_driver() -> None:
    program = (
        "import sys; from dbkit.database.code_line import CodeLine, own_folder; CodeLine.read(own_folder());"
        " sys.exit(any(name.partition('.')[0] in ('sqlalchemy', 'psycopg', 'alembic') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def _hashed(line: LineFolder) -> Path:
    line.hash()
    return line.folder
