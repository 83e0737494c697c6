from __future__ import annotations

from collections.abc import Callable

import pytest

from dbkit.migrate.losses.looking import Look, look_at_losses
from tests.cli.conftest import dbkit
from tests.migrate.lines import LineFolder

__all__ = ["dbkit"]


@pytest.fixture
def look(postgres_url: str, line: LineFolder) -> Callable[..., Look]:
    """Look what taking revisions back would lose, tried on the tests' own server."""

    def look(**what: object) -> Look:
        found = look_at_losses(postgres_url, line=line.folder, dev_url=postgres_url, **what)  # type: ignore[arg-type]
        assert found is not None
        return found

    return look
