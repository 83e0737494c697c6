"""Code with probes does what it did, and notes where it has been."""

from __future__ import annotations

from typing import Any

from tools.mutants.mutant import mutants_in
from tools.mutants.probes import PROBE, Probes
from tools.mutants.source import Source

CODE = Source(
    "twin.py",
    '''
TABLE = {"double": lambda value: value * 2}

def chosen(value, step=1):
    """Say which."""
    if value > 9:
        return "many"
    def later():
        return value - step
    return lambda: later() + 7
''',
)


class Probed:
    """The code, run, with what it has reached."""

    def __init__(self) -> None:
        self.probes = Probes([CODE])
        self.reached: set[int] = set()
        self.names: dict[str, Any] = {PROBE: self.reached.add}
        exec(self.probes.texts[CODE], self.names)

    def reaches(self, before: str) -> bool:
        """Tell whether the mutants of an expression have been come by."""
        anchors = {mutant.anchor for mutant in mutants_in(CODE) if mutant.before == before}
        assert anchors
        return all(anchor is not None and self.probes.number(CODE, anchor) in self.reached for anchor in anchors)


def test_a_branch_is_reached_when_it_is_taken() -> None:
    code = Probed()
    assert code.reached == set()
    assert code.names["chosen"](10) == "many"
    assert code.reaches("value > 9")
    assert not code.reaches("7")


def test_a_lambda_and_a_function_are_reached_when_they_run() -> None:
    code = Probed()
    later = code.names["chosen"](3)
    assert not code.reaches("7")
    assert not code.reaches("value - step")
    assert later() == 9
    assert code.reaches("7")
    assert code.reaches("value - step")


def test_a_default_is_reached_with_its_function() -> None:
    code = Probed()
    code.names["chosen"](10)
    assert code.reaches("1")


def test_a_lambda_of_a_table_is_reached_when_it_runs() -> None:
    code = Probed()
    assert not code.reaches("value * 2")
    assert code.names["TABLE"]["double"](2) == 4
    assert code.reaches("value * 2")
