"""What a test leaves behind fails it, by its name, and the next test finds nothing of it."""

from __future__ import annotations

import pytest

from tests.testing.suites import Run

AFTER = """
def test_after(postgres_db):
    fill(postgres_db)
    assert postgres_db.organizations.count() == 1
    assert postgres_db.execute(text("SHOW work_mem"))[0]["work_mem"] == "4MB"
    assert not postgres_db.execute(text("SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())"))
"""

KEPT_OPEN = """
kept_open = []

@pytest.fixture(scope="module", autouse=True)
def let_go():
    yield
    while kept_open:
        each = kept_open.pop()
        with contextlib.suppress(Exception):
            each.close() if hasattr(each, "close") else each.__exit__(None, None, None)
"""

LEAKS = {
    "transaction": (
        """
def test_it(postgres_db):
    kept_open.append(postgres_db.transaction())
    tx = kept_open[-1].__enter__()
    tx.organizations.count()
""",
        "a connection that was not given back, in an open transaction",
    ),
    "session": (
        """
def test_it(postgres_db):
    kept_open.append(postgres_db.session())
    kept_open[-1].__enter__().execute(text("SELECT 1"))
""",
        "a connection that was not given back, in an open transaction",
    ),
    "setting": (
        """
def test_it(postgres_db):
    postgres_db.execute(text("SET work_mem = '5MB'"))
""",
        "the setting work_mem = 5120",
    ),
    "role": (
        """
def test_it(postgres_db):
    postgres_db.execute(text("SET ROLE pg_monitor"))
""",
        "the role pg_monitor",
    ),
    "lock": (
        """
def test_it(postgres_db):
    postgres_db.execute(text("SELECT pg_advisory_lock(7)"))
""",
        "1 advisory locks",
    ),
    "subscription": (
        """
def test_it(postgres_db):
    postgres_db.execute(text("LISTEN news"))
""",
        "a subscription to news",
    ),
    "another database": (
        """
def test_it(postgres_url):
    import psycopg
    kept_open.append(psycopg.connect(postgres_url, application_name="other"))
    kept_open[-1].execute("SELECT * FROM organizations")
""",
        "another session in the database, of the application 'other'",
    ),
    "another session of a clone": (
        """
@pytest.mark.dbkit(isolation="clone")
def test_it(postgres_url):
    import psycopg
    kept_open.append(psycopg.connect(postgres_url, application_name="other"))
""",
        "another session in the database, of the application 'other'",
    ),
    "transaction in memory": (
        """
def test_it(memory_db):
    kept_open.append(memory_db.transaction())
    kept_open[-1].__enter__()
""",
        "a transaction under way",
    ),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_leak(run: Run, leak: str) -> None:
    function, says = LEAKS[leak]
    result = run(KEPT_OPEN + function + AFTER)
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines([f"*test_suite.py::test_it left behind: {says}*"])


ASYNC_LEAKS = {
    "transaction": (
        """
async def test_it(async_postgres_db):
    kept_open.append(async_postgres_db.transaction())
    await (await kept_open[-1].__aenter__()).organizations.count()
""",
        "a connection that was not given back, in an open transaction",
    ),
    "setting": (
        """
async def test_it(async_postgres_db):
    await async_postgres_db.execute(text("SET work_mem = '5MB'"))
""",
        "the setting work_mem = 5120",
    ),
    "transaction in memory": (
        """
async def test_it(async_memory_db):
    kept_open.append(async_memory_db.transaction())
    await kept_open[-1].__aenter__()
""",
        "a transaction under way",
    ),
}


ASYNC_AFTER = """
async def test_async_after(async_postgres_db):
    await fill_async(async_postgres_db)
    while kept_open:
        with contextlib.suppress(dbkit.types.DbkitError):
            await kept_open.pop().__aexit__(None, None, None)
"""


@pytest.mark.parametrize("leak", ASYNC_LEAKS)
def test_an_async_leak(run: Run, leak: str) -> None:
    """On a loop that goes on; one that ends with the test ends its transactions itself."""
    function, says = ASYNC_LEAKS[leak]
    marked = (function + ASYNC_AFTER).replace("async def", "@pytest.mark.asyncio(loop_scope='session')\nasync def")
    result = run(KEPT_OPEN + marked + AFTER)
    result.assert_outcomes(passed=3, errors=1)
    result.stdout.fnmatch_lines([f"*test_suite.py::test_it left behind: {says}*"])


@pytest.mark.parametrize("database", ["async_memory_db", "async_postgres_db"])
def test_a_forgotten_task(run: Run, database: str) -> None:
    result = run(
        f"""
async def sleeps():
    await asyncio.Event().wait()

@pytest.mark.asyncio(loop_scope="session")
async def test_it({database}):
    await fill_async({database})
    asyncio.create_task(sleeps(), name="sleeper")

@pytest.mark.asyncio(loop_scope="session")
async def test_that_waits_for_its_tasks({database}):
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "sleeper"]
    await asyncio.create_task(fill_async({database}))
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*test_suite.py::test_it left tasks behind that nobody waits for: sleeps (sleeper)*"])


def test_a_task_of_a_fixture_is_not_the_tests(run: Run) -> None:
    result = run(
        """
import pytest_asyncio

@pytest_asyncio.fixture
async def served():
    task = asyncio.create_task(asyncio.Event().wait())
    yield
    task.cancel()

@pytest.mark.asyncio
async def test_it(served, async_db): ...
"""
    )
    result.assert_outcomes(passed=1)


def test_a_test_that_fails_is_not_blamed_for_what_it_could_not_clean_up(run: Run) -> None:
    result = run(
        KEPT_OPEN
        + """
def test_it(postgres_db):
    kept_open.append(postgres_db.transaction())
    kept_open[-1].__enter__()
    raise RuntimeError
"""
        + AFTER
    )
    result.assert_outcomes(passed=1, failed=1)


def test_closing_what_was_lent_is_no_leak(run: Run) -> None:
    result = run("def test_it(postgres_db): postgres_db.close()" + AFTER)
    result.assert_outcomes(passed=2)
