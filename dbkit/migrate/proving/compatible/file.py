"""Statement sets in files: `statements/<head>.json` in a line's folder for each release, and `current.json`.

A set has a line for each statement, so that a change of one is one line in a review.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.proving.compatible.script import read_script
from dbkit.migrate.proving.compatible.statements import SentParameter, SentStatement, StatementSet, Written
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["CURRENT", "FOLDER", "RECORDED", "Releases", "read_set", "set_text"]

FOLDER: Final = "statements"
CURRENT: Final = "current.json"
"""What the code sends as it is now; a release's set has the id of its head instead."""
RECORDED: Final = "recorded.json"
"""What code sends besides, and somebody has recorded: it is taken into the current set."""

_WAY = "Write it by `dbkit migrate statements --write`."


class Releases:
    """The statement sets beside a line: those of releases, by the heads that they were made for, and the current one.

    Raises `ConfigurationInvalid` for a file that is no statement set, when it is read.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        self._folder = line.folder / FOLDER
        ids = [path.stem for path in self._folder.glob("*.json")] if self._folder.is_dir() else []
        self.heads = sorted((each for each in ids if each in line.position), key=line.position.__getitem__)

    def before(self, revision: Revision) -> StatementSet | None:
        """Return the set of the last release that was made before a revision."""
        place = self._line.position[revision.id]
        heads = [each for each in self.heads if self._line.position[each] < place]
        return self._read(f"{heads[-1]}.json") if heads else None

    def with_it(self, revision: Revision) -> StatementSet | None:
        """Return the set of the first release that has a revision, else the current one."""
        place = self._line.position[revision.id]
        heads = [each for each in self.heads if self._line.position[each] >= place]
        return self._read(f"{heads[0]}.json" if heads else CURRENT)

    def _read(self, name: str) -> StatementSet | None:
        path = self._folder / name
        return read_set(path) if path.is_file() else None


def read_set(path: Path) -> StatementSet:
    """Read a set: as `dbkit migrate statements` writes it or, of a file that ends in .sql, plain statements.

    Raises `ConfigurationInvalid` for a file that is neither.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return read_script(text) if path.suffix == ".sql" else _set(json.loads(text))
    except OSError:
        refused = f"{path} cannot be read"
    except (ValueError, KeyError, TypeError, AttributeError):
        refused = f"{path} is no set of statements"
    raise ConfigurationInvalid(refused, advice=_WAY)


def set_text(found: StatementSet) -> str:
    """Return the text of a set's file."""
    parts = [f'"head": {json.dumps(found.head)}']
    parts += [f'"written": {{\n{_joined(_written(found.written))}\n}}']
    parts += [f'"statements": [\n{_joined(map(_statement_text, found.statements))}\n]']
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _joined(lines: Iterator[str]) -> str:
    return ",\n".join(lines)


def _written(by_table: Mapping[str, Written]) -> Iterator[str]:
    for table, each in sorted(by_table.items()):
        values = {name: list(of) for name, of in each.values.items()}
        yield f"{json.dumps(table)}: {json.dumps({'required': sorted(each.required), 'values': values})}"


def _statement_text(each: SentStatement) -> str:
    parameters = [f"{parameter.field} {parameter.type}".rstrip() for parameter in each.parameters]
    return json.dumps({"call": each.call, "table": each.table, "sql": each.sql, "parameters": parameters})


def _set(document: Mapping[str, Any]) -> StatementSet:
    written = {
        str(table): Written({name: tuple(of) for name, of in each["values"].items()}, frozenset(each["required"]))
        for table, each in document["written"].items()
    }
    return StatementSet(str(document["head"]), tuple(map(_statement, document["statements"])), written)


def _statement(given: Mapping[str, Any]) -> SentStatement:
    pairs = (str(each).partition(" ") for each in given["parameters"])
    parameters = tuple(SentParameter(field, type_) for field, _, type_ in pairs)
    return SentStatement(str(given["call"]), str(given["table"]), str(given["sql"]), parameters)
