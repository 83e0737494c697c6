"""Code that notes where it has been: which tests reach which statement."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Final

from tools.mutants.source import AnyFunction, Source

__all__ = ["PROBE", "Probes"]

PROBE: Final = "__reach__"
"""The name under which the code of a source with probes finds what takes a probe's number."""


class Probes:
    """The probes of some sources: one for each statement of a function and each lambda.

    A lambda has its own because it may run long after the statement that made it, in another test.
    """

    def __init__(self, sources: Iterable[Source]) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.texts = {source: self._instrumented(source) for source in sources}

    def number(self, source: Source, anchor: ast.AST) -> int:
        """Return the number that is noted where a statement or lambda of a source runs."""
        return self._numbers[_position(source, anchor)]

    def _instrumented(self, source: Source) -> str:
        def probe(anchor: ast.AST) -> int:
            return self._numbers.setdefault(_position(source, anchor), len(self._numbers))

        # Parsed anew: the tree of the source is whoever else's as well.
        tree = _Instrumentation(probe).visit(ast.parse(source.text))
        return ast.unparse(ast.fix_missing_locations(tree))


class _Instrumentation(ast.NodeTransformer):
    """Puts probes into functions and lambdas; what runs at import runs in every test."""

    def __init__(self, probe: Callable[[ast.AST], int]) -> None:
        self._probe = probe
        self._depth = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._in_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        return self._in_function(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        call = self._call(node)
        self.generic_visit(node)
        # A set's `add` returns None.
        node.body = ast.BoolOp(ast.Or(), [call, node.body])
        return node

    def generic_visit(self, node: ast.AST) -> ast.AST:
        probes = {child: self._call(child) for child in ast.iter_child_nodes(node) if self._is_probed(node, child)}
        super().generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            statements = getattr(node, field, None)
            if isinstance(statements, list):
                setattr(node, field, [part for each in statements for part in _after_probe(each, probes.get(each))])
        return node

    def _in_function(self, node: AnyFunction) -> ast.AST:
        self._depth += 1
        self.generic_visit(node)
        self._depth -= 1
        return node

    def _is_probed(self, parent: ast.AST, child: ast.AST) -> bool:
        return self._depth > 0 and isinstance(child, ast.stmt) and not isinstance(parent, ast.ClassDef)

    def _call(self, anchor: ast.AST) -> ast.expr:
        return ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(self._probe(anchor))], [])


def _after_probe(statement: ast.stmt, probe: ast.expr | None) -> list[ast.stmt]:
    return [statement] if probe is None else [ast.Expr(probe), statement]


def _position(source: Source, node: ast.AST) -> tuple[str, int, int]:
    assert isinstance(node, ast.stmt | ast.expr)
    return source.name, node.lineno, node.col_offset
