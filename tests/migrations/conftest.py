from __future__ import annotations

from collections.abc import Iterator

import pytest

from dbkit.migrate.line import Line, Revision
from tests.fix_server import dbkit_setup, server
from tests.migrations.jobs import is_in_share

__all__ = ["dbkit_setup", "server"]

OF_JOBS = ("test_killed_anywhere_the_next_job_finishes_it", "test_of_three_jobs_at_once_one_applies_it")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave jobs to those revisions whose turn it is, unless somebody has chosen tests by their names."""
    if config.getoption("keyword"):
        return
    line = Line.read()
    left = [item for item in items if not _is_left_out(item, line)]
    config.hook.pytest_deselected(items=[item for item in items if _is_left_out(item, line)])
    items[:] = left


def _is_left_out(item: pytest.Item, line: Line) -> bool:
    if not isinstance(item, pytest.Function) or item.originalname not in OF_JOBS:
        return False
    revision = item.callspec.params["proof"]
    assert isinstance(revision, Revision)
    return not is_in_share(line.position[revision.id], len(line.revisions))


@pytest.fixture(scope="module", autouse=True)
def known_keys() -> Iterator[None]:
    """Revisions that seal secrets do it with the key that everybody knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBKIT_ENV", "test")
        yield
