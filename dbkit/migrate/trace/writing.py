"""Write a line's trace: walk what has not been seen as it is now, and hold all of it against the headers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dbkit.migrate.errors import LineBroken
from dbkit.migrate.line import Line, Revision
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.trace.agreement import disagreements
from dbkit.migrate.trace.file import TRACE_FILE, Trace, hashes, trace_text
from dbkit.migrate.trace.model import RevisionTrace
from dbkit.migrate.trace.walking import walk

__all__ = ["Traced", "trace_line"]


@dataclass(frozen=True, slots=True)
class Traced:
    """What came of it: how many revisions were walked, whether the file changed (or would), where headers disagree."""

    path: Path
    walked: int
    changed: tuple[str, ...]
    disagreements: tuple[str, ...]


def trace_line(
    folder: Path | None = None,
    *,
    dev_url: str | None = None,
    anew: bool = False,
    check: bool = False,
    tell: Callable[[Revision], None] = lambda _revision: None,
    seconds_max: float = SECONDS_MAX,
) -> Traced:
    """See what each revision of a line does that the file has not seen as it is now, and write the file.

    With `anew` all of them are seen again, with `check` too, and nothing is written. `changed` names the
    revisions of which the file says, or said, something else. Raises `LineBroken` where the files are no line,
    `RevisionFailed` for a revision that cannot be applied, or has a statement that takes more than `seconds_max`, and
    what a server raises.
    """
    line = Line.read(folder)
    wrong = line.findings()
    if wrong:
        raise LineBroken("; ".join(wrong))
    before, known = _known(line)
    wanted = [each for each in line.revisions if anew or check or each.name not in known]
    seen, disagreeing = dict(known), list[str]()
    for found in walk(line, wanted, dev_url=dev_url, tell=tell, seconds_max=seconds_max):
        seen[found.trace.name] = found.trace
        if found.ended_midway:
            disagreeing += disagreements(found.revision, found.trace, ended_midway=True)
    traces = [seen[each.name] for each in line.revisions]
    for revision, trace in zip(line.revisions, traces, strict=True):
        disagreeing += [each for each in disagreements(revision, trace) if each not in disagreeing]
    path, text = line.folder / TRACE_FILE, trace_text(traces, before)
    changed = tuple(each.name for each in traces if _is_new(each, before.get(each.name)))
    if not check and (not path.is_file() or path.read_text(encoding="utf-8") != text):
        path.write_text(text, encoding="utf-8")
    return Traced(path, len(wanted), changed, tuple(disagreeing))


def _known(line: Line) -> tuple[Mapping[str, RevisionTrace], Mapping[str, RevisionTrace]]:
    """Return what the file says by the names of revisions: all of it, and what is of the files as they are now."""
    trace, wanted = Trace.read(line.folder), hashes(line)
    recorded = {each.name: found for each in line.revisions if (found := trace.legible(each)) is not None}
    return recorded, {name: found for name, found in recorded.items() if found.hash == wanted[name]}


def _is_new(trace: RevisionTrace, before: RevisionTrace | None) -> bool:
    return before is None or before.without_figures() != trace.without_figures()
