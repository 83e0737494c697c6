"""The tests in the guide pass."""

from __future__ import annotations

from tests.docs.pages import Document
from tests.testing.suites import Run


def test_the_guides_tests(run: Run) -> None:
    run(Document("docs/testing.md").code).assert_outcomes(passed=6)
