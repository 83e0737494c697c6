"""The plugin in processes of its own: what it costs others, many workers, and an installation that lacks extras."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from dbkit.embedded import EmbeddedServer
from dbkit.mock import factories
from tests.testing.suites import HEADER, INI, PLUGINS, Run

HEAVY = {"sqlalchemy", "psycopg", "psycopg_pool", "pydantic", "alembic", "factory", "testcontainers", "asyncio"}


def test_what_everybody_loads_is_light() -> None:
    shown = "import dbkit.testing.plugin as p, importlib, sys; before = set(sys.modules)\n"
    shown += "[importlib.import_module(name) for name in p.pytest_plugins]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True).stdout.split()
    assert not HEAVY & set(loaded)
    assert {name for name in loaded if name.startswith("dbkit.")} <= {
        "dbkit.testing",
        "dbkit.testing.plugin",
        "dbkit.testing.fix_mocks",
        "dbkit.testing.fix_queries",
        "dbkit.testing.reports",
        "dbkit.testing.seeds",
        "dbkit.testing.setup",
        "dbkit.testing.wanted",
        "dbkit.mock",
        "dbkit.mock.base",
        "dbkit.mock.base.errors",
        "dbkit.mock.base.verification",
    }


def test_pytest_finds_it_by_itself(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest_subprocess("--markers")
    result.stdout.fnmatch_lines(["@pytest.mark.dbkit(backend=*"])


def test_eight_workers_that_start_at_once(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, own_folder: Path
) -> None:
    """None of them finds a server or a template; one makes them, and all of them share them."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.makeini(INI)
    pytester.makeconftest(f"""
from pathlib import Path
from dbkit.testing import servers

servers.user_folder = lambda: Path({str(own_folder)!r})
""")
    pytester.makepyfile(
        test_suite=f"""{HEADER}
@pytest.mark.parametrize("time", range(8))
def test_it(postgres_db, time):
    fill(postgres_db)
    assert postgres_db.organizations.count() == 1
"""
    )
    result = pytester.runpytest_subprocess(*PLUGINS, "-p", "xdist", "-n8", timeout=600)
    result.assert_outcomes(passed=8)
    with (
        EmbeddedServer.start(next(own_folder.glob("[mw]*-*-*[0-9]"))) as server,
        psycopg.connect(server.conninfo) as connection,
    ):
        names = connection.execute("SELECT left(datname, 12) FROM pg_database WHERE datname LIKE 'dbkit_%'").fetchall()
    assert names == [("dbkit_templa",)]


def test_without_factory_boy_make_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(factories.__dict__, "Factories", raising=False)
    for name in [name for name in sys.modules if name.startswith("dbkit.mock.factories.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "factory", None)
    result = run("def test_it(make): ...\ndef test_db(db): fill(db)")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*ConfigurationInvalid: factories need factory-boy*pip install 'dbkit?factories?'*"])


def test_without_testcontainers_a_container_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
    monkeypatch.setitem(sys.modules, "testcontainers.core.docker_client", None)
    result = run("def test_it(postgres_db): ...", "--dbkit-postgres=container")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*ConfigurationInvalid: containers need testcontainers*pip install 'dbkit?testing?'*"])


def test_without_the_wheel_embedded_says_what_to_install(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dbkit.embedded.binaries._WHEEL", "no_such_wheel")
    result = run("def test_it(postgres_db): ...", "--dbkit-postgres=embedded")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*ConfigurationInvalid: there are no server binaries*pip install 'dbkit?embedded?'*"])
