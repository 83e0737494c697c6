"""Each operator makes the mistakes that it says, and no others."""

from __future__ import annotations

import ast

import pytest

from tools.mutants.mutant import OPERATORS, Mutant, mutants_in
from tools.mutants.source import Source

# By operator: code, and what its line that is changed becomes in each mutant.
CHANGES: dict[str, list[tuple[str, list[str]]]] = {
    "BentComparison": [
        ("x = a < b", ["x = (a <= b)"]),
        ("x = 0 <= a < 9", ["x = (0 < a < 9)", "x = (0 <= a <= 9)"]),
        ("x = a == b", []),
    ],
    "TurnedComparison": [
        ("x = a == b", ["x = (a != b)"]),
        ("x = a is not None", ["x = (a is None)"]),
        ("x = a in b", ["x = (a not in b)"]),
    ],
    "SwappedConnective": [("x = a and b", ["x = (a or b)"])],
    "DroppedOperand": [
        ("x = not a", ["x = (a)"]),
        ("x = a or b", ["x = (b)", "x = (a)"]),
        ("x = a and b and c", ["x = (b and c)", "x = (a and c)", "x = (a and b)"]),
    ],
    "ForcedBranch": [
        ("x = a if b else c", ["x = a if True else c", "x = a if False else c"]),
        ("x = [a for a in b if a]", ["x = [a for a in b if True]"]),
    ],
    "NegatedConstant": [("def f(a=True): ...", ["def f(a=False): ..."])],
    "ShiftedNumber": [("x = 7", ["x = 8"]), ("x = 7.5", []), ("x = True", [])],
    "OtherText": [
        ("x = a == 'read committed'", ["x = a == 'read committed?'"]),
        ("raise E(sqlstate='23505')", ["raise E(sqlstate='23505?')"]),
        ("raise E('what happened')", []),
    ],
    "SwappedArithmetic": [("x = a + b", ["x = (a - b)"]), ("x = isinstance(a, int | str)", [])],
    "TurnedSign": [("x = -a", ["x = (a)"])],
    "SwappedArguments": [
        ("f(old, new)", ["(f(new, old))"]),
        ("f(key, row)", []),
        ("def g(a: int, b: int): return f(a, b)", ["def g(a: int, b: int): return (f(b, a))"]),
        ("def g(a: int, b: str): return f(a, b)", []),
    ],
    "DroppedMember": [
        ("x = {a, b}", ["x = ({b})", "x = ({a})"]),
        ("x = {1: a, 2: b}", ["x = ({2: b})", "x = ({1: a})"]),
        ("x = a in (b, c)", ["x = a in ((c,))", "x = a in ((b,))"]),
        ("x = isinstance(a, int | str)", ["x = isinstance(a, (int))", "x = isinstance(a, (str))"]),
        ("return_value = (a, b)", []),
    ],
    "DroppedKeyword": [
        ("raise ReadOnly(sqlstate='25006', advice='later')", ["raise (ReadOnly(advice='later'))"]),
        ("x = sorted(a, key=b)", ["x = (sorted(a))"]),
        ("x = f(key=b)", []),
    ],
    "OtherName": [
        ("x = min(a, b)", ["x = max(a, b)"]),
        ("x = a.startswith(b)", ["x = (a.endswith)(b)"]),
        ("x = f(a)", []),
    ],
    "LostOrder": [
        ("x = sorted(a, key=b)", ["x = (list(a))"]),
        ("x = reversed(a)", ["x = (list(a))"]),
    ],
    "DroppedStatement": [
        ("f(a)", ["pass"]),
        ("a.b = c", ["pass"]),
        ("a = c", []),
        ("raise E", ["pass"]),
        ("a += 1", ["pass"]),
        ("class C:\n    def __init__(self): self.a = 1", []),
    ],
    "SkippedLoop": [("for a in b: f(a)", ["for a in (): f(a)"])],
    "FirstOnly": [("for a in b: f(a)", ["for a in list(b)[:1]: f(a)"])],
    "OtherResult": [
        ("def f() -> bool: return a", ["def f() -> bool: return True", "def f() -> bool: return False"]),
        ("def f() -> int | None: return a", ["def f() -> int | None: return None"]),
        ("def f() -> int: return a", []),
    ],
    "UncaughtError": [
        ("try: f()\nexcept E: g()", ["except E: raise"]),
        ("try: f()\nexcept E: raise F", []),
    ],
}
CASES = [(operator, code, lines) for operator, cases in CHANGES.items() for code, lines in cases]


def mutants(code: str) -> list[Mutant]:
    return list(mutants_in(Source("twin.py", code + "\n")))


def test_every_operator_has_its_cases() -> None:
    assert set(CHANGES) == {operator.name for operator in OPERATORS}


@pytest.mark.parametrize(("operator", "code", "lines"), CASES)
def test_an_operator_makes_the_change_it_says(operator: str, code: str, lines: list[str]) -> None:
    made = [mutant for mutant in mutants(code) if mutant.operator == operator]
    before = code.splitlines()
    changed = [[line for line in mutant.mutated.splitlines() if line not in before] for mutant in made]
    assert changed == [[line] for line in lines]


@pytest.mark.parametrize(("operator", "code", "lines"), CASES)
def test_what_it_makes_is_python(operator: str, code: str, lines: list[str]) -> None:
    for mutant in mutants(code):
        ast.parse(mutant.mutated)


@pytest.mark.parametrize(
    "code",
    [
        '"""Some text, 7."""',
        "from a import b",
        "__all__ = ['a', 'b']",
        "a: Literal[1, 2]",
        "Key: TypeAlias = tuple[int, ...] | None",
        "assert a == 7",
        "x = f'{a + 1}'",
        "if TYPE_CHECKING:\n    x = 7",
    ],
)
def test_what_is_no_rule_has_no_mutants(code: str) -> None:
    assert mutants(code) == []


def test_two_mistakes_with_one_text_are_one_mutant() -> None:
    texts = [mutant.mutated for mutant in mutants("def f(a, b) -> bool: return True if a and not b else b < 7")]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("from decimal import ROUND_HALF_UP\nx = ROUND_HALF_UP", "x = 'ROUND_HALF_EVEN'"),
        ("from orders import FIRST\nx = FIRST", None),
        ("from orders import FIRST, LAST\nx = FIRST", "x = LAST"),
    ],
)
def test_a_mutant_has_no_names_that_the_module_does_not_know(code: str, line: str | None) -> None:
    found = [mutant.mutated.splitlines()[-1] for mutant in mutants_in(Source("dbkit/memory/toy.py", code))]
    assert found == ([] if line is None else [line])


def test_columns_of_the_tree_count_bytes() -> None:
    (mutant,) = (each for each in mutants("x = 'é' if a else b < c") if each.operator == "BentComparison")
    assert (mutant.before, mutant.mutated) == ("b < c", "x = 'é' if a else (b <= c)\n")
