"""Which database a test gets: by the marker, the options, or by name."""

from __future__ import annotations

import pytest

from tests.testing.suites import Run


def test_memory_unless_something_else_is_said(run: Run) -> None:
    result = run(
        """
def test_sync(db):
    fill(db)
    assert (kind(db), db.organizations.count()) == ("memory", 1)

@pytest.mark.asyncio
async def test_async(async_db):
    await fill_async(async_db)
    assert (kind(async_db), await async_db.organizations.count()) == ("memory", 1)
"""
    )
    result.assert_outcomes(passed=2)


SHOWS_KIND = """
def test_sync(db):
    fill(db)
    print(f"kind={kind(db)}")
"""


@pytest.mark.parametrize("backend", ["memory", "postgres"])
def test_the_option_says_which(run: Run, backend: str) -> None:
    result = run(SHOWS_KIND, "--dbkit-backend", backend, "-s")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines([f"*kind={backend}*"])


def test_both_run_a_test_twice(run: Run) -> None:
    result = run(SHOWS_KIND, "--dbkit-backend", "both", "-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(["*test_sync?memory?*", "*test_sync?postgres?*"])


def test_the_marker_wins_over_the_option_and_a_close_one_over_one_of_the_file(run: Run) -> None:
    result = run(
        """
pytestmark = pytest.mark.dbkit(backend="memory", isolation="clone")

def test_of_the_file(db):
    assert kind(db) == "memory"

@pytest.mark.dbkit(backend="postgres")
def test_its_own(db, postgres_url):
    assert kind(db) == "postgres"
""",
        "--dbkit-backend=postgres",
    )
    result.assert_outcomes(passed=2)


def test_each_by_its_name(run: Run) -> None:
    result = run(
        """
@pytest.mark.asyncio
async def test_names(memory_db, async_memory_db, postgres_db, async_postgres_db, postgres_url):
    assert [kind(db) for db in (memory_db, async_memory_db)] == ["memory", "memory"]
    stored = fill(postgres_db)
    assert await async_postgres_db.organizations.get(stored.id) == stored
    with dbkit.connect(postgres_url) as db:
        assert db.organizations.get(stored.id) == stored
"""
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("ini", ["asyncio_mode = auto", "asyncio_mode = strict"])
@pytest.mark.parametrize("scope", ["function", "session"])
def test_any_mode_and_any_loop(run: Run, pytester: pytest.Pytester, ini: str, scope: str) -> None:
    pytester.makeini(
        f"[pytest]\nfilterwarnings = error\n{ini}\nasyncio_default_fixture_loop_scope = {scope}\n"
        f"asyncio_default_test_loop_scope = {scope}\n"
    )
    result = run(
        """
import pytest_asyncio

@pytest_asyncio.fixture
async def filled(async_db):
    yield await fill_async(async_db)
    assert await async_db.organizations.count() == 1

@pytest.mark.asyncio
@pytest.mark.parametrize("time", range(3))
async def test_async(async_db, filled, time):
    assert await async_db.organizations.get(filled.id) == filled

@pytest.mark.asyncio(loop_scope="module")
async def test_another_loop(async_db):
    assert await async_db.organizations.count() == 0
""",
        "--dbkit-backend=both",
    )
    result.assert_outcomes(passed=8)


def test_a_marker_that_says_nonsense_is_refused_while_tests_are_collected(run: Run) -> None:
    result = run("@pytest.mark.dbkit(backend='mysql')\ndef test_it(): ...")
    result.assert_outcomes(errors=1)
    wanted = (
        "*test_suite.py::test_it: @pytest.mark.dbkit: there is no backend 'mysql'; choose one of memory, postgres, both"
    )
    result.stdout.fnmatch_lines([wanted])
    assert result.ret == pytest.ExitCode.INTERRUPTED


def test_an_option_that_says_nonsense_is_refused(run: Run) -> None:
    assert run("def test_it(): ...", "--dbkit-backend=mysql").ret == pytest.ExitCode.USAGE_ERROR
    assert run("def test_it(): ...", "--dbkit-postgres=somewhere").ret == pytest.ExitCode.USAGE_ERROR


def test_a_revision_that_no_line_has_is_refused(run: Run) -> None:
    result = run("@pytest.mark.dbkit(schema='create_nothing')\ndef test_it(db): ...")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*RevisionUnknown: no revision of the line goes by 'create_nothing'*"])


def test_code_under_test_learns_that_this_is_a_test(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "def test_it(): assert os.environ['DBKIT_ENV'] == {!r}"
    run(told.format("test")).assert_outcomes(passed=1)
    monkeypatch.setenv("DBKIT_ENV", "preview")
    run(told.format("preview")).assert_outcomes(passed=1)


def test_schemas(run: Run) -> None:
    result = run(
        """
TABLES = text("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')")

def tables(db):
    return {row["relname"] for row in db.execute(TABLES)}

@pytest.mark.dbkit(schema="empty")
def test_empty(db):
    assert tables(db) == set()

@pytest.mark.dbkit(schema="create_read_states")
def test_revision(db):
    assert "read_states" in tables(db)
    assert "audit_events" not in tables(db)

def test_head(postgres_db):
    assert "audit_events" in tables(postgres_db)
"""
    )
    result.assert_outcomes(passed=3)


def test_a_setup_of_ones_own(run: Run, pytester: pytest.Pytester) -> None:
    """Two folders, each with its setup, in one run."""
    pytester.makepyfile(
        shop="""
from sqlalchemy import MetaData, Table, Column, Text
import dbkit

METADATA = MetaData()
Table("things", METADATA, Column("name", Text, primary_key=True))

class Shop(dbkit.Database):
    pass
"""
    )
    setup = (
        "import shop\nfrom dbkit.testing import Setup\nimport pytest\n\n@pytest.fixture(scope='session')\n"
        "def dbkit_setup():\n    return Setup(database=shop.Shop, lines=(), metadata=(shop.METADATA,))\n"
    )
    inner = pytester.mkdir("inner")
    (inner / "conftest.py").write_text(setup)
    (inner / "test_inner.py").write_text(
        "from sqlalchemy import text\n\ndef test_it(postgres_db):\n    assert type(postgres_db).__name__ == 'Shop'\n"
        "    assert not postgres_db.execute(text('SELECT * FROM things'))\n"
    )
    pytester.syspathinsert()
    run("def test_outer(postgres_db): fill(postgres_db)").assert_outcomes(passed=2)


def test_rows_are_made_from_the_name_of_the_test(run: Run) -> None:
    functions = """
@pytest.mark.parametrize("time", [1, 2])
def test_it(make, db, time):
    print(f"made={make.connection.create(db).consumer_ref}")
"""
    shown = [[line for line in run(functions, "-s").outlines if "made=" in line] for _ in range(2)]
    assert shown[0] == shown[1]
    assert len(set(shown[0])) == 2
