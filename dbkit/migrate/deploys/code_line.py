"""What is written beside a line for the code that is built with it: ids and phases, in order."""

from __future__ import annotations

from dbkit.database.code_line import CODE_LINE_FILE
from dbkit.migrate.line import Line, Revision
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["code_line_findings", "code_line_text"]

_UNKNOWN = "unknown"


def code_line_text(line: Line) -> str:
    """Return what `dbkit.line` has to say about a line: a row for each revision, its id and its phase."""
    return "".join(f"{revision.id} {_phase(revision)}\n" for revision in line.revisions)


def code_line_findings(line: Line) -> list[str]:
    """Return what is wrong with `dbkit.line`, nothing where all is well or nothing was hashed yet."""
    path = line.folder / CODE_LINE_FILE
    if not path.is_file():
        return [f"{path} is missing"] if line.revisions and line.must_be_hashed else []
    return [] if path.read_text() == code_line_text(line) else [f"{CODE_LINE_FILE} is not of these revisions"]


def _phase(revision: Revision) -> str:
    """Return a revision's phase; one that does not say it is taken for needed, as what is no contract is."""
    try:
        return revision.header.phase.value
    except (ConfigurationInvalid, SyntaxError):
        # What is wrong with the file, `dbkit migrate validate` says.
        return _UNKNOWN
