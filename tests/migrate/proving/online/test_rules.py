"""Lint and proof agree: of a form that stops others a rule speaks before it is run, and of the safe form none does."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from dbkit.migrate.line import Line
from dbkit.migrate.linting.checking import findings_of
from dbkit.migrate.linting.running import Wanted, look_at
from dbkit.migrate.session import Target
from tests.migrate.lines import LineFolder
from tests.migrate.proving.online.test_growth import FORMS, write

Find = Callable[[], set[str]]

RULES: Mapping[str, str] = {
    "a column with a volatile default": "L32",
    "a column that must not be empty": "L28",
    "a check": "L23",
    "a reference": "L19",
    "an index": "L07",
    "a unique key": "L25",
    "another type": "L37",
    "values for all rows": "L47",
    "an index built anew": "L09",
    "a check that is held against all rows at once": "L24",
    "rows deleted": "L47",
}
_WITHOUT_A_WAY_BACK = "L51"


@pytest.fixture
def find(place: Callable[[int], Target], line: LineFolder) -> Find:
    """Return which rules find something in the revisions behind the first one, which all lack a way back."""

    def find() -> set[str]:
        target, read = place(10), Line.read(line.folder)
        wanted = Wanted(read, read.revisions[1:], seconds_max=20)
        runs = [look_at(target, each, wanted) for each in wanted.revisions]
        return {each.rule.id for run in runs for each in findings_of(run)} - {_WITHOUT_A_WAY_BACK}

    return find


@pytest.mark.parametrize("what", FORMS)
def test_a_rule_knows_what_stops_others(what: str, line: LineFolder, find: Find) -> None:
    write(line, FORMS[what].unsafe)
    assert RULES[what] in find()


@pytest.mark.parametrize("what", FORMS)
def test_no_rule_speaks_of_its_safe_form(what: str, line: LineFolder, find: Find) -> None:
    write(line, *FORMS[what].safe)
    assert find() == set()
