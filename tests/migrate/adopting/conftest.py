from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dbkit.migrate.adopting.adopting import Adopted, How
from dbkit.migrate.adopting.adopting import adopt as run_adopt
from tests.cli.conftest import dbkit
from tests.migrate.foreign.conftest import small
from tests.migrate.lines import LineFolder

__all__ = ["dbkit", "small"]


@pytest.fixture
def adopt(postgres_url: str, line: LineFolder) -> Callable[..., Adopted]:
    """Take over the test's database, with the tests' own server to make the line on."""

    def adopt(folder: Any = None, **how: Any) -> Adopted:
        return run_adopt(postgres_url, line=folder or line.folder, dev_url=postgres_url, how=How(**how))

    return adopt
