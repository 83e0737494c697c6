"""SQLAlchemy's expressions as Python functions of a row, in three-valued logic: None is NULL, and unknown.

What is not known here is refused when the rules are read, never passed over.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatchmethod
from operator import itemgetter
from typing import Any

from sqlalchemy import Case, Cast, Column, Function, Integer, Interval, TextClause
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.sql import operators as sql
from sqlalchemy.sql.elements import (
    AsBoolean,
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    CollectionAggregate,
    ExpressionClauseList,
    False_,
    Grouping,
    Null,
    True_,
    UnaryExpression,
)
from sqlalchemy.sql.visitors import iterate

from dbkit.memory import functions
from dbkit.memory.datatype import DataType, column_of
from dbkit.memory.datatypes import ArrayType, BooleanType, ByteaType, TextType, TimestampType, datatype_of
from dbkit.memory.functions import OPERATORS, explicit_cast, in_range
from dbkit.memory.literals import (
    INTERVAL,
    QUOTED,
    Expression,
    RuleUnknown,
    bits_of_digits,
    constant,
    duration,
    in_common,
    is_by_code_point,
    is_literal,
    listed,
    of_parameter,
    shared_key,
)
from dbkit.memory.logic import (
    Row,
    all_of,
    any_of,
    by_key,
    coalesce,
    count_nulls,
    equals_any,
    extreme,
    itself,
    nullif,
    strict,
)
from dbkit.memory.number_types import IntegerType, NumericType
from dbkit.memory.patterns import PATTERNS, compile_like, compile_regex

__all__ = ["NOW", "Scope", "compile_expression"]


_BOOLEAN = BooleanType()
_TEXT = TextType("C")
_COMPARISONS = frozenset({operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge})
_ARITHMETIC: Mapping[Any, Callable[[Any, Any], Any]] = {
    operator.add: functions.add,
    operator.sub: functions.subtract,
    operator.mul: functions.multiply,
    # SQLAlchemy's `/` casts to numeric, its `//` leaves whole numbers as they are.
    operator.truediv: functions.divide,
    operator.floordiv: functions.divide_whole,
    operator.mod: functions.remainder,
}
_OF_SEVERAL = frozenset({"coalesce", "nullif", "least", "greatest", "num_nonnulls", "num_nulls"})
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Scope:
    """The columns that an expression may use, with their types.

    A number `is_written` as digits in a rule of the schema; a statement sends it, as what it stands beside.
    """

    columns: Mapping[str, DataType]
    is_written: bool = False


NOW = "now()"
"""The name under which a scope holds the time of the transaction."""


def compile_expression(element: Any, scope: Scope, wanted: DataType | None = None) -> Expression:
    """Return the function of an expression. `wanted` is the type that a literal takes.

    Raises `RuleUnknown`.
    """
    return _Compiler(scope).compile(element, wanted)


class _Compiler:
    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    @singledispatchmethod
    def compile(self, element: Any, wanted: DataType | None = None) -> Expression:
        """Return the function of any element."""
        del wanted
        raise RuleUnknown(f"{type(element).__name__}: {element}")

    @compile.register(Column)
    def _column(self, element: Any, wanted: DataType | None = None) -> Expression:
        del wanted
        found = self._scope.columns.get(element.name)
        if found is None:
            raise RuleUnknown(f"the column {element.name}")
        return Expression(column_of(element.name, found), found)

    @compile.register(BindParameter)
    def _parameter(self, element: Any, wanted: DataType | None = None) -> Expression:
        return of_parameter(element, wanted)

    @compile.register(Null)
    def _null(self, element: Any, wanted: DataType | None = None) -> Expression:
        del element
        return constant(None, wanted)

    @compile.register(True_)
    @compile.register(False_)
    def _boolean(self, element: Any, wanted: DataType | None = None) -> Expression:
        del wanted
        return constant(isinstance(element, True_), _BOOLEAN)

    @compile.register(TextClause)
    def _text(self, element: Any, wanted: DataType | None = None) -> Expression:
        text = element.text.strip()
        if interval := INTERVAL.fullmatch(text):
            return duration(interval[1] or interval[2])
        if number := _NUMBER.fullmatch(text):
            return constant(Decimal(text) if number[1] else int(text), None)
        if quoted := QUOTED.fullmatch(text):
            return constant(quoted[1].replace("''", "'"), wanted)
        raise RuleUnknown(f"SQL text: {text}")

    @compile.register(Grouping)
    def _grouping(self, element: Any, wanted: DataType | None = None) -> Expression:
        return self.compile(element.element, wanted)

    @compile.register(array)
    def _array(self, element: Any, wanted: DataType | None = None) -> Expression:
        whole = wanted if isinstance(wanted, ArrayType) else datatype_of(element.type)
        if not isinstance(whole, ArrayType):
            raise RuleUnknown(f"the array {element}")
        items = [self.compile(item, whole.item).evaluate for item in element.clauses]
        return Expression(lambda row: tuple([item(row) for item in items]), whole)

    @compile.register(Cast)
    def _cast(self, element: Any, wanted: DataType | None = None) -> Expression:
        del wanted
        target = datatype_of(element.type)
        source = self.compile(element.clause, target)
        if target is None:
            raise RuleUnknown(f"a cast to {element.type}")
        cast = explicit_cast(source.type, target)
        if cast is None:
            raise RuleUnknown(f"the cast {element}")
        return Expression(strict(cast, source.evaluate), target)

    @compile.register(Case)
    def _case(self, element: Any, wanted: DataType | None = None) -> Expression:
        if element.value is not None:
            branches = [(_binary(element.value, when, operator.eq), then) for when, then in element.whens]
        else:
            branches = list(element.whens)
        tests = [self.compile(when).evaluate for when, _ in branches]
        results = [self.compile(then, wanted) for _, then in branches]
        results += [constant(None, wanted) if element.else_ is None else self.compile(element.else_, wanted)]
        (*chosen, otherwise), type_ = in_common(results)

        def evaluate(row: Row) -> Any:
            for test, then in zip(tests, chosen, strict=True):
                if test(row):
                    return then.evaluate(row)
            return otherwise.evaluate(row)

        return Expression(evaluate, type_)

    @compile.register(BooleanClauseList)
    def _junction(self, element: Any, wanted: DataType | None = None) -> Expression:
        del wanted
        parts = [self.compile(part, _BOOLEAN).evaluate for part in element.clauses]
        return Expression(all_of(parts) if element.operator is operator.and_ else any_of(parts), _BOOLEAN)

    @compile.register(ExpressionClauseList)
    def _chain(self, element: Any, wanted: DataType | None = None) -> Expression:
        first, *rest = element.clauses
        whole: Any = first
        for part in rest:
            whole = _binary(whole, part, element.operator)
        return self.compile(whole, wanted)

    @compile.register(AsBoolean)
    def _truth(self, element: Any, wanted: DataType | None = None) -> Expression:
        inner = self.compile(element.element, wanted)
        return inner if element.operator is sql.is_true else Expression(strict(operator.not_, inner.evaluate), _BOOLEAN)

    @compile.register(UnaryExpression)
    def _unary(self, element: Any, wanted: DataType | None = None) -> Expression:
        inner = self.compile(element.element, wanted)
        if element.modifier is not None:
            # The direction of an index's element, which does not change its value.
            return inner
        if element.operator is operator.inv:
            return Expression(strict(operator.not_, inner.evaluate), _BOOLEAN)
        if element.operator is operator.neg:
            return Expression(strict(in_range(functions.negative, inner.type), inner.evaluate), inner.type)
        raise RuleUnknown(f"the operator of {element}")

    @compile.register(Function)
    def _function(self, element: Any, wanted: DataType | None = None) -> Expression:
        name = element.name.lower()
        arguments = list(element.clauses)
        if name in ("now", "current_timestamp"):
            return self.compile(Column(NOW))
        if name in _OF_SEVERAL:
            return self._of_several(name, arguments, wanted)
        function = functions.FUNCTIONS.get(name)
        if function is None:
            raise RuleUnknown(f"the function {name}")
        compiled = [self.compile(argument) for argument in arguments]
        if function.folds_case and not is_by_code_point(compiled[0].type):
            raise RuleUnknown(f'{name}() of text whose collation is not "C": its folding is the server\'s')
        type_ = compiled[0].type if function.type is None else function.type
        if function.of_held is not None and isinstance(arguments[0], Column):
            return Expression(strict(function.of_held, itemgetter(arguments[0].name)), type_)
        call = function.call if function.type is not None else in_range(function.call, type_)
        return Expression(strict(call, *(part.evaluate for part in compiled)), type_)

    def _of_several(self, name: str, arguments: list[Any], wanted: DataType | None) -> Expression:
        """Compile a function that looks at NULLs itself."""
        compiled, type_ = in_common(self._alike(arguments, wanted))
        parts = [part.evaluate for part in compiled]
        if name in ("num_nonnulls", "num_nulls"):
            return Expression(count_nulls(parts, null=name == "num_nulls"), IntegerType(32))
        if name == "coalesce":
            return Expression(coalesce(parts), type_ or wanted)
        key = shared_key(*compiled)
        if name == "nullif":
            return Expression(nullif(parts[0], parts[1], key), compiled[0].type or type_)
        return Expression(extreme(min if name == "least" else max, parts, key), type_ or wanted)

    def _alike(self, elements: Sequence[Any], wanted: DataType | None = None) -> list[Expression]:
        """Compile elements that share a type: literals take that of the others."""
        known = [self.compile(element) for element in elements if not is_literal(element)]
        types = [part.type for part in known if part.type is not None]
        numeric = next((type_ for type_ in types if isinstance(type_, NumericType)), None)
        shared = numeric or (types[0] if types else wanted)
        compiled = iter(known)
        return [self.compile(element, shared) if is_literal(element) else next(compiled) for element in elements]

    @compile.register(BinaryExpression)
    def _binary(self, element: Any, wanted: DataType | None = None) -> Expression:
        operator_ = element.operator
        symbol = "||" if operator_ is sql.concat_op else getattr(operator_, "opstring", "")
        if operator_ in (sql.is_, sql.is_not, sql.is_distinct_from, sql.is_not_distinct_from):
            return self._distinct(element)
        if operator_ in _COMPARISONS:
            return self._comparison(element)
        if operator_ in (sql.in_op, sql.not_in_op):
            return self._membership(element)
        if operator_ in (sql.between_op, sql.not_between_op):
            return self._between(element)
        if operator_ in PATTERNS or symbol in PATTERNS:
            return self._match(element, *PATTERNS[symbol or operator_])
        if operator_ in _ARITHMETIC:
            return self._arithmetic(element, wanted)
        return self._special(element, symbol)

    def _distinct(self, element: BinaryExpression[Any]) -> Expression:
        """IS, IS NOT and IS [NOT] DISTINCT FROM, which are never unknown."""
        left, right = self._alike([element.left, element.right])
        key = shared_key(left, right)
        negated = element.operator in (sql.is_not, sql.is_distinct_from)

        def evaluate(row: Row) -> bool:
            first, second = left.evaluate(row), right.evaluate(row)
            if first is None or second is None:
                return (first is second) is not negated
            return bool(key(first) == key(second)) is not negated

        return Expression(evaluate, _BOOLEAN)

    def _comparison(self, element: BinaryExpression[Any]) -> Expression:
        test = element.operator
        if isinstance(element.right, CollectionAggregate):
            if element.right.operator is not sql.any_op or test is not operator.eq:
                raise RuleUnknown(f"the operator of {element}")
            values = self.compile(element.right.element)
            return Expression(equals_any(self.compile(element.left).evaluate, values.evaluate), _BOOLEAN)
        left, right = self._alike([element.left, element.right])
        is_order = test not in (operator.eq, operator.ne)
        if is_order and not (is_by_code_point(left.type) and is_by_code_point(right.type)):
            raise RuleUnknown(f'the order of text whose collation is not "C": {element}')
        key = shared_key(left, right)
        compare = test if key is itself else by_key(test, key)
        return Expression(strict(compare, left.evaluate, right.evaluate), _BOOLEAN)

    def _membership(self, element: BinaryExpression[Any]) -> Expression:
        negated = element.operator is sql.not_in_op
        subject, *items = self._alike([element.left, *listed(element.right, element.left.type)])
        key = shared_key(subject, *items)
        constants = [item.evaluate({}) for item in items]
        members = frozenset(key(item) for item in constants if item is not None)
        # Not found among values of which one is unknown: unknown.
        otherwise = None if None in constants else negated

        def evaluate(row: Row) -> bool | None:
            value = subject.evaluate(row)
            if value is None:
                return None if constants else negated
            return not negated if key(value) in members else otherwise

        return Expression(evaluate, _BOOLEAN)

    def _between(self, element: BinaryExpression[Any]) -> Expression:
        low, high = element.right.clauses
        at_least = self._comparison(_binary(element.left, low, operator.ge)).evaluate
        at_most = self._comparison(_binary(element.left, high, operator.le)).evaluate
        inside = all_of([at_least, at_most])
        if element.operator is sql.between_op:
            return Expression(inside, _BOOLEAN)
        return Expression(strict(operator.not_, inside), _BOOLEAN)

    def _match(self, element: BinaryExpression[Any], form: str | None, negated: bool) -> Expression:  # noqa: FBT001
        """LIKE in its forms, and `~`, whose form is None; with a pattern that is a literal."""
        if any(isinstance(part, Column) for part in iterate(element.right)):
            raise RuleUnknown(f"a pattern that is no literal: {element}")
        left = self.compile(element.left)
        pattern = self.compile(element.right, _TEXT).evaluate({})
        if not isinstance(pattern, str | None) or isinstance(left.type, ByteaType):
            raise RuleUnknown(f"a pattern that is no text: {element}")
        if pattern is None:
            return constant(None, _BOOLEAN)
        if form is not None:
            find = compile_like(form.format(pattern), element.modifiers.get("escape") or "\\").fullmatch
        else:
            compiled = None if element.modifiers.get("flags") else compile_regex(pattern)
            if compiled is None:
                raise RuleUnknown(f"the regular expression {pattern!r}")
            find = compiled.search
        return Expression(strict(lambda text: (find(text) is None) is negated, left.evaluate), _BOOLEAN)

    def _arithmetic(self, element: BinaryExpression[Any], wanted: DataType | None) -> Expression:
        left, right = self._alike([element.left, element.right], wanted)
        if element.operator is operator.truediv and isinstance(divisor := datatype_of(element.right.type), NumericType):
            # SQLAlchemy casts what it divides by to its type.
            right = Expression(strict(divisor.accept, right.evaluate), divisor)
        if isinstance(left.type, TimestampType) and element.operator in (operator.add, operator.sub):
            return Expression(strict(functions.moved(element.operator), left.evaluate, right.evaluate), left.type)
        if not all(isinstance(part.type, IntegerType | NumericType) for part in (left, right)):
            raise RuleUnknown(f"arithmetic on these types: {element}")
        both = ((element.left, left), (element.right, right))
        sizes = [self._bits(*each) for each in both if isinstance(each[1].type, IntegerType)]
        is_whole = len(sizes) == 2
        # SQLAlchemy writes FLOOR(), whose answer is no whole number, where it does not know that of the divisor.
        if element.operator is operator.floordiv and not (is_whole and isinstance(element.right.type, Integer)):
            raise RuleUnknown(f"the operator of {element}")
        type_ = IntegerType(max(sizes)) if is_whole and element.operator is not operator.truediv else NumericType()
        compute = in_range(_ARITHMETIC[element.operator], type_)
        return Expression(strict(compute, left.evaluate, right.evaluate), type_)

    def _bits(self, element: Any, compiled: Expression) -> int:
        """Return the size of the whole number that an expression is."""
        assert isinstance(compiled.type, IntegerType)
        return bits_of_digits(element, compiled) if self._scope.is_written else compiled.type.bits

    def _special(self, element: BinaryExpression[Any], symbol: str) -> Expression:
        """Operators on documents, arrays and text, by their symbol."""
        left = self.compile(element.left)
        candidates = OPERATORS.get((type(left.type) if left.type else TextType, symbol), ())
        for candidate in () if isinstance(element.right.type, Interval) else candidates:
            right = self.compile(element.right, candidate.right)
            if right.type is None or type(right.type) is type(candidate.right):
                return Expression(strict(candidate.call, left.evaluate, right.evaluate), candidate.type)
        raise RuleUnknown(f"the operator of {element}")


def _binary(left: Any, right: Any, operator_: Any) -> BinaryExpression[Any]:
    return BinaryExpression(left, right, operator_)
