"""Which tests judge a mutant, and in which order: those that reach it, a few of each kind, the cheapest first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from tools.mutants.mutant import Mutant
from tools.mutants.probes import Probes
from tools.mutants.referee import Passed, function_of

__all__ = ["Plan"]

_FEW = 60
_SEVERAL = 4
# What fewer tests reach may be in a cache for the others.
_MANY = 100


class Plan:
    """Knows what each test reaches and how long it takes, and which tests have killed so far.

    A `quick` one leaves out the last stage, so that what it calls survivors are suspects.
    """

    def __init__(self, probes: Probes, passed: Iterable[Passed], *, quick: bool = False) -> None:
        self._probes = probes
        self._tests = sorted(passed, key=lambda each: each.seconds)
        self._seconds = {each.test: each.seconds for each in self._tests}
        self._kills = Counter[str]()
        self._quick = quick

    def slowest_s(self, tests: Iterable[str]) -> float:
        """Return the seconds that the slowest of some tests takes."""
        return max(self._seconds[test] for test in tests)

    def note_kill(self, test: str) -> None:
        """Take note of the test that has killed a mutant: its like go first from now on."""
        self._kills[_case_of(test)] += 1

    def stages(self, mutant: Mutant) -> Iterator[list[str]]:
        """Yield the tests to run one stage after the other: a few, several of each case, and all that are left.

        They are those that reach the mutant. Where only few do, it is in the making of what is kept in a cache, and
        the tests that find it there follow.
        """
        reaching = [each.test for each in self._tests if self._reaches(each, mutant)]
        # A mutant is the same in both colours; what only the async one reaches is left to it.
        of_one_colour = [test for test in reaching if not _is_of_other_colour(test)] or reaching
        order = list(self._by_turns(of_one_colour))
        others = [] if len(reaching) >= _MANY else self._others(frozenset(reaching))
        several = set(self._by_turns(order[_FEW:], most=_SEVERAL)) | set(self._by_turns(others, most=1))
        rest = [*order[_FEW:], *self._by_turns(others)]
        yield order[:_FEW]
        yield [test for test in rest if test in several]
        if not self._quick:
            yield [test for test in rest if test not in several]

    def _others(self, known: frozenset[str]) -> list[str]:
        tests = (each.test for each in self._tests)
        return [test for test in tests if test not in known and not _is_of_other_colour(test)]

    def _reaches(self, passed: Passed, mutant: Mutant) -> bool:
        if mutant.anchor is None:
            return True
        return bool(passed.reached >> self._probes.number(mutant.source, mutant.anchor) & 1)

    def _by_turns(self, tests: Iterable[str], most: int | None = None) -> Iterator[str]:
        """Yield one test of each case, then a second one of each: a case for thirty entities is much the same."""
        cases: defaultdict[str, list[str]] = defaultdict(list)
        for test in tests:
            cases[_case_of(test)].append(test)
        names = sorted(cases, key=lambda case: -self._kills[case])
        for turn in range(max(map(len, cases.values()), default=0) if most is None else most):
            yield from (cases[name][turn] for name in names if turn < len(cases[name]))


def _is_of_other_colour(test: str) -> bool:
    return function_of(test) == "test_async_memory" or "/_async/" in test


def _case_of(test: str) -> str:
    """Return what a test of the suite has in common with those of other entities: the function that it runs."""
    function, _, parameters = test.partition("[")
    # A case of the suite is a parameter that ends with the name of the case; other parameters are rules of their own.
    case = parameters.rstrip("]").rpartition("-")[2]
    return f"{function}[{case}" if "_" in case else test
