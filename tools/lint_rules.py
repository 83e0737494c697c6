"""Write docs/lint.md from the rules of `dbkit migrate lint`.

    python tools/lint_rules.py [--check]

With `--check` it says whether the page is out of date and writes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dbkit.generate.comparing import compared
from dbkit.migrate.linting.page import rules_page
from tools.writer import PROJECT, finish

PAGE = PROJECT / "docs" / "lint.md"


def main(arguments: list[str]) -> int:
    """Write or check the page; return the exit code."""
    return finish(compared(PROJECT, {PAGE: rules_page()}, set()), check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
