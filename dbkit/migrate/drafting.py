"""Statements that lead from one catalogue to another: a draft, which its author tries and reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dbkit.migrate.catalog import Difference

__all__ = ["statements"]

# What is made first, and dropped last.
_ORDER = ("type", "sequence", "function", "procedure", "table", "column", "constraint", "index", "view", "trigger")
_COLUMN = re.compile(
    r"(?P<type>.+?)(?P<collation> COLLATE \S+)?"
    r"(?: DEFAULT (?P<default>.+?)| (?P<generated>GENERATED ALWAYS AS \(.+\) (?:STORED|VIRTUAL)))?"
    r"(?P<identity> GENERATED (?:ALWAYS|BY DEFAULT) AS IDENTITY \(.*\))?(?P<present> NOT NULL)?",
    re.DOTALL,
)
_INDEX = re.compile(r"CREATE (?:UNIQUE )?INDEX (?P<name>\S+) ON (?:ONLY )?(?P<table>\S+) (?P<what>.*)", re.DOTALL)
_OWNER = re.compile(r" OWNED BY (?P<table>\S+)\.(?P<column>\S+)$")
_OF_AN_INDEX = ("PRIMARY KEY", "UNIQUE", "EXCLUDE")


@dataclass(frozen=True, slots=True)
class _Thing:
    """An object of a catalogue: its kind, its name, the table that it belongs to, and its definition."""

    kind: str
    name: str
    table: str
    definition: str

    @property
    def rank(self) -> tuple[int, int, str]:
        """Where it stands among what is made: keys before the foreign keys that need them."""
        kind = _ORDER.index(self.kind) if self.kind in _ORDER else len(_ORDER)
        late = 2 if self.definition.startswith("FOREIGN KEY") else 1 if self.definition.startswith("CHECK") else 0
        return kind, late, f"{self.table}.{self.name}"


def statements(differences: Iterable[Difference]) -> list[str]:
    """Return statements that make the differences' `after` of their `before`, as far as they can be drafted.

    What is renamed with its definition unchanged is renamed, where it is a constraint or an index;
    tables and columns are dropped and made.
    """
    found = [each for each in differences if not each.name.startswith(("partition ", "extension "))]
    comments = [each for each in found if each.name.startswith("comment on ")]
    things = [each for each in found if each not in comments]
    gone = _own([_thing(each.name, each.before) for each in things if each.before is not None and each.after is None])
    made = _own([_thing(each.name, each.after) for each in things if each.after is not None and each.before is None])
    changed = [
        (_thing(each.name, each.before), _thing(each.name, each.after))
        for each in things
        if each.before is not None and each.after is not None
    ]
    renamed = list(_renamed(gone, made))
    replaced = [pair for pair in changed if pair[0].kind in ("constraint", "index", "trigger", "view")]
    gone = [each for each in gone if each not in {old for old, _ in renamed}]
    made = [each for each in made if each not in {new for _, new in renamed}]
    dropped = sorted([*gone, *_own([old for old, _ in replaced])], key=lambda each: each.rank, reverse=True)
    created = sorted([*made, *_own([new for _, new in replaced])], key=lambda each: each.rank)
    lines = [_rename(old, new) for old, new in renamed]
    lines += [line for each in dropped for line in _drop(each, dropped)]
    lines += _make([each for each in created if _ORDER.index(each.kind) <= _ORDER.index("column")])
    lines += [_owned(each) for each in created if each.kind == "sequence" and _OWNER.search(each.definition)]
    lines += [line for old, new in changed for line in _alter(old, new)]
    lines += _make([each for each in created if _ORDER.index(each.kind) > _ORDER.index("column")])
    return lines + [_comment(each) for each in comments if not _goes_with(each, gone)]


def _thing(name: str, definition: str) -> _Thing:
    kind, _, rest = name.partition(" ")
    if kind in ("column", "constraint", "trigger"):
        table, _, own = _split(rest)
        return _Thing(kind, own, table, definition)
    if kind == "index":
        found = _INDEX.fullmatch(definition)
        return _Thing(kind, rest, found["table"] if found else "", definition)
    return _Thing(kind, rest, rest if kind == "table" else "", definition)


def _split(name: str) -> tuple[str, str, str]:
    """Split `table.name`, either of which may be quoted."""
    found = re.fullmatch(r'("(?:[^"]|"")*"|[^".]+)(\.)(.*)', name, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (name, "", "")


def _own(things: list[_Thing]) -> list[_Thing]:
    """Leave out what comes and goes with something else, or cannot be drafted: indexes of constraints, ..."""
    tables = {each.name for each in things if each.kind == "table"}
    keys = {each.name for each in things if each.kind == "constraint" and each.definition.startswith(_OF_AN_INDEX)}
    return [
        each
        for each in things
        if each.kind in _ORDER
        and not (each.kind == "index" and each.name in keys)
        and not (each.kind == "table" and each.definition.split(" PARTITION BY ")[0] != "TABLE")
        and (each.kind != "column" or each.table in tables or _COLUMN.fullmatch(each.definition))
    ]


def _renamed(gone: list[_Thing], made: list[_Thing]) -> Iterator[tuple[_Thing, _Thing]]:
    left = list(made)
    tables = {each.name for each in gone + made if each.kind == "table"}
    for old in gone:
        if old.kind not in ("constraint", "index") or old.table in tables:
            continue
        same = (new for new in left if (new.kind, new.table, _what(new)) == (old.kind, old.table, _what(old)))
        new = next(same, None)
        if new is not None:
            left.remove(new)
            yield old, new


def _what(thing: _Thing) -> str:
    """Return a definition without the name in it."""
    found = _INDEX.fullmatch(thing.definition) if thing.kind == "index" else None
    return thing.definition if found is None else f"{thing.definition[:13]} {found['what']}"


def _rename(old: _Thing, new: _Thing) -> str:
    if old.kind == "index":
        return f"ALTER INDEX {old.name} RENAME TO {new.name}"
    return f"ALTER TABLE {old.table} RENAME CONSTRAINT {old.name} TO {new.name}"


def _owned(sequence: _Thing) -> str:
    found = _OWNER.search(sequence.definition)
    return f"ALTER SEQUENCE {sequence.name}{found[0] if found else ' OWNED BY NONE'}"


def _drop(thing: _Thing, all_dropped: list[_Thing]) -> Iterator[str]:
    tables = {each.name for each in all_dropped if each.kind == "table"}
    owner = _OWNER.search(thing.definition) if thing.kind == "sequence" else None
    if owner and (
        owner["table"] in tables
        or any((each.kind, each.table, each.name) == ("column", *owner.groups()) for each in all_dropped)
    ):
        # It goes with its column.
        return
    goes_with_its_table = thing.kind in ("column", "constraint", "index", "trigger") and thing.table in tables
    if goes_with_its_table and not thing.definition.startswith("FOREIGN KEY"):
        return
    if thing.kind in ("column", "constraint"):
        yield f"ALTER TABLE {thing.table} DROP {thing.kind.upper()} {thing.name}"
    elif thing.kind == "trigger":
        yield f"DROP TRIGGER {thing.name} ON {thing.table}"
    else:
        yield f"DROP {thing.kind.upper()} {thing.name}"


def _make(things: list[_Thing]) -> list[str]:
    tables = {each.name for each in things if each.kind == "table"}
    columns: Mapping[str, list[_Thing]] = {name: [] for name in tables}
    lines: list[str] = []
    for each in things:
        if each.kind == "column" and each.table in tables:
            columns[each.table].append(each)
    for each in things:
        if each.kind == "table":
            body = ",\n".join(f"  {column.name} {_column(column)}" for column in columns[each.name])
            lines.append(f"CREATE TABLE {each.name} (\n{body})" + each.definition.removeprefix("TABLE"))
        elif each.kind != "column" or each.table not in tables:
            lines.append(_create(each))
    return lines


def _column(thing: _Thing) -> str:
    """Return the definition as statements have it: the type of an identity's sequence is the column's."""
    return re.sub(r"(?<=AS IDENTITY \()\w+ (?=START )", "", thing.definition)


def _create(thing: _Thing) -> str:
    if thing.kind == "column":
        return f"ALTER TABLE {thing.table} ADD COLUMN {thing.name} {_column(thing)}"
    if thing.kind == "constraint":
        return f"ALTER TABLE {thing.table} ADD CONSTRAINT {thing.name} {thing.definition}"
    if thing.kind in ("type", "view"):
        return f"CREATE {thing.kind.upper()} {thing.name} AS {thing.definition.strip().removesuffix(';')}"
    if thing.kind == "sequence":
        return f"CREATE SEQUENCE {thing.name} AS {_OWNER.sub('', thing.definition)}"
    return thing.definition.strip()


def _alter(old: _Thing, new: _Thing) -> Iterator[str]:
    if new.kind in ("function", "procedure"):
        yield new.definition.strip()
    elif new.kind == "column":
        before, after = _COLUMN.fullmatch(old.definition), _COLUMN.fullmatch(new.definition)
        if before is None or after is None or before["identity"] != after["identity"]:
            return
        if before["generated"] != after["generated"]:
            # Its values come from other columns: nothing is lost.
            yield f"ALTER TABLE {new.table} DROP COLUMN {new.name}"
            yield _create(new)
        else:
            yield from _alter_column(f"ALTER TABLE {new.table} ALTER COLUMN {new.name}", new.name, before, after)


def _alter_column(alter: str, name: str, before: re.Match[str], after: re.Match[str]) -> Iterator[str]:
    if (before["type"], before["collation"]) != (after["type"], after["collation"]):
        # A default of the old type may have no cast to the new one.
        if before["default"] is not None and before["type"] != after["type"]:
            yield f"{alter} DROP DEFAULT"
        using = f" USING {name}::{after['type']}" if before["type"] != after["type"] else ""
        yield f"{alter} TYPE {after['type']}{after['collation'] or ''}{using}"
    changed_type = before["type"] != after["type"]
    if after["default"] is not None and (changed_type or before["default"] != after["default"]):
        yield f"{alter} SET DEFAULT {after['default']}"
    elif after["default"] is None and before["default"] is not None and not changed_type:
        yield f"{alter} DROP DEFAULT"
    if before["present"] != after["present"]:
        yield f"{alter} {'SET' if after['present'] else 'DROP'} NOT NULL"


def _comment(difference: Difference) -> str:
    kind, _, rest = difference.name.removeprefix("comment on ").partition(" ")
    if kind in ("constraint", "trigger"):
        table, _, own = _split(rest)
        rest = f"{own} ON {table}"
    text = "NULL" if difference.after is None else "'" + difference.after.replace("'", "''") + "'"
    return f"COMMENT ON {kind.upper()} {rest} IS {text}"


def _goes_with(comment: Difference, gone: list[_Thing]) -> bool:
    thing = _thing(comment.name.removeprefix("comment on "), "")
    return any(each.kind == thing.kind and each.name == thing.name and each.table == thing.table for each in gone)
