"""How expressions are bent: each operator makes one kind of mistake, wherever it can be made."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import NamedTuple

from dbkit.types import errors
from tools.mutants.source import AnyFunction, Place

__all__ = [
    "EXPRESSIONS",
    "BentComparison",
    "Change",
    "DroppedKeyword",
    "DroppedMember",
    "DroppedOperand",
    "ForcedBranch",
    "LostOrder",
    "NegatedConstant",
    "Operator",
    "OtherName",
    "OtherText",
    "ShiftedNumber",
    "SwappedArguments",
    "SwappedArithmetic",
    "SwappedConnective",
    "TurnedComparison",
    "TurnedSign",
]


class Change(NamedTuple):
    """A node, and the text that takes its place."""

    node: ast.AST
    text: str


class Operator(ABC):
    """One kind of mistake."""

    @property
    def name(self) -> str:
        """What reports call it."""
        return type(self).__name__

    @abstractmethod
    def changes(self, place: Place) -> Iterator[Change]:
        """Yield the changes that this mistake makes of a node."""


class BentComparison(Operator):
    """A bound is taken in or left out: `<` for `<=`."""

    _OTHERS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
        ast.Lt: ast.LtE,
        ast.LtE: ast.Lt,
        ast.Gt: ast.GtE,
        ast.GtE: ast.Gt,
    }

    def changes(self, place: Place) -> Iterator[Change]:
        """Bend each link of a chain of comparisons."""
        yield from _compared(place.node, self._OTHERS)


class TurnedComparison(Operator):
    """A comparison says the opposite: `!=` for `==`, `is not` for `is`."""

    _OTHERS: Mapping[type[ast.cmpop], type[ast.cmpop]] = {
        ast.Eq: ast.NotEq,
        ast.NotEq: ast.Eq,
        ast.Is: ast.IsNot,
        ast.IsNot: ast.Is,
        ast.In: ast.NotIn,
        ast.NotIn: ast.In,
        ast.Lt: ast.GtE,
        ast.GtE: ast.Lt,
        ast.Gt: ast.LtE,
        ast.LtE: ast.Gt,
    }

    def changes(self, place: Place) -> Iterator[Change]:
        """Turn each link of a chain of comparisons."""
        yield from _compared(place.node, self._OTHERS)


class SwappedConnective(Operator):
    """`or` for `and`, and the other way round."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Swap the connective."""
        node = place.node
        if isinstance(node, ast.BoolOp):
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield Change(node, _text(ast.BoolOp(other, node.values)))


class DroppedOperand(Operator):
    """One part of a condition is forgotten, or its negation is."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Drop each part in turn."""
        node = place.node
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield Change(node, _text(node.operand))
        elif isinstance(node, ast.BoolOp):
            for number in range(len(node.values)):
                left = [value for other, value in enumerate(node.values) if other != number]
                yield Change(node, _text(left[0] if len(left) == 1 else ast.BoolOp(node.op, left)))


class ForcedBranch(Operator):
    """A condition is not looked at: its branch is always taken, or never."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Force both branches of a condition, and let all through where rows are chosen."""
        node = place.node
        if isinstance(node, ast.If | ast.IfExp):
            yield Change(node.test, "True")
            yield Change(node.test, "False")
        elif isinstance(node, ast.comprehension):
            for test in node.ifs:
                yield Change(test, "True")


class NegatedConstant(Operator):
    """True for False, and the other way round, in defaults of parameters too."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Negate a constant."""
        node = place.node
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            yield Change(node, str(not node.value))


class ShiftedNumber(Operator):
    """A number is off by one."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Add one to an integer."""
        node = place.node
        if isinstance(node, ast.Constant) and type(node.value) is int:
            yield Change(node, str(node.value + 1))


class OtherText(Operator):
    """A text that is compared with, or an error's SQLSTATE, is another one."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Change what is compared with, and SQLSTATEs."""
        node = place.node
        found: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            found = [node.left, *node.comparators]
        elif isinstance(node, ast.Call):
            found = [keyword.value for keyword in node.keywords if keyword.arg == "sqlstate"]
            found += node.args if isinstance(node.func, ast.Name) and node.func.id == "ValueRefused" else []
        for each in found:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                yield Change(each, repr(f"{each.value}?"))


class SwappedArithmetic(Operator):
    """`-` for `+`, and the like."""

    _OTHERS: Mapping[type[ast.operator], type[ast.operator]] = {
        ast.Add: ast.Sub,
        ast.Sub: ast.Add,
        ast.Mult: ast.FloorDiv,
        ast.Div: ast.Mult,
        ast.FloorDiv: ast.Mult,
        ast.Mod: ast.FloorDiv,
        ast.LShift: ast.RShift,
        ast.RShift: ast.LShift,
        ast.BitAnd: ast.BitOr,
        ast.BitOr: ast.BitAnd,
    }

    def changes(self, place: Place) -> Iterator[Change]:
        """Swap an operator, but not where it unites types."""
        node = place.node
        if isinstance(node, ast.BinOp) and type(node.op) in self._OTHERS and not _is_union(node):
            yield Change(node, _text(ast.BinOp(node.left, self._OTHERS[type(node.op)](), node.right)))


class TurnedSign(Operator):
    """A minus is forgotten."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Drop the sign."""
        node = place.node
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            yield Change(node, _text(node.operand))


class SwappedArguments(Operator):
    """Two arguments of one type are given in the wrong order."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Swap neighbours of a call that a type checker could not tell apart; others would only crash."""
        node = place.node
        if not isinstance(node, ast.Call):
            return
        for number, (first, second) in enumerate(pairwise(node.args)):
            if _are_alike(first, second, place.function):
                swapped = [*node.args]
                swapped[number : number + 2] = second, first
                yield Change(node, _text(ast.Call(node.func, swapped, node.keywords)))


class DroppedMember(Operator):
    """A set, a table or a list of names lacks one of its members."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Drop each member of a literal in turn; of tuples only where something is looked for in them."""
        node = place.node
        if isinstance(node, ast.Set | ast.List) and len(node.elts) > 1:
            yield from self._without(node, node.elts)
        elif isinstance(node, ast.Dict) and len(node.values) > 1:
            for number in range(len(node.values)):
                keys = [key for other, key in enumerate(node.keys) if other != number]
                values = [value for other, value in enumerate(node.values) if other != number]
                yield Change(node, _text(ast.Dict(keys, values)))
        elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            yield from self._of_tuple(node.comparators[0])
        elif isinstance(node, ast.Call) and _called(node) == "isinstance":
            yield from self._of_union(node.args[1])

    def _without(self, node: ast.Set | ast.List | ast.Tuple, elements: list[ast.expr]) -> Iterator[Change]:
        for number in range(len(elements)):
            left = [element for other, element in enumerate(elements) if other != number]
            smaller = ast.Tuple(left, ast.Load()) if isinstance(node, ast.Tuple) else type(node)(left)
            yield Change(node, _text(smaller))

    def _of_tuple(self, node: ast.expr) -> Iterator[Change]:
        if isinstance(node, ast.Tuple) and len(node.elts) > 1:
            yield from self._without(node, node.elts)

    def _of_union(self, node: ast.expr) -> Iterator[Change]:
        if isinstance(node, ast.BinOp):
            yield Change(node, _text(node.left))
            yield Change(node, _text(node.right))


class DroppedKeyword(Operator):
    """An error does not say one of its facts; an order is not given its key."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Drop each argument by keyword, of errors and of what sorts."""
        node = place.node
        if not isinstance(node, ast.Call):
            return
        called = _called(node)
        if called not in _ERRORS and called not in ("sorted", "min", "max"):
            return
        for keyword in node.keywords:
            if keyword.arg != "advice":
                left = [other for other in node.keywords if other is not keyword]
                yield Change(node, _text(ast.Call(node.func, node.args, left)))


class OtherName(Operator):
    """A neighbour is called: `max` for `min`, another rounding, the other end of an order."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Take the other of two that are easily confused."""
        node = place.node
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
        other = _CONFUSED.get(name)
        if other is None:
            return
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            # The module need not have imported the other rounding, and decimal takes its name for it.
            yield Change(node, repr(other) if other.startswith("ROUND_") else other)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            yield Change(node, _text(ast.Attribute(node.value, other, ast.Load())))


class LostOrder(Operator):
    """What should be sorted, or turned round, is taken as it comes."""

    def changes(self, place: Place) -> Iterator[Change]:
        """Make a list instead."""
        node = place.node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("sorted", "reversed"):
            yield Change(node, _text(ast.Call(ast.Name("list", ast.Load()), node.args, [])))


_OPPOSITES = (
    ("old", "new"),
    ("left", "right"),
    ("before", "after"),
    ("low", "high"),
    ("first", "second"),
    ("removed", "added"),
)
_ERRORS = frozenset(errors.__all__)

_PAIRS = (
    ("min", "max"),
    ("any", "all"),
    ("ge", "gt"),
    ("le", "lt"),
    ("ROUND_HALF_UP", "ROUND_HALF_EVEN"),
    ("ROUND_FLOOR", "ROUND_CEILING"),
    ("FIRST", "LAST"),
    ("startswith", "endswith"),
    ("removeprefix", "removesuffix"),
    ("lstrip", "rstrip"),
    ("lower", "upper"),
    ("partition", "rpartition"),
    ("bisect_left", "bisect_right"),
    ("popleft", "pop"),
    ("fullmatch", "match"),
    ("CASCADE", "SET_NULL"),
    ("NO_ACTION", "RESTRICT"),
)
_CONFUSED = {
    **dict(_PAIRS),
    **{second: first for first, second in _PAIRS if first not in ("popleft", "fullmatch")},
}

EXPRESSIONS: tuple[Operator, ...] = (
    BentComparison(),
    TurnedComparison(),
    SwappedConnective(),
    DroppedOperand(),
    ForcedBranch(),
    NegatedConstant(),
    ShiftedNumber(),
    OtherText(),
    SwappedArithmetic(),
    TurnedSign(),
    SwappedArguments(),
    DroppedMember(),
    DroppedKeyword(),
    OtherName(),
    LostOrder(),
)


def _compared(node: ast.AST, others: Mapping[type[ast.cmpop], type[ast.cmpop]]) -> Iterator[Change]:
    if not isinstance(node, ast.Compare):
        return
    for number, operator in enumerate(node.ops):
        if type(operator) in others:
            bent = [*node.ops]
            bent[number] = others[type(operator)]()
            yield Change(node, _text(ast.Compare(node.left, bent, node.comparators)))


def _called(node: ast.Call) -> str:
    function = node.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _are_alike(first: ast.expr, second: ast.expr, function: AnyFunction | None) -> bool:
    """Tell whether two arguments are parameters of one type, or are named as two of a kind."""
    if not (isinstance(first, ast.Name) and isinstance(second, ast.Name)):
        return False
    if (first.id, second.id) in _OPPOSITES:
        return True
    parameters = [] if function is None else [*function.args.posonlyargs, *function.args.args]
    types = {each.arg: ast.unparse(each.annotation) for each in parameters if each.annotation is not None}
    return first.id in types and types[first.id] == types.get(second.id)


def _is_union(node: ast.BinOp) -> bool:
    """Tell whether this unites types, as the second argument of `isinstance` does."""
    return isinstance(node.op, ast.BitOr) and any(
        isinstance(side, ast.Name)
        and (side.id[:1].isupper() or side.id in ("str", "int", "float", "bool", "bytes", "dict", "list", "tuple"))
        for side in (node.left, node.right)
    )


def _text(node: ast.AST) -> str:
    """Return an expression as text that keeps together wherever it is put."""
    return f"({ast.unparse(node)})"
