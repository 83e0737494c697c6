"""Where the tables of a diagram go: in columns, near to what they refer to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import ceil

from dbkit.migrate.erd.tables import Box, Diagram, Frame
from dbkit.models.areas import Area

__all__ = ["GRID", "HEADER", "Block", "Gap", "Heights", "Placing", "box_height", "placed", "row_offset", "vertical"]

GRID = 9.0
"""All that a line may start from stands on a grid of this size: in even columns on its even lines, in odd ones on
the others. So no two lines that leave boxes of neighbouring columns run over each other."""

HEADER = 3 * GRID
_ROW = 2 * GRID
_FOOT = 4.0
_FRAME_HEAD = 4 * GRID
_FRAME_FOOT = 2 * GRID
_GAP_MIN = 2 * GRID
_FRAME_GAP_MIN = 3 * GRID
_BOXES_A_COLUMN = 7
_COLUMN_DISTANCE = 300.0

_BANDS = (
    (Area.TENANCY, Area.PLATFORM),
    (Area.CREDENTIALS, Area.INTEGRATIONS, Area.OPERATIONS),
    (Area.INSTALLATIONS,),
    (Area.DELIVERY,),
)
"""Frames below each other, for columns of about one height; what is not named here goes to the right of it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A frame and its tables in columns; `column` is the number of its first one."""

    frame: Frame
    column: int
    stacks: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True, order=True)
class Gap:
    """The room above a table, below the last one of a column, or between two frames, for lines across a column."""

    column: int
    number: int


@dataclass(frozen=True, slots=True)
class Placing:
    """Bands from left to right, each of blocks from top to bottom."""

    bands: tuple[tuple[Block, ...], ...]

    @property
    def columns(self) -> int:
        """How many columns of tables there are."""
        return sum(len(band[0].stacks) for band in self.bands)

    @property
    def column_of(self) -> Mapping[str, int]:
        """The column of each table."""
        return {box.name: column for column, box in self.boxes()}

    def boxes(self) -> Iterator[tuple[int, Box]]:
        """Yield each table with its column."""
        for band in self.bands:
            for block in band:
                for offset, stack in enumerate(block.stacks):
                    yield from ((block.column + offset, box) for box in stack)


@dataclass(frozen=True, slots=True)
class Heights:
    """Where things stand from top to bottom: top of a table, first line of a gap, top and bottom of a frame."""

    boxes: Mapping[str, float]
    gaps: Mapping[Gap, float]
    frames: Mapping[str, tuple[float, float]]
    total: float


def box_height(box: Box) -> float:
    """Return the height of a table."""
    return HEADER + _ROW * len(box.rows) + _FOOT


def row_offset(number: int | None) -> float:
    """Return how far below a table's top a line starts from its row, or ends at its name."""
    return _ROW if number is None else HEADER + _ROW * number + GRID


def placed(diagram: Diagram) -> Placing:
    """Place the tables: those that refer to each other near each other, as far as their frames allow."""
    placing = Placing(tuple(_bands(diagram.frames)))
    best = _length(diagram, placing)
    improved = True
    while improved:
        improved = False
        for swapped in _swaps(placing):
            length = _length(diagram, swapped)
            if length < best - 1e-6:
                placing, best, improved = swapped, length, True
                break
    return placing


def vertical(placing: Placing, tracks: Mapping[Gap, int], top: float) -> Heights:
    """Return where everything stands, with room in each gap for that many lines."""
    boxes: dict[str, float] = {}
    gaps: dict[Gap, float] = {}
    frames: dict[str, tuple[float, float]] = {}
    bottoms = [top]
    for band in placing.bands:
        numbers = [0] * len(band[0].stacks)
        y = top
        for block in band:
            y, head = _place_block(block, y, numbers, tracks, boxes, gaps)
            frames[block.frame.title] = (head, y)
        for offset, number in enumerate(numbers):
            gaps[Gap(band[0].column + offset, number)] = _line_at(band[0].column + offset, y)
        last = max(tracks.get(Gap(band[0].column + offset, number), 0) for offset, number in enumerate(numbers))
        bottoms.append(y + GRID * last)
    return Heights(boxes, gaps, frames, max(bottoms) + 2 * GRID)


def _bands(frames: Sequence[Frame]) -> Iterator[tuple[Block, ...]]:
    """Yield the frames below each other; a band is as wide as its widest frame."""
    named = {frame.title: frame for frame in frames}
    groups = [[named.pop(area.heading) for area in band if area.heading in named] for band in _BANDS]
    column = 0
    for group in [*filter(None, groups), *([frame] for frame in named.values())]:
        width = max(_width(frame, alone=len(frames) < len(_BANDS)) for frame in group)
        yield tuple(Block(frame, column, _stacks(frame.boxes, width)) for frame in group)
        column += width


def _width(frame: Frame, *, alone: bool) -> int:
    return ceil(len(frame.boxes) / (4 if alone and not frame.is_outside else _BOXES_A_COLUMN))


def _stacks(boxes: Sequence[Box], width: int) -> tuple[tuple[Box, ...], ...]:
    """Part boxes into columns of about one height, in their order."""
    rest = list(boxes)
    stacks: list[tuple[Box, ...]] = []
    for left in range(width, 0, -1):
        count = ceil(len(rest) / left)
        stacks.append(tuple(rest[:count]))
        del rest[:count]
    return tuple(stacks)


def _swaps(placing: Placing) -> Iterator[Placing]:
    """Yield the placings in which two tables of a frame have changed places."""
    for band_number, band in enumerate(placing.bands):
        for number, block in enumerate(band):
            for one, other in combinations([box for stack in block.stacks for box in stack], 2):
                swap = {one.name: other, other.name: one}
                stacks = tuple(tuple(swap.get(box.name, box) for box in stack) for stack in block.stacks)
                blocks = (*band[:number], Block(block.frame, block.column, stacks), *band[number + 1 :])
                yield Placing((*placing.bands[:band_number], blocks, *placing.bands[band_number + 1 :]))


def _length(diagram: Diagram, placing: Placing) -> float:
    """Return how long the lines are, about; where many point to one table, each counts less."""
    heights = vertical(placing, {}, 0.0)
    columns = placing.column_of
    rows = {box.name: {row.name: number for number, row in enumerate(box.rows)} for _, box in placing.boxes()}
    total = heights.total * 4
    for reference in diagram.references:
        start = heights.boxes[reference.source] + row_offset(rows[reference.source][reference.column])
        down = abs(start - heights.boxes[reference.target] - row_offset(None))
        aside = abs(columns[reference.source] - columns[reference.target])
        total += down + _COLUMN_DISTANCE * (aside or 0.3)
    return total + _frame_spread(placing, heights)


def _frame_spread(placing: Placing, heights: Heights) -> float:
    """Return how unequal the columns of a frame are."""
    total = 0.0
    for band in placing.bands:
        for block in band:
            ends = [heights.boxes[stack[-1].name] + box_height(stack[-1]) for stack in block.stacks if stack]
            total += 4 * sum(abs(one - other) for one, other in pairwise(ends))
    return total


def _place_block(
    block: Block,
    y: float,
    numbers: list[int],
    tracks: Mapping[Gap, int],
    boxes: dict[str, float],
    gaps: dict[Gap, float],
) -> tuple[float, float]:
    """Place a frame's tables below `y`; return where the frame ends, and where it begins."""
    columns = range(block.column, block.column + len(block.stacks))
    above = [Gap(column, number) for column, number in zip(columns, numbers, strict=True)]
    room = max(_FRAME_GAP_MIN, GRID * (max(tracks.get(gap, 0) for gap in above) + 1))
    for gap in above:
        gaps[gap] = _line_at(gap.column, y + GRID)
    bottom = y
    for offset, (column, stack) in enumerate(zip(columns, block.stacks, strict=True)):
        below = y + room + _FRAME_HEAD
        for number, box in enumerate(stack):
            if number:
                gap = Gap(column, numbers[offset])
                gaps[gap] = _line_at(column, below + GRID * 0.5)
                below += max(_GAP_MIN, GRID * (tracks.get(gap, 0) + 1))
            boxes[box.name] = below = _on_grid(column, below)
            below += box_height(box)
            numbers[offset] += 1
        bottom = max(bottom, below + _FRAME_FOOT)
    return bottom, y + room


def _on_grid(column: int, y: float) -> float:
    """Return the next place downwards for a table of this column."""
    shift = GRID * (column % 2)
    return ceil((y - shift) / (2 * GRID)) * 2 * GRID + shift


def _line_at(column: int, y: float) -> float:
    """Return the next place downwards for a line across this column: between the places for tables' lines."""
    return ceil(y / GRID) * GRID + (GRID / 3 if column % 2 else 2 * GRID / 3)
