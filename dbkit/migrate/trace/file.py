"""`dbkit.trace`: what a walk has found, beside `dbkit.sum`.

One JSON document for each revision, in the line's order, with one blank line between them: a new revision
adds lines at the end and changes no others. Figures have one digit, and stay as they were written as long as all
else is the same, so that another walk of an unchanged line gives an unchanged file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from dbkit.migrate.errors import TraceDamaged
from dbkit.migrate.header import Lock
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.sum import SUM_FILE, sum_text
from dbkit.migrate.trace.model import RevisionTrace, Statement

__all__ = ["TRACE_FILE", "Trace", "findings", "hashes", "trace_text"]

TRACE_FILE = "dbkit.trace"

_END = "\n}\n"
_NAME = re.compile(r'\s*\{\n"revision": "([^"]*)",\n')


class Trace:
    """What the file of a line has to say. Reading it parses nothing yet: only a revision that is asked for is."""

    def __init__(self, blocks: Mapping[str, str], hashes: Mapping[str, str]) -> None:
        self._blocks = blocks
        self._hashes = hashes

    @classmethod
    def read(cls, folder: Path) -> Trace:
        """Read the file of a line's folder; a trace of nothing where there is none."""
        return cls(_blocks(_read(folder / TRACE_FILE)), _entries(_read(folder / SUM_FILE)))

    def of(self, revision: Revision) -> RevisionTrace | None:
        """Return what was seen of a revision; None where there is nothing, or of another file or history.

        Raises `TraceDamaged`.
        """
        found = self.recorded(revision)
        return found if found is not None and found.hash == self._hashes.get(found.name) else None

    def recorded(self, revision: Revision) -> RevisionTrace | None:
        """Return what the file says of a revision, be it still so or not. Raises `TraceDamaged`."""
        text = self._blocks.get(revision.name)
        if text is None:
            return None
        try:
            return _from_document(json.loads(text))
        except (ValueError, LookupError, TypeError, AttributeError):
            pass
        raise TraceDamaged(f"what {TRACE_FILE} says of {revision} cannot be read")

    def legible(self, revision: Revision) -> RevisionTrace | None:
        """Return what the file says of a revision, be it still so or not; None also where it cannot be read."""
        try:
            return self.recorded(revision)
        except TraceDamaged:
            return None


def findings(line: Line) -> list[str]:
    """Return of which revisions the file is no trace, one sentence for all; nothing where there is no file at all."""
    path = line.folder / TRACE_FILE
    if not path.is_file():
        return []
    trace, wanted = Trace.read(line.folder), hashes(line)
    stale: list[str] = []
    for revision in line.revisions:
        recorded = trace.legible(revision)
        if recorded is None or recorded.hash != wanted[revision.name]:
            stale.append(revision.name)
    shown = ", ".join(stale[:3]) + (f" and {len(stale) - 3} more" if len(stale) > 3 else "")
    return [f"{TRACE_FILE} has not seen {shown} as it is now: run `dbkit migrate trace`"] if stale else []


def hashes(line: Line) -> dict[str, str]:
    """Return the hash of each file of a line, as dbkit.sum has it when it is written now."""
    return dict(each.rsplit(" ", 1) for each in sum_text(line).splitlines()[1:])


def trace_text(traces: Iterable[RevisionTrace], before: Mapping[str, RevisionTrace]) -> str:
    """Return the file's text; figures are those of `before` where all else of a revision is as it was."""
    return "\n".join("\n".join(_lines(_with_figures(each, before.get(each.name)))) + "\n" for each in traces)


def _with_figures(trace: RevisionTrace, before: RevisionTrace | None) -> RevisionTrace:
    if before is None or before.without_figures().statements != trace.without_figures().statements:
        return trace
    return replace(trace, statements=before.statements)


def _lines(trace: RevisionTrace) -> Iterator[str]:
    yield "{"
    yield f'"revision": {json.dumps(trace.name)},'
    yield f'"hash": {json.dumps(trace.hash)},'
    for key, value in (("takes", trace.takes), ("retypes", trace.retypes), ("empty", trace.empty)):
        if value:
            yield f'"{key}": {_json(value)},'
    if not trace.statements:
        yield '"statements": []'
    else:
        yield '"statements": ['
        last = len(trace.statements) - 1
        for place, statement in enumerate(trace.statements):
            *lines, end = _statement_lines(statement)
            yield from lines
            yield end if place == last else f"{end},"
        yield "]"
    yield "}"


def _statement_lines(statement: Statement) -> Iterator[str]:
    lines = statement.sql.splitlines()
    if len(lines) == 1:
        yield f'{{"sql": {_json(lines[0])},'
    else:
        yield '{"sql": ['
        yield from (f"  {_json(each)}," for each in lines[:-1])
        yield f"  {_json(lines[-1])}],"
    for key in ("locks", "rewrites", "scans", "builds", "writes", "transaction", "repeated"):
        value = getattr(statement, key)
        if value:
            yield f' "{key}": {_json(value)},'
    yield f' "milliseconds": {_digit(statement.milliseconds)}, "wal_bytes": {_digit(statement.wal_bytes)}}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _digit(value: float) -> str:
    """Return a figure with one digit that counts."""
    return f"{float(f'{value:.0e}'):.10g}"


def _from_document(document: dict[str, Any]) -> RevisionTrace:
    return RevisionTrace(
        name=document["revision"],
        hash=document["hash"],
        statements=tuple(_statement(each) for each in document["statements"]),
        takes=tuple(document.get("takes", ())),
        retypes=tuple(document.get("retypes", ())),
        empty=document.get("empty", {}),
    )


def _statement(document: dict[str, Any]) -> Statement:
    text = document["sql"]
    return Statement(
        sql=text if isinstance(text, str) else "\n".join(text),
        locks={name: Lock(mode) for name, mode in document.get("locks", {}).items()},
        rewrites=tuple(document.get("rewrites", ())),
        scans=tuple(document.get("scans", ())),
        builds=tuple(document.get("builds", ())),
        writes=tuple(document.get("writes", ())),
        transaction=document.get("transaction"),
        repeated=document.get("repeated", False),
        milliseconds=document["milliseconds"],
        wal_bytes=document["wal_bytes"],
    )


def _entries(text: str) -> dict[str, str]:
    """Return the hash of each file that dbkit.sum names."""
    parted = (each.rpartition(" ") for each in text.splitlines()[1:])
    return {name: hash_ for name, _, hash_ in parted if name}


def _blocks(text: str) -> dict[str, str]:
    """Return each document by its revision's name; what is damaged has none."""
    return {found[1]: f"{block}{_END}" for block in text.split(_END) if (found := _NAME.match(block))}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
