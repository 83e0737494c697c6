"""The entity-relationship diagram as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from math import ceil
from typing import TypeAlias
from xml.sax.saxutils import escape

from dbkit.migrate.erd.placing import GRID, HEADER, Gap, Heights, Placing, box_height, placed, row_offset, vertical
from dbkit.migrate.erd.routing import Port, Stop, Way, port_offset, routed
from dbkit.migrate.erd.tables import Box, Diagram, Frame, Reference
from dbkit.migrate.erd.tracks import gap_tracks, ordered, pieces_of, runs_of
from dbkit.migrate.svg import PALETTE, document, element, line_path, text_width

__all__ = ["erd_svg"]

_TOP = 58.0
_MARGIN = 18.0
_TRACK = 7.0
_CHANNEL_PAD = 26.0
_FRAME_PAD = 16.0
_STYLE = """
.box { fill: $box; stroke: $rule; }
.outside { stroke-dasharray: 4 3; }
.line { fill: none; stroke-width: 1.4; }
.optional { font-style: italic; }
"""
_LEGEND = (
    "A line runs from a foreign key's last column to the table that it points to, in the colour of that table.",
    "◆ column of the primary key; italic: may be NULL; columns that are in no key are not shown",
)

_Points: TypeAlias = list[tuple[float, float]]


def erd_svg(diagram: Diagram) -> str:
    """Return the diagram as an SVG document: the same text for the same tables."""
    page = _Page(diagram)
    body = [
        *_head(diagram),
        *(each for frame in diagram.frames for each in page.frame(frame)),
        *(page.line(reference) for reference in page.references),
        *(page.box(box) for _, box in page.placing.boxes()),
    ]
    return document(diagram.title, (page.width, page.heights.total), _STYLE, body)


def _head(diagram: Diagram) -> Iterator[str]:
    outside = sum(len(frame.boxes) for frame in diagram.frames if frame.is_outside)
    counts = f"{len(diagram.boxes) - outside} tables, {len(diagram.references)} foreign keys"
    yield element("text", escape(f"{diagram.title}: {counts}"), class_="title", x=_MARGIN, y=26)
    for number, line in enumerate(_LEGEND):
        yield element("text", escape(line), class_="soft", x=_MARGIN, y=44 + 15 * number)


@dataclass(frozen=True)
class _Page:
    """A diagram, and where everything of it stands."""

    diagram: Diagram

    @cached_property
    def placing(self) -> Placing:
        return placed(self.diagram)

    @cached_property
    def nets(self) -> Mapping[str, str]:
        return {reference.name: reference.target for reference in self.diagram.references}

    @cached_property
    def ways(self) -> Mapping[str, Way]:
        return routed(self.diagram, self.placing, vertical(self.placing, {}, _TOP))

    @cached_property
    def gap_tracks(self) -> Mapping[Gap, Sequence[str]]:
        return gap_tracks(self.ways, self.nets)

    @cached_property
    def heights(self) -> Heights:
        return vertical(self.placing, {gap: len(users) for gap, users in self.gap_tracks.items()}, _TOP)

    @cached_property
    def levels(self) -> Mapping[tuple[Stop, str], float]:
        """How far down each net is at each of its stops."""
        stops = {(stop, self.nets[name]) for name, way in self.ways.items() for stop in way}
        return {(stop, net): self._level(stop, net) for stop, net in stops}

    def _level(self, stop: Stop, net: str) -> float:
        if isinstance(stop.at, Port):
            return self.heights.boxes[stop.at.box] + port_offset(self.diagram, stop.at)
        # A net that only passes a gap has no line in it.
        users = self.gap_tracks.get(stop.at, ())
        return self.heights.gaps[stop.at] + GRID * (users.index(net) if net in users else 0)

    @cached_property
    def _runs(self) -> Mapping[int, Sequence[tuple[str, float, float, int]]]:
        """For each channel the runs: net, top, bottom, and the number of its line."""
        channels = runs_of(self.ways, self.nets, self.levels)
        return {
            channel: [(run.net, run.top, run.bottom, line) for run, line in zip(runs, ordered(runs), strict=True)]
            for channel, runs in channels.runs.items()
        }

    @cached_property
    def _column_widths(self) -> Sequence[float]:
        widths = [0.0] * self.placing.columns
        for column, box in self.placing.boxes():
            names = [text_width(box.name, 12.0) + 24, *(text_width(row.name) + 34 for row in box.rows)]
            widths[column] = max(widths[column], *map(ceil, names))
        return widths

    @cached_property
    def _channel_widths(self) -> Sequence[float]:
        def width(channel: int) -> float:
            lines = [line for *_, line in self._runs.get(channel, ())]
            return 2 * _CHANNEL_PAD + (_TRACK * max(lines) if lines else -_TRACK)

        return [width(channel) for channel in range(self.placing.columns + 1)]

    @cached_property
    def _channels(self) -> Sequence[float]:
        """Where each channel begins from the left."""
        pieces = [self._channel_widths[number] + width for number, width in enumerate(self._column_widths)]
        return list(accumulate(pieces, initial=0.0))

    @cached_property
    def width(self) -> float:
        legend = max(text_width(line) for line in _LEGEND) + 2 * _MARGIN
        return max(legend, self._channels[-1] + self._channel_widths[-1])

    @cached_property
    def references(self) -> Sequence[Reference]:
        """The references net by net, so that a net's lines are drawn together."""
        return sorted(self.diagram.references, key=lambda each: list(self.diagram.boxes).index(each.target))

    @cached_property
    def colours(self) -> Mapping[str, str]:
        """The colour of each table that is referred to."""
        targets = dict.fromkeys(reference.target for reference in self.references)
        return {target: PALETTE[number % len(PALETTE)] for number, target in enumerate(targets)}

    def _left(self, column: int) -> float:
        return self._channels[column] + self._channel_widths[column]

    def _track(self, channel: int, net: str, level: float) -> float:
        """Return where from the left a net runs at this level of a channel."""
        line = next(line for of, top, bottom, line in self._runs[channel] if of == net and top <= level <= bottom)
        return self._channels[channel] + _CHANNEL_PAD + _TRACK * line

    def frame(self, frame: Frame) -> Iterator[str]:
        columns = [column for column, box in self.placing.boxes() if box in frame.boxes]
        left = self._left(min(columns)) - _FRAME_PAD
        right = self._left(max(columns)) + self._column_widths[max(columns)] + _FRAME_PAD
        top, bottom = self.heights.frames[frame.title]
        yield element("rect", class_="panel", x=left, y=top, width=right - left, height=bottom - top, rx=8)
        yield element("text", escape(frame.title), class_="heading", x=left + 12, y=top + 20)

    def line(self, reference: Reference) -> str:
        """Return a foreign key's line, with its arrow."""
        points = self._points(reference)
        (before, _), (end, y) = points[-2:]
        back = -7.0 if before < end else 7.0
        colour = self.colours[reference.target]
        arrow = f"M{end:g},{y:g}l{back:g},-4v8z"
        shapes = (
            element("path", class_="line", stroke=colour, d=line_path([*points[:-1], (end + back / 2, y)])),
            element("path", fill=colour, d=arrow),
            element("circle", fill=colour, cx=points[0][0], cy=points[0][1], r=2.5),
        )
        title = element("title", escape(f"{reference.name}: {reference}"))
        return element(
            "g", title, *shapes, class_="reference", id=reference.name, data_from=reference.source,
            data_column=reference.column, data_to=reference.target,
        )  # fmt: skip

    def _points(self, reference: Reference) -> _Points:
        """Return the corners of a foreign key's line."""
        way, net = self.ways[reference.name], reference.target
        points = [(self._side(way[0]), self.levels[way[0], net])]
        for stop in (stop for piece in pieces_of(way) for stop in piece):
            level = self.levels[stop, net]
            points.append((self._track(stop.channel, net, level), level))
        points.append((self._side(way[-1]), self.levels[way[-1], net]))
        return points

    def _side(self, stop: Stop) -> float:
        """Return where from the left the side of a port's table is."""
        assert isinstance(stop.at, Port)
        column = self.placing.column_of[stop.at.box]
        return self._left(column) + (self._column_widths[column] if stop.at.is_right else 0.0)

    def box(self, box: Box) -> str:
        """Return a table."""
        column = self.placing.column_of[box.name]
        x, y, width = self._left(column), self.heights.boxes[box.name], self._column_widths[column]
        rows = (_row(row.name, x, y + row_offset(number), is_key=row.is_key, is_optional=row.is_optional)
                for number, row in enumerate(box.rows))  # fmt: skip
        kind = "box" if box.columns else "box outside"
        band = self.colours.get(box.name)
        strip = element("rect", fill=band, x=x, y=y, width=width, height=3, rx=1.5) if band else ""
        title = element("title", escape(f"{box.name}: {box.columns} columns" if box.columns else box.name))
        return element(
            "g",
            title,
            element("rect", class_=kind, x=x, y=y, width=width, height=box_height(box), rx=3),
            strip,
            element("text", escape(box.name), class_="name", x=x + 10, y=y + HEADER - 8, font_size=12),
            *rows,
            class_="table",
            id=box.name,
        )


def _row(name: str, x: float, level: float, *, is_key: bool, is_optional: bool) -> str:
    mark = element("text", "◆", class_="soft", x=x + 10, y=level + 3.5, font_size=8) if is_key else ""
    kind = "optional" if is_optional else None
    return mark + element("text", escape(name), class_=kind, x=x + 22, y=level + 4)
