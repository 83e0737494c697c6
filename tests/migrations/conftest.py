from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.embedded import EmbeddedServer
from tests.fix_server import postgresql_url

__all__ = ["postgresql_url", "server"]

_MEMORY = Path("/dev/shm")
_BYTES_NEEDED = 3 << 30


@pytest.fixture(scope="module", autouse=True)
def known_keys() -> Iterator[None]:
    """Revisions that seal secrets do it with the key that everybody knows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBKIT_ENV", "test")
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[EmbeddedServer]:
    """A PostgreSQL of one's own, in memory where there is room: a proof copies a database, which takes 20 ms there.

    On a disk it takes half a second, most of it waiting for the disk.
    """
    with (
        tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=roomy_memory()) as folder,
        EmbeddedServer.start(Path(folder)) as server,
    ):
        yield server


def roomy_memory() -> Path | None:
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _BYTES_NEEDED else None
