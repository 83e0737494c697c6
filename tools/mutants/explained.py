"""Mutants that no test can tell from the twin, with the reason for each: `explained.toml` lists them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from tools.mutants.mutant import Mutant

__all__ = ["Explained", "Explanation"]

_FILE = Path(__file__).with_name("explained.toml")


@dataclass(frozen=True)
class Explanation:
    """Why mutants make no difference. What is left out fits all; `function` is a pattern, as of files' names.

    `line` is a part of the text of its line, and `number` that at the end of a mutant's id, where a line has several
    alike.
    """

    file: str
    reason: str
    function: str = "*"
    operators: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    line: str = ""
    number: int = 0

    def fits(self, mutant: Mutant) -> bool:
        """Tell whether this is about a mutant."""
        return (
            mutant.source.name.endswith(f"/{self.file}")
            and fnmatchcase(mutant.function, self.function)
            and (not self.operators or mutant.operator in self.operators)
            and (not self.before or mutant.before == self.before)
            and (not self.after or mutant.text == self.after)
            and self.line in mutant.source.line(mutant.line)
            and (not self.number or mutant.id.endswith(f":{self.number}"))
        )


class Explained:
    """The explanations, of which each has to be about some mutant."""

    def __init__(self, explanations: Sequence[Explanation]) -> None:
        self._explanations = explanations

    @classmethod
    def read(cls, path: Path = _FILE) -> Explained:
        """Read the list."""
        found = tomllib.loads(path.read_text())["explained"]
        return cls([Explanation(operators=tuple(each.pop("operators", ())), **each) for each in found])

    def reason(self, mutant: Mutant) -> str | None:
        """Return why a mutant makes no difference; None for one that should make one."""
        return next((each.reason for each in self._explanations if each.fits(mutant)), None)

    def stale(self, mutants: Iterable[Mutant]) -> list[Explanation]:
        """Return the explanations that are about none of these mutants, which are all that there are."""
        left = [*self._explanations]
        for mutant in mutants:
            left = [each for each in left if not each.fits(mutant)]
        return left
