"""The ways of a diagram's lines: down the channels between columns of tables, and across through gaps.

All lines to one table are one net: they meet on their way, so that a table with many references has
one trunk. A way is a list of stops; `tracks.py` says where on the page a stop is.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from dbkit.migrate.erd.placing import Gap, Heights, Placing, row_offset
from dbkit.migrate.erd.tables import Diagram, Reference

__all__ = ["Port", "Stop", "Way", "routed"]

_BEND = 40.0
_COLUMN = 220.0
_SHARED = 0.3
"""What a piece of way counts that the net has already."""


@dataclass(frozen=True, slots=True, order=True)
class Port:
    """A place at a table's side where lines start (at a column's row) or end (at the table's name, `row` is empty)."""

    box: str
    row: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class Stop:
    """A place in a channel: level with a port or with a gap. Channel 0 is left of all columns."""

    channel: int
    at: Port | Gap


Way: TypeAlias = tuple[Stop, ...]


def routed(diagram: Diagram, placing: Placing, heights: Heights) -> dict[str, Way]:
    """Return the way of each foreign key, by name, from its column to its table."""
    streets = _Streets(diagram, placing, heights)
    ways: dict[str, Way] = {}
    for target in diagram.boxes:
        ways |= _net(streets, target, [each for each in diagram.references if each.target == target])
    return ways


def port_offset(diagram: Diagram, port: Port) -> float:
    """Return how far below its table's top a port is."""
    rows = [row.name for row in diagram.boxes[port.box].rows]
    return row_offset(rows.index(port.row) if port.row else None)


class _Streets:
    """All stops, and which ones follow each other."""

    def __init__(self, diagram: Diagram, placing: Placing, heights: Heights) -> None:
        self.columns = placing.column_of
        self._neighbours: dict[Stop, list[tuple[Stop, float]]] = {}
        levels: dict[int, list[tuple[float, int, Stop]]] = {channel: [] for channel in range(placing.columns + 1)}
        for port in _ports(diagram):
            stop = self.stop(port)
            level = heights.boxes[port.box] + port_offset(diagram, port)
            levels[stop.channel].append((level, len(levels[stop.channel]), stop))
        for gap, level in sorted(heights.gaps.items()):
            left, right = Stop(gap.column, gap), Stop(gap.column + 1, gap)
            self._join(left, right, _COLUMN + 2 * _BEND)
            for stop in (left, right):
                levels[stop.channel].append((level, len(levels[stop.channel]), stop))
        for channel in levels.values():
            channel.sort()
            for (above, _, one), (below, _, other) in pairwise(channel):
                self._join(one, other, below - above)

    def stop(self, port: Port) -> Stop:
        """Return the stop in front of a port."""
        return Stop(self.columns[port.box] + port.is_right, port)

    def after(self, stop: Stop) -> Sequence[tuple[Stop, float]]:
        """Return where one gets from a stop, and how far that is."""
        return self._neighbours.get(stop, ())

    def _join(self, one: Stop, other: Stop, distance: float) -> None:
        self._neighbours.setdefault(one, []).append((other, distance))
        self._neighbours.setdefault(other, []).append((one, distance))


def _ports(diagram: Diagram) -> Iterator[Port]:
    for box in diagram.boxes.values():
        for row in ("", *(row.name for row in box.rows)):
            yield from (Port(box.name, row, is_right) for is_right in (False, True))


def _net(streets: _Streets, target: str, references: Sequence[Reference]) -> dict[str, Way]:
    """Return the ways to one table: the nearest column's first, the others join where that is shorter."""
    onward: dict[Stop, Stop | None] = {streets.stop(Port(target, "", side)): None for side in (False, True)}
    distance = dict.fromkeys(onward, 0.0)
    ways: dict[str, Way] = {}
    rest = {each.name: each for each in references}
    while rest:
        reached = _reached(streets, distance)
        ends = {name: _nearer_side(streets, each, reached) for name, each in rest.items()}
        name = min(rest, key=lambda each: (reached[ends[each]][0], each))
        _join_tree(ends[name], reached, onward, distance)
        ways[name] = tuple(_follow(ends[name], onward))
        del rest[name]
    return ways


def _nearer_side(streets: _Streets, reference: Reference, reached: Mapping[Stop, tuple[float, Stop | None]]) -> Stop:
    sides = [streets.stop(Port(reference.source, reference.column, side)) for side in (True, False)]
    return min(sides, key=lambda stop: reached[stop][0])


def _reached(streets: _Streets, tree: Mapping[Stop, float]) -> dict[Stop, tuple[float, Stop | None]]:
    """Return for every stop how far it is from the net, and the next stop on the way there."""
    found: dict[Stop, tuple[float, Stop | None]] = {}
    heap: list[tuple[float, int, Stop, Stop | None]] = []
    for number, (stop, distance) in enumerate(tree.items()):
        heap.append((distance * _SHARED, number, stop, None))
    heapq.heapify(heap)
    number = len(heap)
    while heap:
        cost, _, stop, towards = heapq.heappop(heap)
        if stop in found:
            continue
        found[stop] = (cost, towards)
        for following, length in streets.after(stop):
            if following not in found:
                number += 1
                heapq.heappush(heap, (cost + length, number, following, stop))
    return found


def _join_tree(
    end: Stop,
    reached: Mapping[Stop, tuple[float, Stop | None]],
    onward: dict[Stop, Stop | None],
    distance: dict[Stop, float],
) -> None:
    """Add the way from an end to the net."""
    way = [end]
    while (following := reached[way[-1]][1]) is not None and way[-1] not in onward:
        way.append(following)
    for stop, following in reversed(list(pairwise(way))):
        onward[stop] = following
        distance[stop] = distance[following] + reached[stop][0] - reached[following][0]


def _follow(stop: Stop, onward: Mapping[Stop, Stop | None]) -> Iterator[Stop]:
    current: Stop | None = stop
    while current is not None:
        yield current
        current = onward[current]
