from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dbkit.cli.jobs import run_command
from dbkit.migrate.proving.running import Proof, Proofs, Prove, prove
from dbkit.migrate.proving.subject import Bounds
from dbkit.testing.templates import Databases
from tests.migrate.lines import LineFolder

Look = Callable[..., Proofs]


@pytest.fixture
def look(line: LineFolder, server: Databases) -> Look:
    """Prove revisions of the test's line on the tests' server."""

    def look(*, seconds_max: float = 20.0, seconds_beside: float = 30.0, **wish: Any) -> Proofs:
        bounds = Bounds(rows=1000, seconds_max=seconds_max, seconds_beside=seconds_beside)
        url = server.url_for("postgres")
        return prove(Prove(folder=line.folder, dev_url=url, bounds=bounds, command=run_command, **wish))

    return look


def only(proofs: Proofs) -> Proof:
    """Return the one proof that there is."""
    assert proofs.failures == ()
    (proof,) = proofs.proofs
    return proof
