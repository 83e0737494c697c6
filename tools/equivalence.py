"""Write into docs/equivalence.md what the tests say: which cases hold on which backend, and the table of anomalies.

    python tools/equivalence.py [--check]

The page is written by hand, but for its blocks between `<!-- from the tests: NAME -->` and `<!-- end -->`. With
`--check` it says what is out of date and writes nothing. A module of the conformance suite that is in no area is an
error: the page is about all of them.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dbkit.generate.comparing import compared
from dbkit.testing.capabilities import MEMORY, POSTGRESQL
from dbkit.testing.conformance._async import anomalies, suite
from dbkit.verbs.transaction import ISOLATION_LEVELS
from tools.writer import PROJECT, finish

PAGE = PROJECT / "docs" / "equivalence.md"
SUITE = "dbkit.testing.conformance._async"

_BLOCK = re.compile(r"(<!-- from the tests: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_ACRONYMS = re.compile(r"\b(ascii|json|jsonb|nul|null|nulls|sql|utc|uuid)\b")
_BOTH = "both"


@dataclass(frozen=True)
class Area:
    """A part of what is promised: modules of the conformance suite, and files of tests beside it.

    `compared` are tests of both backends, `alone` those of the twin by itself.
    """

    title: str
    modules: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()


AREAS = (
    Area(
        "Values, filters, order, pages",
        ("values", "reading", "listing", "counting"),
        ("tests/equivalence/values/test_*.py", "tests/memory/test_judged*.py", "tests/memory/test_lookups.py"),
    ),
    Area("Writes", ("creating", "updating", "upserting", "deleting")),
    Area(
        "Constraints, and which error is told",
        (
            "required_fields",
            "checks",
            "unique_keys",
            "references",
            "parents",
            "precedence",
            "precedence_of_changes",
        ),
        ("tests/memory/test_refusals*.py",),
    ),
    Area("Transactions", ("transactions", "readers", "deadlines", "closing")),
    Area(
        "Isolation levels",
        ("anomalies", "isolation", "serializable", "crowds"),
        alone=("tests/memory/test_serializable*.py",),
    ),
    Area(
        "Row locks",
        ("locking", "row_locks", "outdated_locks", "savepoint_locks", "while_waiting", "limited_rows"),
        alone=("tests/memory/test_lock_rules.py",),
    ),
    Area(
        "Unique and foreign keys between transactions",
        ("unique_waits", "family_waits"),
        ("tests/memory/test_families.py", "tests/memory/test_meetings.py", "tests/memory/test_second_rows.py"),
    ),
    Area(
        "Deadlocks, deadlines, cancelled waits",
        ("deadlocks", "limits_of_waiting"),
        ("tests/conformance/test_waiters.py",),
    ),
    Area("Operations beyond the verbs", ("leasing", "delivering")),
    Area("What no model may say", alone=("tests/memory/test_rules.py",)),
    Area(
        "Whole programs", compared=("tests/differential/test_[fr]*.py",), alone=("tests/differential/test_serial.py",)
    ),
)


def main(arguments: list[str]) -> int:
    """Write the page, or check it; return the exit code."""
    return finish(
        compared(PROJECT, {PAGE: page(PAGE.read_text(encoding="utf-8"))}, set()), check="--check" in arguments
    )


def page(text: str) -> str:
    """Return the page with its blocks as the tests have them."""
    blocks: Mapping[str, Callable[[], Iterator[str]]] = {"anomalies": _anomalies, "cases": _cases}
    return _BLOCK.sub(lambda block: "\n".join([block[1], *blocks[block[2]](), "", block[3]]), text)


def _anomalies() -> Iterator[str]:
    yield f"| anomaly | {' | '.join(ISOLATION_LEVELS)} |"
    yield f"|---|{'---|' * len(ISOLATION_LEVELS)}"
    for function in _functions(anomalies):
        levels = function.sources[0].possible_at
        cells = ("possible" if level in levels else "prevented" for level in ISOLATION_LEVELS)
        yield f"| {_name_of_anomaly(function.__name__)} | {' | '.join(cells)} |"


def _name_of_anomaly(name: str) -> str:
    """Return an anomaly as Hermitage writes it, the words behind its short name as words."""
    for prefix, shown in (("g_single", "G-single"), ("g2_item", "G2-item")):
        if name.startswith(prefix):
            return f"{shown}: {_words(name.removeprefix(prefix))}"
    short, _, rest = name.partition("_")
    return f"{short[0].upper()}{short[1:] if short[1].isdigit() else short[1:].upper()}: {_words(rest)}"


def _cases() -> Iterator[str]:
    left_out = {_short(module) for module in suite.MODULES} - {name for area in AREAS for name in area.modules}
    if left_out:
        raise SystemExit(f"tools/equivalence.py: {', '.join(sorted(left_out))} of the suite are in no area")
    for place, area in enumerate(AREAS):
        yield from ([""] if place else [])
        yield f"### {area.title}"
        yield ""
        yield "| holds | on |"
        yield "|---|---|"
        for holds, backends in _lines(area):
            yield f"| {holds} | {backends} |"


def _lines(area: Area) -> Iterator[tuple[str, str]]:
    for name in area.modules:
        for function in _functions(import_module(f"{SUITE}.{name}")):
            yield _said(function.__name__, inspect.getdoc(function)), _backends_of(function)
    yield from _tests(area.compared, _BOTH)
    yield from _tests(area.alone, "memory")


def _functions(module: ModuleType) -> Iterator[Any]:
    return (function for function in vars(module).values() if hasattr(function, "sources"))


def _backends_of(function: Any) -> str:
    needed, lacking = getattr(function, "needed", None), getattr(function, "lacking", None)
    names = {"memory": MEMORY, "PostgreSQL": POSTGRESQL}
    fitting = [
        name
        for name, has in names.items()
        if (needed is None or needed in has) and (lacking is None or lacking not in has)
    ]
    return _BOTH if len(fitting) == len(names) else fitting[0]


def _tests(patterns: Iterable[str], backends: str) -> Iterator[tuple[str, str]]:
    for path in sorted(path for pattern in patterns for path in PROJECT.glob(pattern)):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                yield _said(node.name.removeprefix("test_"), ast.get_docstring(node)), backends


def _said(name: str, documentation: str | None) -> str:
    """Return what a case is about: its first sentence, without the order to see it, or else its name."""
    if documentation is None:
        return _capital(_words(name))
    first = " ".join(documentation.split("\n\n")[0].split())
    return _capital(first.removeprefix("See that ").rstrip(".").replace("|", "\\|"))


def _words(name: str) -> str:
    text = name.replace("_s_", "'s ").replace("_", " ").strip()
    return _ACRONYMS.sub(lambda word: word[0].upper(), text)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
