"""A failed test keeps its database, and the run says how to open it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from dbkit.testing.kit import Kit
from tests.testing.suites import Run

FAILING = """
@pytest.mark.dbkit(isolation="{}")
def test_fails(postgres_db):
    fill(postgres_db)
    raise RuntimeError

def test_after(postgres_db):
    assert postgres_db.organizations.count() == 0
"""


@pytest.fixture
def kept() -> Iterator[list[str]]:
    """The URLs of kept databases, which are dropped after the test."""
    urls: list[str] = []
    yield urls
    for url in urls:
        with psycopg.connect(make_conninfo(url, dbname="postgres"), autocommit=True) as connection:
            name = sql.Identifier(str(conninfo_to_dict(url)["dbname"]))
            connection.execute(sql.SQL("DROP DATABASE {}").format(name))


@pytest.mark.parametrize("isolation", ["rollback", "reset", "clone"])
def test_a_failed_test_keeps_its_database(run: Run, kit: Kit, kept: list[str], isolation: str) -> None:
    result = run(FAILING.format(isolation), "--dbkit-keep")
    result.assert_outcomes(passed=1, failed=1)
    (line,) = [line for line in result.outlines if "dbkit db shell" in line]
    (url,) = re.findall(r"'(.*)'", line)
    kept.append(url)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT label FROM organizations").fetchall() == [("Acme",)]
    result.stdout.fnmatch_lines(["*databases of failed tests*", "test_suite.py::test_fails:"])


def test_without_the_option_nothing_is_kept(run: Run) -> None:
    result = run(FAILING.format("clone"))
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.no_fnmatch_line("*databases of failed tests*")


def test_a_test_that_passes_keeps_nothing(run: Run) -> None:
    result = run("def test_it(postgres_db): fill(postgres_db)", "--dbkit-keep")
    result.assert_outcomes(passed=1)
    result.stdout.no_fnmatch_line("*databases of failed tests*")
