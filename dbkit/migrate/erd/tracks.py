"""Which line of a channel or gap each net takes, so that nets do not run over each other, and cross little."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dbkit.migrate.erd.placing import Gap
from dbkit.migrate.erd.routing import Port, Stop, Way

__all__ = ["Channels", "Run", "gap_tracks", "ordered", "pieces_of", "runs_of"]


@dataclass
class Run:
    """A piece of a channel that a net runs along, and where it leaves it to the left and to the right."""

    net: str
    top: float
    bottom: float
    left: set[float] = field(default_factory=set[float])
    right: set[float] = field(default_factory=set[float])

    def meets(self, other: Run) -> bool:
        """Tell whether the two cannot share a line."""
        return self.top <= other.bottom + 8 and other.top <= self.bottom + 8

    def crossings(self, other: Run) -> int:
        """Return how often the two cross while this one is to the left."""
        return sum(other.top <= y <= other.bottom for y in self.right) + sum(
            self.top <= y <= self.bottom for y in other.left
        )


def gap_tracks(ways: Mapping[str, Way], nets: Mapping[str, str]) -> dict[Gap, list[str]]:
    """Return the nets that go through each gap, in the order in which they get its lines."""
    found: dict[Gap, dict[str, None]] = {}
    for name, way in ways.items():
        for one, other in pairwise(way):
            if one.channel != other.channel:
                assert isinstance(one.at, Gap)
                found.setdefault(one.at, {})[nets[name]] = None
    return {gap: list(users) for gap, users in found.items()}


def pieces_of(way: Way) -> list[tuple[Stop, Stop]]:
    """Return for each channel on a way where it comes in and goes out; what it passes in between is no matter."""
    pieces = [(way[0], way[0])]
    for stop in way[1:]:
        if stop.channel == pieces[-1][1].channel:
            pieces[-1] = (pieces[-1][0], stop)
        else:
            pieces.append((stop, stop))
    return pieces


def runs_of(ways: Mapping[str, Way], nets: Mapping[str, str], level: Mapping[tuple[Stop, str], float]) -> Channels:
    """Return the runs in each channel, and which of them each net has at each stop."""
    channels = Channels()
    for name, way in ways.items():
        net = nets[name]
        pieces = pieces_of(way)
        for number, piece in enumerate(pieces):
            before = pieces[number - 1][1].channel if number else None
            after = pieces[number + 1][0].channel if number + 1 < len(pieces) else None
            channels.add(net, piece, level, (_side(piece[0], before), _side(piece[1], after)))
    channels.merge()
    return channels


class Channels:
    """The runs of all channels."""

    def __init__(self) -> None:
        self.runs: dict[int, list[Run]] = {}

    def add(
        self, net: str, piece: Sequence[Stop], level: Mapping[tuple[Stop, str], float], sides: tuple[str, str]
    ) -> None:
        """Add a piece of way along a channel, with the sides at which it comes in and goes out."""
        levels = [level[stop, net] for stop in piece]
        run = Run(net, min(levels), max(levels))
        for y, side in zip(levels, sides, strict=True):
            (run.left if side == "left" else run.right).add(y)
        self.runs.setdefault(piece[0].channel, []).append(run)

    def merge(self) -> None:
        """Make one run of those of a net that meet."""
        for channel, runs in self.runs.items():
            merged: list[Run] = []
            for run in sorted(runs, key=lambda each: (each.net, each.top, each.bottom)):
                last = merged[-1] if merged else None
                if last is not None and last.net == run.net and run.top <= last.bottom:
                    last.bottom = max(last.bottom, run.bottom)
                    last.left |= run.left
                    last.right |= run.right
                else:
                    merged.append(run)
            self.runs[channel] = merged


def ordered(runs: Sequence[Run]) -> list[int]:
    """Return a line for each run, from the left: none shared by runs that meet, with few crossings."""
    order = sorted(range(len(runs)), key=lambda index: (len(runs[index].right) - len(runs[index].left), index))
    cost = [[one.crossings(other) if one.meets(other) else 0 for other in runs] for one in runs]
    improved = True
    while improved:
        improved = False
        for source in range(len(order)):
            best = _best_place(order, source, cost)
            if best != source:
                order.insert(best, order.pop(source))
                improved = True
    lines = [0] * len(runs)
    for place, index in enumerate(order):
        before = [lines[other] for other in order[:place] if runs[other].meets(runs[index])]
        lines[index] = max(before, default=-1) + 1
    return lines


def _best_place(order: Sequence[int], source: int, cost: Sequence[Sequence[int]]) -> int:
    """Return where in the order the one at `source` has the fewest crossings."""
    index = order[source]
    rest = [*order[:source], *order[source + 1 :]]
    after = sum(cost[index][other] for other in rest)
    costs = [after]
    for other in rest:
        after += cost[other][index] - cost[index][other]
        costs.append(after)
    best = min(costs)
    return source if costs[source] == best else costs.index(best)


def _side(stop: Stop, neighbour: int | None) -> str:
    """Return the side of a channel on which a line leaves it at this stop."""
    if neighbour is not None:
        return "left" if neighbour < stop.channel else "right"
    assert isinstance(stop.at, Port)
    # A port at a table's right side is at the left side of the channel.
    return "left" if stop.at.is_right else "right"
