from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Loaded here, once: a test's suite runs in this process, which then forgets what the suite has imported.
import dbkit.memory
import dbkit.migrate.worker
import dbkit.mock.factories.typed
import dbkit.testing.containers
import dbkit.testing.lending
import dbkit.testing.tasks  # noqa: F401
from dbkit.testing import servers
from dbkit.testing.kit import Kit, Options
from tests.testing.suites import HEADER, INI, PLUGINS, Run


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a suite that the test writes: its functions, and options of the command line."""
    monkeypatch.delenv("DBKIT_ENV", raising=False)
    # The other plugins of this environment take longer than most suites.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(INI)

    def run(functions: str, *options: str, conftest: str = "") -> pytest.RunResult:
        pytester.makepyfile(test_suite=f"{HEADER}\n{functions}")
        pytester.makeconftest(conftest)
        return pytester.runpytest_inprocess(*PLUGINS, *options)

    return run


@pytest.fixture(scope="session")
def kit() -> Iterator[Kit]:
    """A kit beside the one that these tests run on, on the same server."""
    kit = Kit(Options())
    yield kit
    kit.close()


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder for servers, in place of the user's."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(prefix="dbkit-test-", dir=memory if memory.is_dir() else None) as folder:
        path = Path(folder)
        path.chmod(0o755)
        monkeypatch.setattr(servers, "user_folder", lambda: path)
        yield path
