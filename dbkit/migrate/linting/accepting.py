"""Findings that somebody has accepted, with a reason: in the revision's file, or for released ones in `lint.toml`."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.model import Finding
from dbkit.migrate.syntax import parsed
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["ACCEPTED_FILE", "Acceptance", "acceptances", "accepted_beside", "lock_order"]

ACCEPTED_FILE: Final = "lint.toml"

_COMMENT = re.compile(r"#\s*lint:\s*accept\s+(?P<rules>L\d+[a-z]?(?:\s*,\s*L\d+[a-z]?)*)\s*(?::\s*(?P<reason>.*))?$")
_ADVICE: Final = 'Write [[accept]] with rule = "L47", revisions = ["20240101000001"] and reason = "...".'


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One rule accepted in one revision; `lines` are those of the file that it is about.

    Without lines it is about what is found in the revision as a whole; `everywhere` is about all of it.
    `line` is where it is written in the revision's file, None where it stands beside it.
    """

    rule: str
    revision: str
    reason: str
    line: int | None = None
    lines: range | None = None
    everywhere: bool = False

    def covers(self, finding: Finding) -> bool:
        """Tell whether it is about a finding."""
        if (finding.rule.id, finding.revision) != (self.rule, self.revision):
            return False
        if self.everywhere:
            return True
        return finding.line is None if self.lines is None else finding.line in self.lines


def acceptances(revision: Revision) -> list[Acceptance]:
    """Read the comments of a revision's file.

    `# lint: accept L47: reason` is about the statement that it stands behind or above; above the first
    function, about what is found in the revision as a whole.
    """
    source = revision.path.read_text(encoding="utf-8")
    tree = parsed(source)
    found: list[Acceptance] = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        written = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
        if written is None:
            continue
        line = token.start[0]
        stands_alone = not token.line[: token.start[1]].strip()
        lines = _statement_at(tree, line, stands_alone=stands_alone)
        for rule in written["rules"].split(","):
            found.append(Acceptance(rule.strip(), revision.id, (written["reason"] or "").strip(), line, lines))
    return found


def accepted_beside(line: Line) -> list[Acceptance]:
    """Read `lint.toml` of a line's folder: released files cannot be edited any more, for their hashes are known.

    Raises `ConfigurationInvalid` for an entry without rule, revisions or reason.
    """
    path = line.folder / ACCEPTED_FILE
    if not path.is_file():
        return []
    found: list[Acceptance] = []
    for entry in _entries(path):
        rule, revisions, reason = entry.get("rule"), entry.get("revisions"), entry.get("reason")
        if not (rule and isinstance(revisions, list) and revisions and isinstance(reason, str) and reason.strip()):
            raise ConfigurationInvalid(f"{path.name} accepts {rule or 'something'} without a reason", advice=_ADVICE)
        found += [Acceptance(str(rule), line.find(str(name)).id, reason, everywhere=True) for name in revisions]
    return found


def lock_order(line: Line) -> tuple[str, ...]:
    """Read in which order the application locks tables: `lock_order` of `lint.toml`; nothing where it does not say.

    Raises `ConfigurationInvalid` where that is no list of names.
    """
    path = line.folder / ACCEPTED_FILE
    names = _document(path).get("lock_order", []) if path.is_file() else []
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise ConfigurationInvalid(
            f"lock_order of {path.name} is no list of tables", advice='Write lock_order = ["customers", "orders"].'
        )
    return tuple(names)


def _entries(path: Path) -> list[dict[str, Any]]:
    entries = _document(path).get("accept", [])
    if not isinstance(entries, list):
        raise ConfigurationInvalid(f"{path.name} cannot be read", advice=_ADVICE)
    return entries


def _document(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        pass
    raise ConfigurationInvalid(f"{path.name} cannot be read", advice=_ADVICE)


def _statement_at(tree: ast.Module, line: int, *, stands_alone: bool) -> range | None:
    """Return the lines of the statement that a comment on a line is about; None for none inside of a function."""
    inside = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _lines(node)[0] <= line]
    inside = [node for node in inside if line in _lines(node) or line <= _lines(node)[-1]]
    statements = [each for node in inside for each in _statements(node)]
    if stands_alone:
        behind = [each for each in statements if each.lineno > line]
        around = [min(behind, key=lambda each: each.lineno)] if behind else []
    else:
        around = [each for each in statements if line in _lines(each)]
    return _lines(min(around, key=lambda each: len(_lines(each)))) if around else None


def _statements(node: ast.FunctionDef) -> Iterator[ast.stmt]:
    return (each for each in ast.walk(node) if isinstance(each, ast.stmt) and each is not node)


def _lines(node: ast.stmt) -> range:
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)
