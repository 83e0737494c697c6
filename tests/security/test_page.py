"""The page of security names tests that exist."""

from __future__ import annotations

import ast
import re

from tests.docs.pages import PROJECT, Document

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def test_every_control_names_tests_that_exist() -> None:
    rows = [line for line in Document("docs/security.md").text.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == 10
    for row in rows:
        named = NAMED.findall(row)
        assert named, row
        for path, name in named:
            tree = ast.parse((PROJECT / path).read_text())
            functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
            assert name in functions, f"{path} has no {name}"
