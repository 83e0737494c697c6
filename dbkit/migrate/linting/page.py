"""The rules as a page, with their examples, for people who write revisions."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from dbkit.migrate.linting.acceptance_rules import ACCEPTANCE_RULES
from dbkit.migrate.linting.model import Example, Rule
from dbkit.migrate.linting.rules import RULES
from dbkit.migrate.linting.rules.schemas import CUSTOMERS, MEASURES, ORDERS

__all__ = ["rules_page"]

_HEAD: Final = """# Rules of `dbkit migrate lint`

`dbkit migrate lint` runs revisions on a scratch server, looks at each statement that they really send with the schema
before and after it, and says what stops others, loses data or cannot be taken back. What it says of rewrites, locks and
types is seen, not guessed; a table that the revision itself has made is in nobody's way. How to use it is told in
[Migrations](migrations.md#what-is-not-safe). This page is made from the rules (`python tools/lint_rules.py`), and the
tests run its examples.
"""


def rules_page() -> str:
    """Return the page, in Markdown."""
    rules = [*RULES, *ACCEPTANCE_RULES]
    given = "\n\n".join(f"{textwrap.dedent(each).strip()};" for each in (ORDERS, CUSTOMERS, MEASURES))
    lines = [
        _HEAD,
        f"The examples are about these tables, where they say nothing else:\n\n```sql\n{given}\n```\n",
        "| rule | catches |",
        "|---|---|",
    ]
    lines += [f"| [{rule.id} {rule.name}](#{_anchor(rule)}) | {rule.catches} |" for rule in rules]
    for rule in rules:
        lines += ["", *_section(rule)]
    return "\n".join(lines) + "\n"


def _anchor(rule: Rule) -> str:
    return f"{rule.id}-{rule.name}".lower()


def _section(rule: Rule) -> Iterator[str]:
    yield f"## {rule.id} {rule.name}"
    yield ""
    yield f"Catches {rule.catches}. {rule.effect}"
    yield ""
    yield f"Safe: {rule.safe}"
    for version, recipe in sorted(rule.recipes.items()):
        yield f"From PostgreSQL {version} on: {recipe}"
    yield ""
    yield "```sql"
    yield from _shown("not safe", rule.bad)
    yield ""
    yield from _shown("safe", rule.good)
    yield "```"


def _given(example: Example) -> Iterator[str]:
    """Return what there is before, as comments; the tables that all examples share are told at the top."""
    rest = example.schema
    for shared in (ORDERS, CUSTOMERS, MEASURES):
        rest = rest.replace(shared, "")
    # The body of a block has semicolons of its own.
    rest = rest if "$$" in rest else rest.replace("; ", ";\n")
    lines = [line for line in textwrap.dedent(rest.strip(" ;\n")).strip().splitlines() if line.strip("; ")]
    yield from (f"-- given: {line}" if place == 0 else f"--        {line}" for place, line in enumerate(lines))


def _shown(word: str, example: Example) -> Iterator[str]:
    how = "" if example.transactional else ", without transaction"
    beside = ", ".join(_beside(example))
    yield f"-- {word} ({example.phase.lower()}{how}{f'; {beside}' if beside else ''})"
    yield from _given(example)
    for line in (*example.sql, *(f"downgrade: {each}" for each in example.undo if not _is_none(each))):
        yield from _statement(line)


def _beside(example: Example) -> Iterator[str]:
    """Return what else the example is about."""
    if example.imports:
        yield f"the file says {example.imports}"
    if example.rows:
        yield ", ".join(f"{name} has {rows:,} rows" for name, rows in example.rows.items())
    if example.seconds_max:
        yield f"the header says seconds_max={example.seconds_max:g}"
    if example.lock_order:
        yield f"lint.toml says lock_order = [{', '.join(example.lock_order)}]"
    if example.models:
        yield "; ".join(f"the models have {name} ({', '.join(sorted(each))})" for name, each in example.models.items())
    if not _is_none(example.undo[0]):
        yield f"downgrade={example.downgrade}"
    if example.is_edited:
        yield "the branch has another file of this name"
    if example.overtaken_by:
        yield f"the branch has {example.overtaken_by}"


def _is_none(undo: str) -> bool:
    return "refuse_downgrade" in undo


def _statement(line: str) -> Iterator[str]:
    """Return a statement, or a line of Python as a comment."""
    is_python = line.startswith((">", "downgrade: ", "#"))
    text = textwrap.dedent(line).strip()
    yield from (f"-- {each}" for each in text.replace("> ", "").splitlines()) if is_python else [f"{text};"]
