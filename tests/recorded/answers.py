"""PostgreSQL's answers to tests that compare the twin with it, for runs without a server.

    python -m tests.recorded                                   asks a server, and records its answers anew
    pytest -p tests.recorded.answers tests/equivalence/values  asks none, and compares with what was recorded

Where there is a server, each test asks it, and fails if it answers otherwise than it did when that was recorded.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

import pytest

__all__ = ["RECORDED", "RECORDING", "Answer", "Heard", "heard", "read", "write"]

Answer: TypeAlias = tuple[bool, str]
"""Whether a call failed, and what it returned or what its error says."""

Ask: TypeAlias = Callable[[], Answer]

RECORDED = Path(__file__).with_name("answers.json.gz")

RECORDING = pytest.StashKey[dict[str, Sequence[str]]]()
"""Where a run that records has the answers of the tests so far."""

# Longer answers are kept as their hash: a run with a server shows them.
_LENGTH_MAX = 12
_HASH_LENGTH = 6
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class Heard:
    """What PostgreSQL answers in one test, in the order in which the test asks: now, or when that was recorded."""

    def __init__(self, recorded: Sequence[str] | None = None) -> None:
        self.said: list[str] = []
        self.is_complete = True
        self._recorded = None if recorded is None else iter(recorded)

    @property
    def is_recorded(self) -> bool:
        """Whether no server is asked."""
        return self._recorded is not None

    def has_failed(self, ask: Ask) -> bool:
        """Tell whether PostgreSQL refused a call."""
        return self._next(ask)[0].startswith("!")

    def difference(self, twin: Answer, ask: Ask) -> str | None:
        """Return what PostgreSQL answered, where that is something else than the twin's answer."""
        brief, full = self._next(ask)
        return None if brief == _brief(twin) else full

    def _next(self, ask: Ask) -> tuple[str, str]:
        if self._recorded is not None:
            brief = next(self._recorded)
            return brief, f"{brief} (recorded)"
        answer = ask()
        self.said.append(_brief(answer))
        return self.said[-1], answer[1]


@pytest.fixture
def heard(request: pytest.FixtureRequest) -> Iterator[Heard]:
    """Give PostgreSQL's answers in this test, and look whether they are still those that were recorded."""
    config, name = request.config, request.node.nodeid
    if config.pluginmanager.hasplugin(__name__):
        yield Heard(read()[name])
        return
    asked = Heard()
    yield asked
    if (recording := config.stash.get(RECORDING, None)) is not None:
        recording.update({name: asked.said} if asked.is_complete and asked.said else {})
    elif name in read():
        assert read()[name] == asked.said, "PostgreSQL answers otherwise than recorded: python -m tests.recorded"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out, as a plugin, the tests that ask the server in a way of their own, so that nothing is recorded."""
    items[:] = [item for item in items if "heard" not in getattr(item, "fixturenames", ()) or item.nodeid in read()]


@cache
def read() -> Mapping[str, Sequence[str]]:
    """Return PostgreSQL's answers by test."""
    with gzip.open(RECORDED, "rt", encoding="utf-8") as file:
        found: Mapping[str, Sequence[str]] = json.load(file)
    return found


def write(said: Mapping[str, Sequence[str]]) -> None:
    """Write PostgreSQL's answers by test."""
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(answers)}" for name, answers in sorted(said.items()))
    # Without the time, so that the same answers make the same file.
    RECORDED.write_bytes(gzip.compress(f"{{\n{lines}\n}}\n".encode(), mtime=0))


def _brief(answer: Answer) -> str:
    failed, text = answer[0], _ADDRESS.sub("", answer[1])
    mark = "!" if failed else "="
    return mark + (
        text if len(text) <= _LENGTH_MAX else sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    )
