"""Generate the interfaces and the mocks of every entity from its value and its model.

    python tools/interfaces.py [--check]

Writes what `dbkit generate` writes for a package, but for the twins, which come from tools/unasync.py; and, for dbkit
alone, `types/_async/unit.py`, `database/_async/repositories.py` and `types/__init__.py`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

DBKIT = Path(__file__).resolve().parent.parent / "dbkit"
sys.path.insert(0, str(DBKIT.parent))

# The package's own module is generated: without it, one that is missing or out of date stops nothing here.
_types = ModuleType("dbkit.types")
_types.__path__ = [str(DBKIT / "types")]
sys.modules[_types.__name__] = _types

from dbkit.generate.generating import compared_interfaces  # noqa: E402
from dbkit.generate.package import Package  # noqa: E402
from tools.writer import finish  # noqa: E402


def main(arguments: list[str]) -> int:
    """Write the interfaces and mocks, or check them."""
    return finish(compared_interfaces(Package(DBKIT.name, DBKIT)), check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
