from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit import Database
from dbkit.database.repository import entities_of
from dbkit.migrate.line import Line
from dbkit.migrate.proving.compatible.collecting import sent
from dbkit.migrate.proving.compatible.file import FOLDER, RECORDED, read_set, set_text
from dbkit.migrate.proving.compatible.statements import SentStatement, StatementSet
from dbkit.sqldb.selections import selections_of

_RECORDS = "DBKIT_RECORD_STATEMENTS"


@pytest.fixture(scope="session")
def recorded_file() -> Path:
    """What the operations of dbkit send, beside its line."""
    return Line.read().folder / FOLDER / RECORDED


@pytest.fixture(autouse=True)
def operations_send_what_is_recorded(recorded_file: Path) -> Iterator[None]:
    """Hold what a test of operations sends against the record; with DBKIT_RECORD_STATEMENTS=1, record it."""
    before = _kept()
    yield
    new = _kept() - before
    known = set(read_set(recorded_file).statements) if recorded_file.is_file() else set[SentStatement]()
    if os.environ.get(_RECORDS):
        together = sorted(known | new, key=lambda each: (each.call, each.sql))
        recorded_file.write_text(set_text(StatementSet("", tuple(together))))
    else:
        assert new <= known, f"operations send something else: run these tests with {_RECORDS}=1 and -n 0"


def _kept() -> set[SentStatement]:
    return {
        sent(f"an operation of {name}", entity.name, statement)
        for name, entity in entities_of(Database).items()
        for statement in selections_of(entity).kept
    }
