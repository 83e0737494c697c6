"""Which mutants are tried, which are explained, and which tests judge them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tools.mutants.explained import Explained, Explanation
from tools.mutants.kinds import OTHER, kind_of
from tools.mutants.mutant import Mutant, mutants_in, twin_sources
from tools.mutants.plan import Plan
from tools.mutants.probes import Probes
from tools.mutants.referee import Passed
from tools.mutants.sample import drawn
from tools.mutants.source import Source
from tools.writer import PROJECT

TOY = Source("dbkit/memory/toy.py", "def f(a, b):\n    if a < b:\n        return a + b\n    return a - b\n")
SOURCES = twin_sources(PROJECT)


@pytest.fixture(scope="module")
def all_mutants() -> list[Mutant]:
    return [mutant for source in SOURCES for mutant in mutants_in(source)]


def test_every_module_of_the_twin_keeps_a_kind_of_rule() -> None:
    assert [source.name for source in SOURCES if kind_of(source.name, "") == OTHER] == []


def test_a_pair_of_colours_is_mutated_once() -> None:
    names = [source.name for source in SOURCES]
    assert "dbkit/memory/_async/backend.py" in names
    assert not any("_sync" in Path(name).parts for name in names)


def test_every_mutant_has_a_name_of_its_own(all_mutants: list[Mutant]) -> None:
    assert [name for name, count in Counter(mutant.id for mutant in all_mutants).items() if count > 1] == []


def test_a_seed_draws_the_same_mutants(all_mutants: list[Mutant]) -> None:
    orders = [[mutant.id for mutant in drawn(mutants, 7)] for mutants in (all_mutants, all_mutants[::-1])]
    assert orders[0] == orders[1]
    assert sorted(orders[0]) == sorted(mutant.id for mutant in all_mutants)
    assert orders[0] != [mutant.id for mutant in drawn(all_mutants, 8)]


def test_a_sample_has_as_many_of_each_kind(all_mutants: list[Mutant]) -> None:
    kinds = {mutant.kind for mutant in all_mutants}
    sample = Counter(mutant.kind for mutant in list(drawn(all_mutants, 7))[: 10 * len(kinds)])
    assert sample == dict.fromkeys(kinds, 10)


def test_an_explanation_is_about_what_it_names() -> None:
    explanation = Explanation("toy.py", "none", function="f", operators=("BentComparison",), before="a < b")
    assert [mutant.text for mutant in mutants_in(TOY) if explanation.fits(mutant)] == ["(a <= b)"]
    assert not any(Explanation("other.py", "none").fits(mutant) for mutant in mutants_in(TOY))


def test_an_explanation_may_be_about_one_line() -> None:
    explanation = Explanation("toy.py", "none", line="a + b")
    assert {mutant.line for mutant in mutants_in(TOY) if explanation.fits(mutant)} == {3}


def test_an_explanation_of_nothing_is_stale() -> None:
    used, stale = Explanation("toy.py", "used", before="a + b"), Explanation("toy.py", "stale", before="a * b")
    assert Explained([used, stale]).stale(mutants_in(TOY)) == [stale]


def test_the_list_of_explanations_is_about_the_twin_as_it_is(all_mutants: list[Mutant]) -> None:
    assert Explained.read().stale(all_mutants) == []


class Judged:
    """A plan of tests for the toy: `reached` are the lines that each of them comes by."""

    def __init__(self, reached: dict[str, tuple[int, ...]]) -> None:
        self.mutants = {mutant.line: mutant for mutant in mutants_in(TOY)}
        self._probes = Probes([TOY])
        self.plan = Plan(self._probes, [Passed(test, 0.1, self._bits(lines)) for test, lines in reached.items()])

    def _bits(self, lines: tuple[int, ...]) -> int:
        anchors = [anchor for line in lines if (anchor := self.mutants[line].anchor) is not None]
        return sum(1 << self._probes.number(TOY, anchor) for anchor in anchors)

    def order(self, line: int) -> list[str]:
        return [test for stage in self.plan.stages(self.mutants[line]) for test in stage]


def test_tests_that_reach_a_mutant_go_first() -> None:
    assert Judged({"t::a": (2, 4), "t::b": (2, 3)}).order(3) == ["t::b", "t::a"]


def test_what_many_tests_reach_is_left_to_them() -> None:
    reached = {f"t::a[{number}]": (2, 3) for number in range(150)}
    order = Judged(reached | {"t::b": (2,)}).order(3)
    assert sorted(order) == sorted(reached)


def test_one_test_of_each_case_goes_before_the_second_one() -> None:
    order = Judged(dict.fromkeys(["t::f[x-case_one]", "t::f[y-case_one]", "t::f[x-case_two]"], (2, 3))).order(3)
    assert order == ["t::f[x-case_one]", "t::f[x-case_two]", "t::f[y-case_one]"]


def test_the_case_that_has_killed_goes_first() -> None:
    judged = Judged(dict.fromkeys(["t::f[x-case_one]", "t::f[x-case_two]", "t::f[y-case_two]"], (2, 3)))
    judged.plan.note_kill("t::f[y-case_two]")
    assert judged.order(3)[0] == "t::f[x-case_two]"


def test_the_other_colour_judges_what_it_alone_reaches() -> None:
    judged = Judged({"t::test_memory[x-case_one]": (2, 3), "t::test_async_memory[x-case_one]": (2, 4)})
    assert judged.order(3) == ["t::test_memory[x-case_one]"]
    assert judged.order(4) == ["t::test_async_memory[x-case_one]", "t::test_memory[x-case_one]"]
