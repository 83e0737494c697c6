"""The conformance suite: what every backend has to answer, for every entity, made from its metadata.

    class TestWidgets(ConformanceSuite):
        entity = WIDGETS

makes a test of each case, on both backends and in both colours. `cases` and `async_cases` are the lists behind it. A
case wants a database of its own with the entities' tables, and nothing in them.
"""

from __future__ import annotations

import pytest

# Before the modules are imported: their asserts then show the values on both sides.
pytest.register_assert_rewrite(f"{__name__}._async", f"{__name__}._sync", f"{__name__}.expectation")

from dbkit.testing.conformance._async.suite import async_cases  # noqa: E402
from dbkit.testing.conformance._sync.suite import cases  # noqa: E402
from dbkit.testing.conformance.case import Case  # noqa: E402
from dbkit.testing.conformance.suite import ConformanceSuite  # noqa: E402

__all__ = ["Case", "ConformanceSuite", "async_cases", "cases"]
