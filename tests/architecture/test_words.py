"""What every file says of itself, and what none may say."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import PROJECT, documents, sources

# Written apart, so that this file does not say them.
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|NotImplemented" r"Error)\b")
MACHINE = re.compile(r"(?<![\w.])(/wo" r"rk/|/ro" r"ot/|/ho" r"me/\w|/Us" r"ers/\w)")


@pytest.mark.parametrize("pattern", [UNFINISHED, MACHINE], ids=["unfinished", "machine"])
def test_words_that_no_file_has(pattern: re.Pattern[str]) -> None:
    found = [
        f"{path.relative_to(PROJECT)}:{number}: {line.strip()}"
        for path in [*(source.path for source in sources()), *documents()]
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if pattern.search(line)
    ]
    assert found == []


def test_every_module_says_what_it_is_for() -> None:
    modules = [source for source in sources("dbkit", "tools") if source.tree.body]
    assert [source.name for source in modules if ast.get_docstring(source.tree) is None] == []
