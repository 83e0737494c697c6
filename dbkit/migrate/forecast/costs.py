"""What is done with all rows of a table, as time, WAL and disk: arithmetic, and nothing else.

A rewrite holds the old files and the new ones until it commits. A build writes its sorted rows to temporary files
where they do not fit into `maintenance_work_mem`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from dbkit.migrate.forecast.kinds import Comparison, comparison, shares_equal_values, width_bytes
from dbkit.migrate.forecast.ranges import NOTHING, Range
from dbkit.migrate.forecast.rates import GUESSED, ROWS_OF_A_PAGE, Rates, Speed
from dbkit.migrate.forecast.sizes import ColumnSize, IndexSize, TableSize

__all__ = ["ALL", "Cost", "Disk", "Key", "Server", "build", "rewrite", "scan", "update"]

_PAGE_BYTES: Final = 8192
_ROW_OVERHEAD_BYTES: Final = 32
"""A row's header, its pointer, and what aligning its values takes."""
_ENTRY_OVERHEAD_BYTES: Final = 12
_CALIBRATED_ENTRY_BYTES: Final = 8
_FULL: Final = 0.9
"""How full an index's pages are when it was built."""
_POSTING_BYTES: Final = 6
_POSTING_ROWS_MIN: Final = 3
"""From so many equal values on an index holds them as one."""
_SORTED: Final = 0.99
_COMPARISONS_OF_SORTED: Final = 2.0
_LOOKED: Final = 0.3
"""Which part of a row's time goes to looking whether an index has it."""
_SORTED_ON_DISK: Final = 1.4
"""How many times as long comparisons take where not all is in memory."""
_OTHER_METHOD: Final = 10.0
"""How many times as long an index may take that is no B-tree."""
_EXPRESSION_WEIGHT: Final = 8.0
_INDEXES_GUESSED: Final = 2

ALL: Final = Range(1.0, 1.0)
"""The part of a table that an index without a predicate has."""

_SIZE_OFF, _WAL_OF_HEAP, _WAL_OF_UPDATE = Range(0.8, 1.25), Range(0.9, 1.2), Range(1.0, 4.0)


@dataclass(frozen=True, slots=True)
class Server:
    """What matters of a server: how fast it is, the memory of a sort, and its buffers: larger tables are read."""

    speed: Speed = GUESSED
    sort_bytes: int = 64 * 2**20
    buffer_bytes: int = 128 * 2**20


@dataclass(frozen=True, slots=True)
class Disk:
    """Disk beyond what was in use: for good, until the transaction ends, and in temporary files of one statement."""

    kept: Range = NOTHING
    until_commit: Range = NOTHING
    temporary: Range = NOTHING

    def as_json(self) -> dict[str, list[float]]:
        """Return it for machines, each as a pair of bounds."""
        parts = {"kept": self.kept, "until_commit": self.until_commit, "temporary": self.temporary}
        return {name: span.as_json() for name, span in parts.items()}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a piece of work takes."""

    seconds: Range
    wal_bytes: Range = NOTHING
    disk: Disk = Disk()


@dataclass(frozen=True, slots=True)
class Key:
    """An index to be built: its columns, which part of the rows it has, and the old one that it replaces."""

    columns: tuple[str, ...]
    part: Range = ALL
    unique: bool = False
    method: str = "btree"
    old: IndexSize | None = None
    is_concurrent: bool = False


def scan(server: Server, table: TableSize, extra: Callable[[Rates], float] = lambda _: 0.0) -> Cost:
    """Return what looking at all rows takes; `extra` says what is added for a row."""
    rows = _rows(table)
    return Cost(_seconds(server, lambda rates: _scan_seconds(rates, server, table) + rows * extra(rates)))


def build(server: Server, table: TableSize, key: Key) -> Cost:
    """Return what building an index takes."""
    shape, part = _shape(table, key), key.part
    factor = 1.0 if key.method == "btree" else _OTHER_METHOD
    seconds = server.speed.range(
        _build_seconds(server.speed.best, server, table, key, part.low),
        _build_seconds(server.speed.worst, server, table, key, part.high) * factor,
    )
    size = _times(_SIZE_OFF, shape.bytes * part.low, shape.bytes * part.high * factor)
    sorts_on_disk = shape.sorted_bytes * part.high > server.sort_bytes
    temporary = _times(_SIZE_OFF, shape.sorted_bytes * part.low, shape.sorted_bytes * part.high)
    disk = Disk(
        kept=size if key.old is None else NOTHING,
        until_commit=NOTHING if key.old is None else size,
        temporary=temporary if sorts_on_disk else NOTHING,
    )
    return Cost(seconds, _times(_WAL_OF_HEAP, size.low, size.high), disk)


def rewrite(server: Server, table: TableSize, weight: float = 0.0) -> Cost:
    """Return what writing a table anew takes, with all of its indexes.

    `weight` is what making a row's new values costs, as a multiple of looking at one.
    """
    rows, size = _rows(table), _new_bytes(table)
    heap = _seconds(server, lambda each: rows * (each.rewrite_row + weight * each.check_row) + size * each.rewrite_byte)
    builds = [build(server, table, key) for key in _keys(table)]
    files = _times(Range(0.9, 1.1), size, size)
    wal = _times(_WAL_OF_HEAP, size, size)
    for each in builds:
        heap, files, wal = heap + each.seconds, files + each.disk.until_commit, wal + each.wal_bytes
    # Temporary files of one index are gone before those of the next come.
    temporary = max((each.disk.temporary for each in builds), key=lambda each: each.high, default=NOTHING)
    return Cost(heap, wal, Disk(NOTHING, files, temporary))


def update(server: Server, table: TableSize) -> Cost:
    """Return what updating rows takes: none of them, or all."""
    rows, size = _rows(table), table.bytes
    indexes = len(table.indexes) if table.columns else _INDEXES_GUESSED
    worst = server.speed.worst
    seconds = rows * (worst.update_row + indexes * worst.index_row) + size * worst.update_byte
    grown = Range(0.0, float(size + table.index_bytes))
    return Cost(
        Range(0.0, server.speed.range(0.0, seconds).high),
        Range(0.0, grown.high * _WAL_OF_UPDATE.high),
        Disk(kept=grown),
    )


@dataclass(frozen=True, slots=True)
class _Shape:
    """An index of all rows: how many entries, how wide each, how large all of it, and what a comparison costs."""

    entries: float
    width: int
    bytes: float
    first: ColumnSize | None
    comparisons: tuple[Comparison, ...]
    expressions: int

    @property
    def sorted_bytes(self) -> float:
        """How large all entries are while they are sorted."""
        return self.entries * (_ENTRY_OVERHEAD_BYTES + self.width)


def _shape(table: TableSize, key: Key) -> _Shape:
    columns = [table.columns.get(name) for name in key.columns] or [None]
    width = _aligned(sum(_width(each) for each in columns))
    entries = _rows(table)
    size = entries * (_ENTRY_OVERHEAD_BYTES + width) / _FULL
    each_value = 0.0 if key.unique else _rows_of_a_value(entries, columns)
    if each_value >= _POSTING_ROWS_MIN:
        size = (entries * _POSTING_BYTES + entries / each_value * (_ENTRY_OVERHEAD_BYTES + width)) / _FULL
    if key.old is not None and key.old.bytes:
        size = min(size, float(key.old.bytes))
    kinds = tuple(comparison(each.type) if each else Comparison.TEXT for each in columns)
    return _Shape(entries, width, max(size, 2.0 * _PAGE_BYTES), columns[0], kinds, key.columns.count(""))


def _build_seconds(rates: Rates, server: Server, table: TableSize, key: Key, part: float) -> float:
    shape, scan_seconds = _shape(table, key), _scan_seconds(rates, server, table)
    entries = shape.entries * part
    found = scan_seconds + shape.entries * shape.expressions * _EXPRESSION_WEIGHT * rates.check_row
    found += (_LOOKED * shape.entries + (1 - _LOOKED) * entries) * rates.build_row
    found += entries * max(0, shape.width - _CALIBRATED_ENTRY_BYTES) * rates.rewrite_byte
    found += _sort_seconds(rates, server, shape, part)
    if key.is_concurrent:
        # It looks a second time for what came meanwhile, and sorts the places of the rows.
        found += scan_seconds + entries * math.log2(max(entries, 2)) * rates.compare_number
    return found


def _sort_seconds(rates: Rates, server: Server, shape: _Shape, part: float) -> float:
    entries, size = shape.entries * part, shape.sorted_bytes * part
    found = entries * _compared(shape, entries) * _comparison_seconds(rates, shape)
    if size <= server.sort_bytes:
        return found
    # Runs are written, read again, and merged, each of them out of the processor's caches.
    return found * _SORTED_ON_DISK + 2 * size * rates.rewrite_byte


def _compared(shape: _Shape, entries: float) -> float:
    """Return how often a row is compared with others; rows with equal values are soon told from all others."""
    first = shape.first
    if first is not None and first.correlation is not None and first.correlation > _SORTED:
        return _COMPARISONS_OF_SORTED
    values = _values(first, entries) or entries
    return math.log2(max(entries, 2)) if values > entries / 2 else math.log2(max(values, 2)) + _COMPARISONS_OF_SORTED


def _comparison_seconds(rates: Rates, shape: _Shape) -> float:
    each = {
        Comparison.NUMBER: rates.compare_number,
        Comparison.TEXT: rates.compare_text,
        Comparison.OTHER: rates.compare_other,
    }
    first, *others = (each[kind] for kind in shape.comparisons)
    # Where the first column tells rows apart, the others are not looked at.
    is_key = shape.first is not None and shape.first.distinct is not None and shape.first.distinct <= -_SORTED
    return first if is_key else first + sum(others) / 2


def _keys(table: TableSize) -> Iterator[Key]:
    """Return the indexes of a table as they are built anew; where none are known, some that are as large together."""
    if not table.indexes and table.index_bytes:
        count = max(1, round(table.index_bytes / _shape(table, Key(())).bytes))
        yield from [Key((), old=IndexSize((), table.index_bytes // count))] * count
    for each in table.indexes.values():
        key = Key(each.columns, unique=each.unique, method=each.method, old=each)
        if each.partial:
            part = min(1.0, each.bytes / _shape(table, replace(key, old=None)).bytes)
            key = replace(key, part=Range(part, part), old=replace(each, bytes=0))
        yield key


def _rows_of_a_value(rows: float, columns: list[ColumnSize | None]) -> float:
    """Return how many rows share a value of all columns, and its entry; 0 where they do not, or nobody knows."""
    values = 1.0
    for each in columns:
        found = _values(each, rows)
        if each is None or found is None or not shares_equal_values(each.type):
            return 0.0
        values *= found
    return rows / min(values, max(rows, 1.0))


def _values(column: ColumnSize | None, rows: float) -> float | None:
    """Return how many values a column has; None where nobody knows."""
    if column is None or column.distinct is None:
        return None
    return max(column.distinct if column.distinct >= 0 else -column.distinct * rows, 1.0)


def _new_bytes(table: TableSize) -> float:
    """Return how large a table is when it is written anew: what dead rows left is gone."""
    known = [each for each in table.columns.values() if each.width_bytes is not None]
    if not known or len(known) < len(table.columns) or table.rows is None:
        return float(table.bytes)
    row = sum(_width(each) * (1 - (each.nulls or 0.0)) for each in known) + _ROW_OVERHEAD_BYTES
    return min(float(table.bytes), table.rows * row * 1.05)


def _rows(table: TableSize) -> float:
    return table.bytes / _PAGE_BYTES * ROWS_OF_A_PAGE if table.rows is None else float(table.rows)


def _width(column: ColumnSize | None) -> int:
    if column is None:
        return width_bytes("text")
    return width_bytes(column.type) if column.width_bytes is None else column.width_bytes


def _aligned(width: int) -> int:
    return math.ceil(width / 8) * 8


def _scan_seconds(rates: Rates, server: Server, table: TableSize) -> float:
    read = _read_bytes(server, table) * rates.read_byte
    return _rows(table) * rates.scan_row + table.bytes * rates.scan_byte + read


def _read_bytes(server: Server, table: TableSize) -> int:
    """Return how much of a table is not in the server's buffers."""
    return max(0, table.bytes - server.buffer_bytes)


def _seconds(server: Server, of: Callable[[Rates], float]) -> Range:
    return server.speed.range(of(server.speed.best), of(server.speed.worst))


def _times(factor: Range, low: float, high: float) -> Range:
    return Range(low * factor.low, high * factor.high)
