"""What became of a mutant, and what it comes to for all of them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from tools.mutants.mutant import Mutant

__all__ = ["Fate", "Results", "Verdict"]


class Fate(StrEnum):
    """How a mutant ended."""

    KILLED = "killed"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"
    SURVIVED = "survived"


@dataclass(frozen=True)
class Verdict:
    """A mutant's fate: which test has killed it, or was under way when it fell silent, and how many were run."""

    mutant: Mutant
    fate: Fate
    test: str
    tests: int
    seconds: float
    text: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it for a program to read."""
        mutant = self.mutant
        return {
            "id": mutant.id,
            "where": mutant.where,
            "function": mutant.function,
            "operator": mutant.operator,
            "kind": mutant.kind,
            "before": mutant.before,
            "after": mutant.text,
            "fate": str(self.fate),
            "test": self.test,
            "tests": self.tests,
            "seconds": round(self.seconds, 2),
        }


@dataclass(frozen=True)
class Results:
    """All verdicts, of so many mutants that there are, of which some are explained and were not tried."""

    verdicts: Sequence[Verdict]
    seed: int
    candidates: int
    explained: int

    @property
    def survivors(self) -> list[Verdict]:
        """Those that no test has noticed."""
        return [verdict for verdict in self.verdicts if verdict.fate is Fate.SURVIVED]

    @property
    def share_killed(self) -> float:
        """The share of those tried that was noticed, from 0 to 1."""
        return 1 - len(self.survivors) / len(self.verdicts) if self.verdicts else 0.0

    def by_kind(self) -> dict[str, Counter[Fate]]:
        """Return the fates of each kind of rule."""
        found: dict[str, Counter[Fate]] = {}
        for verdict in self.verdicts:
            found.setdefault(verdict.mutant.kind, Counter())[verdict.fate] += 1
        return dict(sorted(found.items()))

    def write(self, path: Path) -> None:
        """Write them for a program to read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "seed": self.seed,
            "candidates": self.candidates,
            "explained": self.explained,
            "share_killed": self.share_killed,
            "mutants": [verdict.as_json() for verdict in self.verdicts],
        }
        path.write_text(json.dumps(content, indent=1) + "\n")
