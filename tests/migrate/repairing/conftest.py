from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dbkit.migrate.repairing.diagnosing import Diagnosis, Wanted
from dbkit.migrate.repairing.diagnosing import repair as run_repair
from tests.cli.conftest import dbkit
from tests.migrate.lines import LineFolder

__all__ = ["dbkit"]


@pytest.fixture
def repair(postgres_url: str, line: LineFolder) -> Callable[..., Diagnosis]:
    """Look what is wrong, or repair it, with the tests' own server to make the line on."""

    def repair(**wanted: Any) -> Diagnosis:
        return run_repair(postgres_url, line=line.folder, dev_url=postgres_url, wanted=Wanted(**wanted))

    return repair
