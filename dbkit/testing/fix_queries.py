"""A fixture that counts the queries of a test, whichever database of the test they go to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeAlias

import pytest

if TYPE_CHECKING:
    from dbkit.verbs.counting import SentQuery

__all__ = ["ExpectQueries", "expect_queries"]

ExpectQueries: TypeAlias = "Callable[..., AbstractContextManager[list[SentQuery]]]"
"""What the fixture gives: it takes what `expect_queries` of a database takes."""


@pytest.fixture
def expect_queries() -> ExpectQueries:
    """Count the queries of a block, whichever of dbkit's databases they go to.

    A test says `with expect_queries(2): ...`, and not on which database: so it fits code that finds its own, or has
    several.
    """
    from dbkit.verbs.counting import expected_queries

    def expect(exactly: int | None = None, /, *, at_most: int | None = None) -> AbstractContextManager[list[SentQuery]]:
        return expected_queries(lambda _: True, exactly, at_most)

    return expect
