"""The revision that creates the tables of new models: it runs, makes what the models say, and claims what it does."""

from __future__ import annotations

from pathlib import Path

import pytest

from dbkit.migrate.drift import drift
from dbkit.migrate.header import Lock, Lossy
from dbkit.migrate.line import Line
from dbkit.migrate.new import new_revision
from dbkit.migrate.new_tables import draft_of_tables
from dbkit.migrate.report import Options
from dbkit.migrate.runner import apply, down
from dbkit.migrate.sum import write
from widget_service.models import LEASE_TABLE, MOVEMENTS, OUTBOX_EVENTS, PARTS, READINGS, STORES, WIDGETS, Base

WHY = "What a store owns goes with the store."
FIRST = [each.table for each in (PARTS, STORES, WIDGETS)]
SECOND = [MOVEMENTS.table, READINGS.table, OUTBOX_EVENTS.table, LEASE_TABLE]


@pytest.fixture
def line(tmp_path: Path) -> Path:
    """A line of two revisions, drafted from the models of a shop."""
    (tmp_path / "versions").mkdir()
    for slug, tables in (("first", FIRST), ("second", SECOND)):
        new_revision(tmp_path, slug, draft_of_tables(tables, WHY))
    write(Line.read(tmp_path))
    return tmp_path


def test_it_makes_what_the_models_say(line: Path, postgres_url: str) -> None:
    assert len(apply(postgres_url, line=line).steps) == 2
    assert drift(postgres_url, "widget_service.models:Base", dev_url=postgres_url).differences == ()
    assert len(down(postgres_url, count=2, line=line, options=Options(lossy=True)).steps) == 2


def test_its_header_names_what_is_lost_and_what_is_locked(line: Path) -> None:
    first, second = (revision.header for revision in Line.read(line).revisions)
    assert isinstance(first.downgrade, Lossy)
    assert first.downgrade.rows == ("stores", "widgets", "parts")
    assert first.locks == {}
    assert second.locks == {"widgets": Lock.SHARE_ROW_EXCLUSIVE}


def test_it_is_a_finished_file(line: Path) -> None:
    assert Line.read(line).findings() == []
    text = Line.read(line).revisions[0].path.read_text()
    assert text.startswith(f'"""First.\n\n{WHY}\n"""')
    assert "Say here" not in text
    long = [each for each in text.splitlines() if len(each) > 120]
    assert not [each for each in long if "CHECK" not in each and "GENERATED" not in each]


def test_every_table_of_the_models_is_in_one_of_the_two() -> None:
    assert {*FIRST, *SECOND} == set(Base.metadata.tables.values())
