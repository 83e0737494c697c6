"""The seed from which follows what is left to chance in databases in memory: one for a run, told where a test fails."""

from __future__ import annotations

import os
import random
import sys

import pytest

__all__ = ["choose_seed", "show_seed"]

# Named here as well as in `dbkit.memory`, which is not imported before a test wants it.
_VARIABLE = "DBKIT_MEMORY_SEED"
_SEEDS = 2**32


def choose_seed(asked: int | None, environment: pytest.MonkeyPatch) -> None:
    """Give a run a seed: the one asked for, that of the environment, or one by chance."""
    if asked is not None or not os.environ.get(_VARIABLE):
        seed = random.randrange(_SEEDS) if asked is None else asked  # noqa: S311 (no secret)
        environment.setenv(_VARIABLE, str(seed))


def show_seed(report: pytest.TestReport) -> None:
    """Say in the report of a failed test how to have the same again, where its process has a database in memory."""
    if "dbkit.memory.shuffling" in sys.modules:
        seed = os.environ.get(_VARIABLE)
        report.sections.append(
            ("dbkit", f"What is left to chance in memory follows from a seed; the same again: --dbkit-seed {seed}")
        )
