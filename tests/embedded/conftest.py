from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dbkit.embedded import EmbeddedServer
from dbkit.embedded.account import server_account
from dbkit.embedded.cluster import Cluster


def _reachable_folder() -> Path:
    """An empty folder that the server's account can reach, which pytest's own is not for root."""
    folder = Path(tempfile.mkdtemp(prefix="dbkit-test-"))
    folder.chmod(0o755)
    return folder


@pytest.fixture
def scratch() -> Iterator[Path]:
    folder = _reachable_folder()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def new_folder(scratch: Path) -> Iterator[Path]:
    """A folder to be, whose server is stopped after the test whatever the test left running."""
    path = scratch / "server"
    yield path
    Cluster(path, server_account(path / "postgres")).stop()


@pytest.fixture(scope="session")
def used_once() -> Iterator[Path]:
    folder = _reachable_folder()
    EmbeddedServer.start(folder).close()
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def folder(new_folder: Path, used_once: Path) -> Path:
    """The folder of a stopped server: a copy, which costs a tenth of an initdb."""
    subprocess.run(["cp", "-a", used_once, new_folder], check=True)
    return new_folder
