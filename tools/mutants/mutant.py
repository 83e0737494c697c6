"""Mutants: each is the twin with one mistake in it."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.mutants.kinds import kind_of
from tools.mutants.operators import EXPRESSIONS
from tools.mutants.source import Place, Source
from tools.mutants.statements import STATEMENTS

__all__ = ["OPERATORS", "Mutant", "mutants_in", "twin_sources"]

OPERATORS = (*EXPRESSIONS, *STATEMENTS)

_WITHOUT_RULES = frozenset({"__init__", "controlled", "controlled_memory", "database", "stepping"})


@dataclass(frozen=True)
class Mutant:
    """One change of one source file.

    `id` says where it is, as long as the file stays as it is; `anchor` is the syntax tree's node that runs where the
    change does, None where that is at import.
    """

    id: str
    source: Source
    line: int
    function: str
    operator: str
    kind: str
    node: ast.AST
    text: str
    anchor: ast.AST | None

    @property
    def where(self) -> str:
        """The place, as editors open it."""
        return f"{self.source.name}:{self.line}"

    @property
    def before(self) -> str:
        """The text that is replaced, in one line."""
        return " ".join(self.source.text_of(self.node).split())

    @property
    def mutated(self) -> str:
        """The file's text with the mistake."""
        return self.source.replaced(self.node, self.text)


def twin_sources(project: Path) -> list[Source]:
    """Return the files of the in-memory twin; each pair of colours once, as the async one that is written by hand.

    What tests do with a twin is no rule of PostgreSQL's: the folder `control` is left out, and what lets sessions stop
    and faults come about.
    """
    folder = project / "dbkit" / "memory"
    paths = sorted(path for part in (folder, folder / "_async") for path in part.glob("*.py"))
    return [Source.read(project, path) for path in paths if path.stem not in _WITHOUT_RULES]


def mutants_in(source: Source) -> Iterator[Mutant]:
    """Yield every mutant of a file, in the order of its lines."""
    seen: set[str] = set()
    numbers = Counter[str]()
    for place in source.places():
        for operator in OPERATORS:
            for node, text in operator.changes(place):
                mutated = source.replaced(node, text)
                if mutated in seen or not source.knows(text):
                    # Two mistakes may come to the same text.
                    continue
                seen.add(mutated)
                assert isinstance(node, ast.stmt | ast.expr)
                stem = f"{Path(source.name).stem}:{node.lineno}:{operator.name}"
                numbers[stem] += 1
                yield _mutant(source, place, f"{stem}:{numbers[stem]}", operator.name, (node, text))


def _mutant(source: Source, place: Place, name: str, operator: str, change: tuple[ast.stmt | ast.expr, str]) -> Mutant:
    node, text = change
    function = ".".join(place.path)
    kind = kind_of(source.name, function)
    return Mutant(name, source, node.lineno, function, operator, kind, node, text, place.anchor)
