"""Write generated files, or check that the committed ones are what would be written."""

from __future__ import annotations

import difflib
import subprocess
import sys
from collections.abc import Mapping, Set
from pathlib import Path

__all__ = ["PROJECT", "finish", "formatted"]

PROJECT = Path(__file__).resolve().parent.parent


def formatted(text: str, path: Path) -> str:
    """Return Python source as the project's formatter leaves it."""
    ruff = [sys.executable, "-m", "ruff"]
    name = f"--stdin-filename={path}"
    sorted_imports = [*ruff, "check", "--select", "I,F401,RUF022", "--fix-only", "--quiet", name, "-"]
    for command in (sorted_imports, [*ruff, "format", "--quiet", name, "-"]):
        text = subprocess.run(command, input=text, capture_output=True, text=True, check=True, cwd=PROJECT).stdout
    return text


def finish(wanted: Mapping[Path, str], existing: Set[Path], *, check: bool) -> int:
    """Make the files what is wanted, removing others; or, checking, show the differences and return 1."""
    stale = [path for path, text in wanted.items() if not path.exists() or path.read_text() != text]
    extra = sorted(existing - set(wanted))
    if check:
        for path in stale:
            _show_difference(path, wanted[path])
        for path in extra:
            sys.stdout.write(f"{path.relative_to(PROJECT)}: nothing generates this file\n")
        return 1 if stale or extra else 0
    for path in stale:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted[path])
    for path in extra:
        path.unlink()
    return 0


def _show_difference(path: Path, text: str) -> None:
    committed = path.read_text().splitlines() if path.exists() else []
    name = str(path.relative_to(PROJECT))
    difference = difflib.unified_diff(committed, text.splitlines(), name, f"{name} as generated", lineterm="")
    sys.stdout.writelines(f"{line}\n" for line in difference)
