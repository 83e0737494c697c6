"""The arrows between packages hold, and each contract notices its breach."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import grimp
import pytest

Tool = Callable[..., subprocess.CompletedProcess[str]]
Plant = Callable[[str, str], Path]

LINT = ("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")

BREACHES = [
    ("layers", "types/planted.py", "import dbkit.models.base"),
    ("layers", "verbs/planted.py", "import dbkit.database.url"),
    ("layers", "sqldb/planted.py", "import dbkit.embedded.server"),
    ("layers", "migrate/planted.py", "import dbkit.cli.planted"),
    ("layers", "models/planted.py", "from dbkit import connect"),
    ("layers", "stray/__init__.py", "import dbkit.types"),
    ("types", "types/planted.py", "import sqlalchemy"),
    ("types", "types/planted.py", "def late():\n    import psycopg.errors"),
    ("twins", "sqldb/planted.py", "import dbkit.memory.ordered"),
    ("twins", "memory/planted.py", "import dbkit.sqldb.errors"),
    ("driver", "memory/planted.py", "import psycopg"),
    ("driver", "mock/planted.py", "import psycopg_pool"),
    ("driver", "memory/planted.py", "import dbkit.sqldb.errors"),
    ("testing", "database/planted.py", "import dbkit.testing.capabilities"),
    ("testing", "cli/planted.py", "import pytest"),
    ("async", "database/_async/planted.py", "import dbkit.database._sync.database"),
    ("async", "database/_async/planted.py", "import dbkit.database.planted"),
    ("sync", "verbs/_sync/planted.py", "import dbkit.verbs._async.repository"),
    ("sync", "types/_sync/planted.py", "import dbkit.verbs._async.backend"),
]

# What some breaches go through.
STEPS = {"cli/planted.py": "", "database/planted.py": "import dbkit.database._sync.database"}


def test_arrows(tool: Tool) -> None:
    result = tool(*LINT)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(("contract", "module", "text"), BREACHES)
def test_breach_is_noticed(tool: Tool, plant: Plant, contract: str, module: str, text: str) -> None:
    for step, step_text in {**STEPS, module: text}.items():
        plant(f"dbkit/{step}", f"{step_text}\n")
    result = tool(*LINT, "--contract", contract)
    assert result.returncode == 1
    assert "BROKEN" in result.stdout


def test_every_contract_has_a_breach() -> None:
    contracts = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in contracts} == {contract for contract, _, _ in BREACHES}


def test_types_import_pydantic_and_the_standard_library_only() -> None:
    graph = grimp.build_graph("dbkit", include_external_packages=True, cache_dir=None)
    imported = {
        package
        for module in {"dbkit.types", *graph.find_descendants("dbkit.types")}
        for name in graph.find_modules_directly_imported_by(module)
        if (package := name.partition(".")[0]) not in sys.stdlib_module_names
    }
    assert imported == {"dbkit", "pydantic", "pydantic_core"}


@pytest.mark.parametrize(
    ("statement", "unwanted"),
    [
        ("import dbkit", {"sqlalchemy", "psycopg", "pydantic", "dbkit.database"}),
        ("import dbkit.types", {"sqlalchemy", "psycopg", "pytest", "dbkit.database"}),
        ("import dbkit.mock, dbkit.testing.fix_mocks", {"sqlalchemy", "pydantic", "dbkit.models"}),
        ("from dbkit.mock import MockGroups", {"psycopg", "pytest", "dbkit.operations", "dbkit.mock._sync.connection"}),
        ("import dbkit; dbkit.connect('memory://')", {"psycopg", "psycopg_pool", "pytest", "dbkit.testing"}),
    ],
)
def test_loads_no_more_than_it_needs(statement: str, unwanted: set[str]) -> None:
    shown = f"{statement}; import sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True).stdout.split()
    assert not unwanted & set(loaded)
