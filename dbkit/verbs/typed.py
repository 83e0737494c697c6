"""The types in an operation's expressions: refused where PostgreSQL has no operator or function for them.

SQLAlchemy sends a plain value as what it is in Python, where that is not what stands beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import ARRAY, Boolean, Case, Column, Function, Integer, Interval, LargeBinary, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import operators as sql
from sqlalchemy.sql.elements import (
    AsBoolean,
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    CollectionAggregate,
    ExpressionClauseList,
    Null,
    UnaryExpression,
)
from sqlalchemy.sql.visitors import iterate
from sqlalchemy.types import TypeEngine

from dbkit.models.carried import is_instant, is_text, is_text_array, is_uuid, is_varchar
from dbkit.types.errors import ValueInvalid

__all__ = ["require_types"]

_COMPARISONS = frozenset(
    {sql.eq, sql.ne, sql.lt, sql.le, sql.gt, sql.ge, sql.is_distinct_from, sql.is_not_distinct_from}
)
_BETWEEN = frozenset({sql.between_op, sql.not_between_op})
_TRUTHS = frozenset({sql.is_, sql.is_not})
_ARITHMETIC = frozenset({sql.add, sql.sub, sql.mul, sql.truediv, sql.floordiv, sql.mod})
_MATCHES = frozenset(
    {
        *(sql.like_op, sql.not_like_op, sql.ilike_op, sql.not_ilike_op),
        *(sql.startswith_op, sql.not_startswith_op, sql.endswith_op, sql.not_endswith_op),
        *(sql.contains_op, sql.not_contains_op, sql.regexp_match_op, sql.not_regexp_match_op),
    }
)
_OF_SETS = frozenset({"@>", "<@", "&&"})


def require_types(expressions: Iterable[Any], entity: str) -> None:
    """Raise `ValueInvalid` for an expression that no server evaluates, with the columns in it, or a parameter's name.

    What is not told of here, such as functions that no backend knows, is the server's to judge.
    """
    for element in (part for expression in expressions for part in iterate(expression)):
        if not _is_typed(element):
            names = [part.name for part in iterate(element) if isinstance(part, Column)]
            raise ValueInvalid(
                "PostgreSQL has no operator or function for these types",
                entity=entity,
                fields=tuple(names) or _name_of(element),
                advice="Give a value the type of what it stands beside: `literal(value, column.type)`.",
            )


def _name_of(element: Any) -> tuple[str, ...]:
    return (str(element._orig_key),) if isinstance(element, BindParameter) else ()  # noqa: SLF001


def _is_typed(element: Any) -> bool:
    if isinstance(element, BindParameter):
        # What is in a list is sent as what is sought there.
        return element.expanding or _family_of(element.type) is not None
    if isinstance(element, BinaryExpression):
        return _is_operator(element)
    if isinstance(element, Function):
        return _is_function(element)
    if isinstance(element, Case):
        return _are_alike(_results(element))
    if isinstance(element, AsBoolean) or (isinstance(element, UnaryExpression) and element.operator is sql.inv):
        return _is_of(element.element, "boolean")
    if isinstance(element, UnaryExpression) and element.operator is sql.neg:
        return _is_of(element.element, "number")
    return not isinstance(element, BooleanClauseList) or all(_is_of(part, "boolean") for part in element.clauses)


def _is_operator(element: BinaryExpression[Any]) -> bool:
    left, right, operator = element.left, element.right, element.operator
    if isinstance(right, CollectionAggregate):
        return _is_element(left, _family(right.element))
    if operator in _COMPARISONS or getattr(operator, "opstring", "") in _OF_SETS:
        return _are_alike((left, right))
    if operator in _BETWEEN:
        return _are_alike((left, *right.clauses))
    if operator in _TRUTHS:
        return isinstance(right, Null) or (not isinstance(right, BindParameter) and _are_alike((left, right)))
    if operator in _MATCHES:
        return _is_of(left, "text", "bytea") and _are_alike((left, right))
    if operator is sql.concat_op:
        return _is_of(left, "text") or _is_of(right, "text") or (_is_of(left, *_JOINED) and _are_alike((left, right)))
    if getattr(operator, "opstring", "") == "?":
        return _is_of(right, "text")
    return operator not in _ARITHMETIC or _computes(operator, _family(left), _family(right))


def _is_element(element: Any, array: str | None) -> bool:
    item = (array or "").removesuffix("[]")
    return array is None or (item != array and _is_of(element, "text" if item == "varchar" else item))


def _computes(operator: Any, left: str | None, right: str | None) -> bool:
    """Tell whether there may be arithmetic on two types."""
    if left is None or right is None:
        return True
    if "timestamptz" in (left, right):
        return {left, right} <= {"timestamptz", "interval"} and (left != right or operator is sql.sub)
    return operator is sql.sub if left == "jsonb" else {left, right} <= {"number", "interval"}


def _is_function(element: Function[Any]) -> bool:
    name, arguments = element.name.lower(), [*element.clauses]
    if name in _OF_ALIKE:
        return _are_alike(arguments)
    return name not in _TAKEN or all(_is_of(argument, *_TAKEN[name]) for argument in arguments[:1])


def _is_of(element: Any, *families: str) -> bool:
    return _family(element) in (*families, None)


def _are_alike(elements: Iterable[Any]) -> bool:
    return len({_family(element) for element in elements} - {None}) < 2


def _results(element: Case[Any]) -> list[Any]:
    found = [then for _, then in element.whens]
    return found if element.else_ is None else [*found, element.else_]


def _family(element: Any) -> str | None:
    """Return the name that an element's type shares with those that PostgreSQL compares it with; None for unknown."""
    if isinstance(element, Function):
        name = element.name.lower()
        if name not in _OF_ALIKE | _LIKE_ITS_ARGUMENT:
            return _GIVEN.get(name)
        return next(filter(None, map(_family, element.clauses)), None)
    return None if isinstance(element, Null | ExpressionClauseList) else _family_of(element.type)


# A column has the same type object in each expression.
@lru_cache(maxsize=1_000)
def _family_of(type_: TypeEngine[Any]) -> str | None:
    """Return the family of a type that both backends carry, None for any other."""
    if isinstance(type_, ARRAY) and not is_text_array(type_):
        return f"{_family_of(type_.item_type)}[]"
    return next((name for name, is_such in _FAMILIES.items() if is_such(type_)), None)


_FAMILIES: Mapping[str, Callable[[TypeEngine[Any]], bool]] = {
    "text": is_text,
    "uuid": is_uuid,
    "timestamptz": is_instant,
    "number": lambda type_: isinstance(type_, Integer | Numeric),
    "boolean": lambda type_: isinstance(type_, Boolean),
    "jsonb": lambda type_: isinstance(type_, JSONB),
    "bytea": lambda type_: isinstance(type_, LargeBinary),
    "interval": lambda type_: isinstance(type_, Interval),
    "varchar[]": lambda type_: isinstance(type_, ARRAY) and is_text_array(type_) and is_varchar(type_.item_type),
    "text[]": is_text_array,
}

_JOINED = frozenset({"text", "bytea", "jsonb", "varchar[]", "text[]"})

_OF_ALIKE = frozenset({"coalesce", "nullif", "least", "greatest"})
"""Functions whose arguments are all of one type, which is theirs."""

_LIKE_ITS_ARGUMENT = frozenset({"abs", "round"})

_TAKEN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("lower", "upper", "btrim", "char_length", "starts_with"), ("text",)),
    **dict.fromkeys(("length", "octet_length"), ("text", "bytea")),
    **dict.fromkeys(_LIKE_ITS_ARGUMENT, ("number",)),
    "cardinality": ("text[]", "varchar[]"),
    "jsonb_typeof": ("jsonb",),
}
"""Of which of these families the first argument of a function is."""

_GIVEN: Mapping[str, str] = {
    **dict.fromkeys(("lower", "upper", "btrim", "jsonb_typeof"), "text"),
    **dict.fromkeys(("char_length", "length", "octet_length", "cardinality"), "number"),
    "starts_with": "boolean",
}
