"""How statements are bent: what they do is left out, done too seldom, or answered otherwise."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.mutants.operators import Change, Operator
from tools.mutants.source import AnyFunction, Place

__all__ = ["STATEMENTS", "DroppedStatement", "FirstOnly", "OtherResult", "SkippedLoop", "UncaughtError"]


class DroppedStatement(Operator):
    """A statement is forgotten: a call, a change of something that lasts, an error that should be raised."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Drop what has an effect beyond the names of its function."""
        node = place.node
        if isinstance(node, ast.Expr):
            has_effect = isinstance(node.value, ast.Call | ast.Await)
        elif isinstance(node, ast.Assign):
            has_effect = not _makes_object(place) and any(map(_lasts, node.targets))
        elif isinstance(node, ast.Delete):
            has_effect = any(map(_lasts, node.targets))
        else:
            has_effect = isinstance(node, ast.AugAssign | ast.Raise | ast.Continue | ast.Break)
        if has_effect:
            yield Change(node, "pass")


class SkippedLoop(Operator):
    """A loop does nothing."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Give the loop nothing to go over."""
        if isinstance(place.node, ast.For):
            yield Change(place.node.iter, "()")


class FirstOnly(Operator):
    """A loop ends after its first turn: of several rules one is kept."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Give the loop the first of what it goes over."""
        if isinstance(place.node, ast.For):
            yield Change(place.node.iter, f"list({ast.unparse(place.node.iter)})[:1]")


class OtherResult(Operator):
    """A question is always answered alike; what may be None always is."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Replace what is returned, as far as the function's annotation lets a caller expect it."""
        node = place.node
        if not isinstance(node, ast.Return) or node.value is None or place.function is None:
            return
        for text in _results(place.function):
            if ast.unparse(node.value) != text:
                yield Change(node.value, text)


class UncaughtError(Operator):
    """An error that is dealt with is let through."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Raise the error again, where its handler would not."""
        node = place.node
        if isinstance(node, ast.ExceptHandler) and not any(isinstance(each, ast.Raise) for each in node.body):
            yield Change(node.body[0], "raise")


STATEMENTS: tuple[Operator, ...] = (
    DroppedStatement(),
    SkippedLoop(),
    FirstOnly(),
    OtherResult(),
    UncaughtError(),
)


def _makes_object(place: Place) -> bool:
    """Tell whether this is in a constructor: an object without its attributes only crashes."""
    return place.function is not None and place.function.name == "__init__"


def _lasts(target: ast.expr) -> bool:
    if isinstance(target, ast.Tuple):
        return any(map(_lasts, target.elts))
    return isinstance(target, ast.Attribute | ast.Subscript)


def _results(function: AnyFunction) -> list[str]:
    returns = "" if function.returns is None else ast.unparse(function.returns)
    parts = {part.strip() for part in returns.split("|")}
    found = ["True", "False"] if "bool" in parts else []
    return [*found, "None"] if parts & {"None", "Any", "Evaluate"} else found
