"""`python -m tests.recorded`: ask PostgreSQL what the tests ask it, and record its answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import pytest

from tests.recorded.answers import RECORDED, RECORDING, write

_ASKING = ("tests/equivalence/values", "tests/memory")


class Recorder:
    """A plugin that keeps what tests hear."""

    def __init__(self) -> None:
        self.said: dict[str, Sequence[str]] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        config.stash[RECORDING] = self.said


def main() -> int:
    recorder = Recorder()
    code = pytest.main(["-q", "-n", "0", *_ASKING], plugins=[recorder])
    if code == pytest.ExitCode.OK:
        write(recorder.said)
        sys.stdout.write(f"the answers of {len(recorder.said)} tests are in {RECORDED}\n")
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
