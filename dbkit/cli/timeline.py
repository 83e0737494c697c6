"""`dbkit migrate history --timeline`: what a line of revisions has done to its tables, drawn."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dbkit.cli.output import write_json
from dbkit.cli.pictures import give

if TYPE_CHECKING:
    from dbkit.migrate.timeline.changes import Bar

__all__ = ["AsTimeline", "OfTimeline", "TimelineFormat", "show_timeline"]


class TimelineFormat(StrEnum):
    """What a timeline is written in."""

    SVG = "svg"
    TEXT = "text"


AsTimeline: TypeAlias = Annotated[
    bool, typer.Option("--timeline", help="Draw the lives of the tables, from the files alone.")
]
OfTimeline: TypeAlias = Annotated[
    TimelineFormat | None,
    typer.Option("--format", help="Of a timeline; without it, text for the terminal, and SVG for a file."),
]


def show_timeline(line: Path | None, kind: TimelineFormat | None, output: Path | None, *, as_json: bool) -> None:
    """Draw the timeline of a line of revisions to a file, or print it."""
    from dbkit.migrate.line import Line
    from dbkit.migrate.timeline.drawing import timeline_svg
    from dbkit.migrate.timeline.reading import read_history
    from dbkit.migrate.timeline.text import timeline_text

    history = read_history(Line.read(line))
    if as_json:
        write_json([_as_json(bar) for bar in history.bars])
        return
    kind = kind or (TimelineFormat.TEXT if output is None else TimelineFormat.SVG)
    give(timeline_svg(history) if kind is TimelineFormat.SVG else timeline_text(history), output)


def _as_json(bar: Bar) -> dict[str, Any]:
    return {
        "table": bar.name,
        "begun": bar.begun.id,
        "renamed_from": bar.source,
        "ended": bar.ended.id if bar.ended else None,
        "renamed_to": bar.target,
        "changes": [
            {"revision": mark.revision.id, "kind": mark.kind, "changes": [str(change) for change in mark.changes]}
            for mark in bar.marks
        ],
    }
