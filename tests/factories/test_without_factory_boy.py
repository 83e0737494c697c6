"""An install without the extra: all but factories works, and what does not says what it lacks."""

from __future__ import annotations

import subprocess
import sys

import pytest

BLOCKED = """
import sys
from importlib.abc import MetaPathFinder

class Missing(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("factory", "faker"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
"""


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", BLOCKED + code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import dbkit, dbkit.types, dbkit.mock, dbkit.mock.factories, dbkit.seeds, dbkit.cli.main",
        "from dbkit.mock import MockConnections",
        """
import dbkit
from dbkit.seeds import load, small_world
with dbkit.connect('memory://') as db:
    assert sum(load(db, small_world()).stored.values())
""",
        """
from dbkit.mock.rows.samples import Samples
from dbkit.models import ENTITIES, PROJECTS
Samples(ENTITIES).plan(PROJECTS, {}).row.new
""",
    ],
)
def test_what_needs_no_factories_works(code: str) -> None:
    done = run(code)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "from dbkit.mock.factories import Factories",
        "from dbkit.mock.factories import EntityFactory",
        "from dbkit.seeds import generated_world\ngenerated_world(1)",
    ],
)
def test_what_needs_them_says_what_to_install(code: str) -> None:
    done = run(code)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("dbkit.types.errors.ConfigurationInvalid: factories need factory-boy")
    assert "pip install 'dbkit[factories]'" in last


def test_the_command_says_so_too() -> None:
    arguments = ["dbkit", "db", "seed", "memory://", "--organizations", "1"]
    done = run(f"from dbkit.cli.main import main\nsys.argv = {arguments}\nmain()")
    assert done.returncode == 2
    assert "pip install 'dbkit[factories]'" in done.stderr
    assert "Traceback" not in done.stderr
