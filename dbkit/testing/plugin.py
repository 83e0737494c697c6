"""The pytest plugin of `dbkit[testing]`: databases for tests, isolated from each other.

pytest reads this module in every run, so it imports next to nothing: backends, drivers and models are
imported by the first fixture that needs them.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from dbkit.testing.reports import has_failed, note_kept, note_outcome, show_kept
from dbkit.testing.seeds import choose_seed, show_seed
from dbkit.testing.setup import Setup
from dbkit.testing.wanted import BACKENDS, MARKER, SOURCES, MarkerInvalid, Wanted, wanted_by

if TYPE_CHECKING:
    from dbkit.database._async.database import AsyncBaseDatabase
    from dbkit.database._sync.database import BaseDatabase
    from dbkit.mock.factories import Factories
    from dbkit.testing.kit import Kit
    from dbkit.testing.lending import Loan

# The fixtures of other parts of the kit.
pytest_plugins = ("dbkit.testing.fix_mocks", "dbkit.testing.fix_queries")

_ASYNC = frozenset({"async_db", "async_memory_db", "async_postgres_db"})
_ENVIRONMENT = pytest.StashKey[pytest.MonkeyPatch]()
_MARKER_HELP = (
    f"{MARKER}(backend='memory|postgres|both', isolation='rollback|reset|clone', schema='head|empty|<revision>', "
    "role='admin|service'): "
    "which database dbkit's fixtures give this test, and how it is kept apart from those of others"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("dbkit", "databases for tests (dbkit)")
    group.addoption(
        "--dbkit-backend", choices=BACKENDS, default="memory", help="what db and async_db are on (default: memory)"
    )
    group.addoption("--dbkit-url", metavar="URL", help="a PostgreSQL server to make the tests' databases on")
    group.addoption(
        "--dbkit-postgres",
        choices=SOURCES,
        default="auto",
        help="where PostgreSQL comes from without a URL: binaries of this machine (local), the wheel's (embedded), "
        "Docker (container), or the first of these that is there (auto, the default)",
    )
    group.addoption(
        "--dbkit-seed",
        type=int,
        metavar="NUMBER",
        help="what is left to chance in databases in memory follows from it (default: DBKIT_MEMORY_SEED, else random)",
    )
    group.addoption("--dbkit-keep", action="store_true", help="keep the databases of failed tests, and say where")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; and say that this is a test, for code that opens what DBKIT_ENV means.

    The seed goes by way of the environment, too: to the processes of a parallel run, and to what tests open themselves.
    """
    config.addinivalue_line("markers", _MARKER_HELP)
    environment = config.stash[_ENVIRONMENT] = pytest.MonkeyPatch()
    if not os.environ.get("DBKIT_ENV"):
        environment.setenv("DBKIT_ENV", "test")
    choose_seed(config.getoption("--dbkit-seed"), environment)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave the environment as it was."""
    config.stash[_ENVIRONMENT].undo()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Check the test's marker, and run the test once for each backend where it wants both."""
    try:
        wanted = _wanted(metafunc.definition)
    except MarkerInvalid as error:
        where = metafunc.definition.nodeid
        raise pytest.Collector.CollectError(f"{where}: @pytest.mark.{MARKER}: {error}") from None
    if wanted.backend == "both" and "dbkit_backend" in metafunc.fixturenames:
        metafunc.parametrize("dbkit_backend", [each for each in BACKENDS if each != "both"], indirect=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Watch the tasks of an async test that has a database of the kit's."""
    test = getattr(item, "obj", None)
    if not (inspect.iscoroutinefunction(test) and _ASYNC.intersection(getattr(item, "fixturenames", ()))):
        return (yield)
    from dbkit.testing.tasks import watched

    assert isinstance(item, pytest.Function)
    item.obj = watched(test, item.nodeid)
    try:
        return (yield)
    finally:
        item.obj = test


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Take note of how each phase of a test ended."""
    report = yield
    note_outcome(item, report)
    if report.failed:
        show_seed(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how to open the databases that failed tests have kept."""
    show_kept(terminalreporter)


@pytest.fixture(scope="session")
def dbkit_setup() -> Setup:
    """Say what the tests run on: dbkit's own database and schema; a conftest overrides this for others."""
    return Setup()


@pytest.fixture
def dbkit_backend(request: pytest.FixtureRequest) -> str:
    """Name the backend behind `db` and `async_db`: memory or postgres."""
    backend = getattr(request, "param", None) or _wanted(request.node).backend
    if backend == "both":
        pytest.fail("a test on both backends has to name db or async_db as its argument", pytrace=False)
    return backend


@pytest.fixture
def db(request: pytest.FixtureRequest, dbkit_backend: str) -> BaseDatabase[Any]:
    """Give a database of the test's own, empty: in memory, or as the marker and the options say."""
    database: BaseDatabase[Any] = request.getfixturevalue(f"{dbkit_backend}_db")
    return database


@pytest.fixture
def async_db(request: pytest.FixtureRequest, dbkit_backend: str) -> AsyncBaseDatabase[Any]:
    """Give an async database of the test's own, empty: in memory, or as the marker and the options say."""
    database: AsyncBaseDatabase[Any] = request.getfixturevalue(f"async_{dbkit_backend}_db")
    return database


@pytest.fixture
def memory_db(request: pytest.FixtureRequest, dbkit_setup: Setup) -> Iterator[BaseDatabase[Any]]:
    """Give an empty database in memory."""
    from dbkit.memory import ControlledMemory

    database = dbkit_setup.database
    backend = ControlledMemory(database.entities(), emissions=database.emissions())
    yield database(backend, shown_as="memory://")
    _fail_for(request.node, ["a transaction under way"] * backend.open_transactions)


@pytest.fixture
def async_memory_db(request: pytest.FixtureRequest, dbkit_setup: Setup) -> Iterator[AsyncBaseDatabase[Any]]:
    """Give an empty async database in memory; what `memory_db` holds is not in it."""
    from dbkit.memory import AsyncControlledMemory

    database = dbkit_setup.async_database
    backend = AsyncControlledMemory(database.entities(), emissions=database.emissions())
    yield database(backend, shown_as="memory://")
    _fail_for(request.node, ["a transaction under way"] * backend.open_transactions)


@pytest.fixture
def postgres_db(dbkit_loan: Loan) -> BaseDatabase[Any]:
    """Give the test's database on PostgreSQL, as its template is."""
    return dbkit_loan.database()


@pytest.fixture
def async_postgres_db(dbkit_loan: Loan) -> AsyncBaseDatabase[Any]:
    """Give the test's database on PostgreSQL for async calls; `postgres_db` and `postgres_url` lead to it as well."""
    return dbkit_loan.async_database()


@pytest.fixture
def postgres_url(dbkit_loan: Loan) -> str:
    """Give the URL of the test's database on PostgreSQL, for what connects by itself."""
    return dbkit_loan.url


@pytest.fixture
def make(request: pytest.FixtureRequest, dbkit_setup: Setup) -> Factories:
    """Make valid rows of the setup's entities: the same in each run of the test, others in each test."""
    from dbkit.mock.factories import Factories

    return Factories(seed=request.node.nodeid, entities=dbkit_setup.database.entities())


@pytest.fixture
def dbkit_loan(request: pytest.FixtureRequest, dbkit_kit: Kit, dbkit_setup: Setup) -> Iterator[Loan]:
    """Lend the test a database on PostgreSQL; what the test leaves behind fails it."""
    from dbkit.testing.errors import ServerMissing
    from dbkit.testing.lending import Loan

    item = request.node
    try:
        loan = Loan(dbkit_kit, dbkit_setup, _wanted(item))
    except ServerMissing as error:
        pytest.skip(str(error))
    yield loan
    ended = loan.end(item.nodeid, keep=dbkit_kit.options.keep and has_failed(item))
    if ended.kept:
        note_kept(item, ended.kept)
    _fail_for(item, ended.leaks)


@pytest.fixture(scope="session")
def dbkit_kit(pytestconfig: pytest.Config) -> Iterator[Kit]:
    """Hold what this process of the run keeps from test to test."""
    from dbkit.testing.kit import Kit, Options

    option: Any = pytestconfig.getoption
    kit = Kit(Options(option("--dbkit-postgres"), option("--dbkit-url"), option("--dbkit-keep")))
    yield kit
    kit.close()


def _fail_for(item: pytest.Item, leaks: Sequence[str]) -> None:
    """Fail a test for what it left behind; one that has failed before could not clean up, which says nothing new."""
    if leaks and not has_failed(item):
        pytest.fail(f"{item.nodeid} left behind: {'; '.join(leaks)}", pytrace=False)


def _wanted(item: Any) -> Wanted:
    return wanted_by(item.iter_markers(MARKER), item.config.getoption("--dbkit-backend"))
