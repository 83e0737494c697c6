r"""`dbkit.sum`: one hash for each file of a line, chained, so that no file changes unnoticed.

The first line is a hash over all others; each of those is `name h1:hash`, and its hash covers the
line before it, the file's name, and the file. So a file that was edited, lost, renamed, inserted or
moved is found and named, and two branches that each add a revision conflict in this file when they
meet. Checkpoints come last, each chained to the line of its revision and to no other: what comes behind
that revision changes nothing of it, nor it of them. A check-out that turns line ends over changes nothing: they
are hashed as `\n`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dbkit.database.code_line import CODE_LINE_FILE
from dbkit.migrate.checkpoints.file import FOLDER, checkpoints
from dbkit.migrate.deploys.code_line import code_line_text
from dbkit.migrate.errors import LineChanged
from dbkit.migrate.line import Line, Revision

__all__ = ["SUM_FILE", "chained_hash", "file_hash", "findings", "row_hashes", "sum_text", "verify", "write"]

SUM_FILE = "dbkit.sum"
_PREFIX = "h1:"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the file, and the line before it."""

    name: str
    text: str
    before: str


def sum_text(line: Line) -> str:
    """Return what `dbkit.sum` has to say about a line."""
    lines = _revision_lines(line)
    lines += _checkpoint_lines(line, lines)
    return "".join(f"{each}\n" for each in (_total(lines), *lines))


def row_hashes(line: Line) -> Mapping[str, str]:
    """Return the hash of each revision's file by its name, which covers all that stands before it too."""
    return {name: each for name, _, each in (row.rpartition(" ") for row in _revision_lines(line))}


def chained_hash(before: str, name: str, content: bytes) -> str:
    """Return the hash of a file behind a row of `dbkit.sum`, whatever its line ends are."""
    content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return _hash(before.encode(), name.encode(), content)


def file_hash(revision: Revision) -> str:
    """Return the hash of a file and its name alone, whatever stands before it."""
    return _entry("", revision.name, revision.path).rpartition(" ")[2]


def write(line: Line) -> bool:
    """Write `dbkit.sum`, and beside it what code is told of the line, and tell whether that changed either."""
    written = [_write(line.folder / SUM_FILE, sum_text(line))]
    written.append(_write(line.folder / CODE_LINE_FILE, code_line_text(line)))
    return any(written)


def verify(line: Line) -> None:
    """Raise `LineChanged`, which names the files, where the line is not the one that was hashed."""
    found = findings(line)
    if found:
        raise LineChanged("; ".join(found))


def findings(line: Line) -> list[str]:
    """Return what differs between the files and `dbkit.sum`, one sentence for each file; nothing where all is well."""
    path = line.folder / SUM_FILE
    if not path.is_file():
        return [f"{path} is missing"] if line.must_be_hashed else []
    # Fast where all is well: the text is made from the files, and compared.
    recorded = path.read_text()
    if recorded == sum_text(line):
        return []
    total, *lines = recorded.splitlines() or [""]
    if any(not each.rpartition(" ")[0] for each in lines):
        return [f"{SUM_FILE} is damaged, perhaps by a merge"]
    own = [each for each in lines if not each.startswith(f"{FOLDER}/")]
    entries = [_Entry(text.rpartition(" ")[0], text, before) for text, before in zip(own, ["", *own], strict=False)]
    found = [*_misplaced(line, entries), *_strangers(line, entries), *_edited(line, entries)]
    # One that stands behind an edited revision has another hash for that alone.
    found = found or list(_checkpoints(line, own, lines))
    if not found and total != _total(lines):
        found.append(f"{SUM_FILE} was edited by hand, or merged")
    return found or [f"{SUM_FILE} has other line ends or spaces than it was written with"]


def _revision_lines(line: Line) -> list[str]:
    lines: list[str] = []
    for revision in line.revisions:
        lines.append(_entry(lines[-1] if lines else "", revision.name, revision.path))
    return lines


def _checkpoint_lines(line: Line, revisions: list[str]) -> list[str]:
    return [_entry(revisions[each.count - 1], each.name, each.path) for each in checkpoints(line)]


def _checkpoints(line: Line, own: list[str], lines: list[str]) -> Iterator[str]:
    """Tell of checkpoints that are not those that were hashed."""
    recorded = {each.rpartition(" ")[0]: each for each in lines if each not in own}
    present = {each.rpartition(" ")[0]: each for each in _checkpoint_lines(line, _revision_lines(line))}
    for name in sorted(recorded.keys() | present.keys()):
        if name not in present:
            yield f"{name} is missing"
        elif name not in recorded:
            yield f"{name} is not hashed yet"
        elif recorded[name] != present[name]:
            yield f"{name} was edited"


def _write(path: Path, text: str) -> bool:
    if path.is_file() and path.read_text() == text:
        return False
    path.write_text(text)
    return True


def _entry(before: str, name: str, path: Path) -> str:
    return f"{name} {chained_hash(before, name, path.read_bytes())}"


def _total(lines: list[str]) -> str:
    return _hash(*(each.encode() for each in lines))


def _hash(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # The length in front keeps the end of one part from passing for the start of the next.
        digest.update(len(part).to_bytes(8, "big") + part)
    return _PREFIX + base64.b64encode(digest.digest()).decode()


def _misplaced(line: Line, entries: list[_Entry]) -> Iterator[str]:
    order = line.order
    known = [entry for entry in entries if order(entry.name) is not None]
    for before, after in pairwise(known):
        if order(after.name) <= order(before.name):
            yield f"{SUM_FILE} has {after.name} behind {before.name}"


def _strangers(line: Line, entries: list[_Entry]) -> Iterator[str]:
    """Tell of files that only one side knows: renamed ones by their content, which is hashed with the old name."""
    recorded = {entry.name: entry for entry in entries}
    new = {revision.name: revision.path for revision in line.revisions if revision.name not in recorded}
    present = {revision.name for revision in line.revisions}
    for entry in entries:
        if entry.name in present:
            continue
        renamed = next((name for name, path in new.items() if _entry(entry.before, entry.name, path) == entry.text), "")
        new.pop(renamed, None)
        yield f"{entry.name} was renamed to {renamed}" if renamed else f"{entry.name} is missing"
    order = line.order
    last = max((name for name in recorded if order(name) is not None), key=order, default="")
    for name in new:
        is_behind = not last or order(name) > order(last)
        yield f"{name} is not hashed yet" if is_behind else f"{name} was inserted before {last}"


def _edited(line: Line, entries: list[_Entry]) -> Iterator[str]:
    paths = {revision.name: revision.path for revision in line.revisions}
    for entry in entries:
        path = paths.get(entry.name)
        if path is not None and _entry(entry.before, entry.name, path) != entry.text:
            yield f"{entry.name} was edited"
