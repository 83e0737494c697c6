"""The test kit: what `pip install 'dbkit[testing]'` adds for authors of tests. Runtime code never imports it.

Names are imported at their first use: pytest reads this package in every run.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from dbkit.testing.setup import Setup

if TYPE_CHECKING:
    from dbkit.testing.conformance.suite import ConformanceSuite
    from dbkit.verbs.counting import SentQuery, UnexpectedQueries

__all__ = ["ConformanceSuite", "SentQuery", "Setup", "UnexpectedQueries"]

_HOMES = {
    "ConformanceSuite": "dbkit.testing.conformance.suite",
    "SentQuery": "dbkit.verbs.counting",
    "UnexpectedQueries": "dbkit.verbs.counting",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dbkit.testing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
