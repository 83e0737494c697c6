from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.commuting.proof import Proof, prove_commuting
from dbkit.migrate.line import Line
from tests.cli.conftest import dbkit
from tests.migrate.lines import LineFolder

__all__ = ["dbkit"]

Prove = Callable[[str, str], Proof]


@pytest.fixture
def prove(postgres_url: str, line: LineFolder) -> Prove:
    """Prove that two revisions, given as statements, may stand in either order behind a table of teams."""
    line.add("teams", "CREATE TABLE teams (id int PRIMARY KEY, name text NOT NULL, score int NOT NULL DEFAULT 0)")

    def prove(theirs: str, mine: str) -> Proof:
        line.add("theirs", theirs)
        line.add("mine", mine)
        read = Line.read(line.folder)
        first, second, third = read.revisions
        return prove_commuting(read, [first], [second], [third], dev_url=postgres_url)

    return prove
