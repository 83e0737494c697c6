"""Generate each `_sync/` folder from the `_async/` folder beside it.

    python tools/unasync.py [--check] [ROOT ...]

With `--check` nothing is written: the twin is generated into an empty folder and compared both ways, so that a
stale file, a missing file, an extra file and a hand edit are all found. A replacement that no file needs any more
is an error.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dbkit.generate.colours import REPLACEMENTS, replacements_in
from dbkit.generate.generating import compared_twins
from dbkit.generate.package import Package
from tools.writer import PROJECT, finish

FOLDERS = [PROJECT / "dbkit", PROJECT / "tests", PROJECT / "benchmarks"]


def main(arguments: list[str]) -> int:
    """Write the twins, or check them."""
    folders = [Path(argument).resolve() for argument in arguments if not argument.startswith("--")]
    unused = set[str]() if folders else _unused()
    if unused:
        sys.stderr.write(f"tools/unasync.py: no file needs these replacements any more: {sorted(unused)}\n")
        return 1
    comparison = compared_twins(Package("dbkit", PROJECT / "dbkit"), folders or FOLDERS)
    return finish(comparison, check="--check" in arguments)


def _unused() -> set[str]:
    sources = (path.read_text() for folder in FOLDERS for path in folder.rglob("_async/**/*.py"))
    return set(REPLACEMENTS).difference(*map(replacements_in, sources))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
