"""The text of each technique, as a digest: what released revisions rely on must not change unnoticed.

`python -m tests.migrations.frozen` writes the digests anew.
"""

from __future__ import annotations

import ast
import hashlib
import json
from pathlib import Path

from dbkit.migrate import techniques

KEPT = Path(__file__).with_name("techniques.json")


def digests() -> dict[str, str]:
    """Return a digest of each function and constant, without docstrings, comments and blank lines."""
    source = Path(techniques.__file__).read_text()
    lines = source.splitlines()
    found = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            words = _docstring_lines(node)
            decorated = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            body = [number for number in range(decorated, (node.end_lineno or 0) + 1) if number not in words]
            found[node.name] = _digest([lines[number - 1] for number in body])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) != "__all__":
            found[ast.unparse(node.targets[0])] = _digest(lines[node.lineno - 1 : node.end_lineno])
    return dict(sorted(found.items()))


def kept() -> dict[str, str]:
    """Return the digests of before."""
    found: dict[str, str] = json.loads(KEPT.read_text())
    return found


def _docstring_lines(node: ast.FunctionDef) -> range:
    if ast.get_docstring(node) is None:
        return range(0)
    return range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)


def _digest(lines: list[str]) -> str:
    said = [line.rstrip() for line in lines if line.strip() and not line.strip().startswith("#")]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


if __name__ == "__main__":
    KEPT.write_text(json.dumps(digests(), indent=2) + "\n")
