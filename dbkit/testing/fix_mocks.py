"""Verifies at the end of a test the mocks that were built for it: a plugin of pytest, part of dbkit's.

A test fails where a stub was never used, or where the code under test swallowed what a mock refused. Mocks of fixtures
with a wider scope are left out, and those that were built `unverified()`. A file or folder whose tests are not to be
checked at all overrides the fixture:

    @pytest.fixture
    def mocks_verified() -> None: ...
"""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from dbkit.mock.base.errors import UnusedStub
from dbkit.mock.base.verification import Verified, watching

__all__ = ["mocks_verified", "pytest_runtest_call"]

_BUILT = pytest.StashKey[list[Verified]]()


@pytest.fixture(autouse=True)
def mocks_verified(request: pytest.FixtureRequest) -> Iterator[None]:
    """Verify the mocks that are built for the test, once it has passed."""
    with watching() as built:
        request.node.stash[_BUILT] = built
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Verify the mocks as the last step of the test: where it has failed already, or was skipped, nothing is added."""
    yield
    for mock in item.stash.get(_BUILT, ()):
        try:
            mock.verify()
        except UnusedStub as error:
            # There is no place in the code to show: it is what did not happen.
            pytest.fail(str(error), pytrace=False)
