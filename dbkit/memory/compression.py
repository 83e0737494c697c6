"""How small PostgreSQL's own compression makes a value: as far as it takes to know whether an index has room for it.

The steps are those of `pglz_compress` in PostgreSQL's `pg_lzcompress.c`, with its default strategy: which matches it
takes depends on the order in which it comes upon them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

__all__ = ["compressed_bytes"]

_BYTES_MIN = 32
_FIRST_SUCCESS_BYTES = 1_024
_PERCENT_KEPT_MAX = 75
_MATCH_MIN = 3
_MATCH_MAX = 273
_SHORT_MATCH_MAX = 17
_GOOD_MATCH = 128
_OFFSET_END = 0x0FFF


# A row's text is in several indexes, and in a statement that is run again.
@lru_cache(maxsize=4)
def compressed_bytes(source: bytes) -> int | None:
    """Return how many bytes are left of a value, without a header; None, where compression does not pay."""
    length = len(source)
    if length < _BYTES_MIN:
        return None
    bytes_max = length * _PERCENT_KEPT_MAX // 100
    history = _History(source)
    written = items = at = 0
    has_matched = False
    while at < length:
        if written >= bytes_max or (not has_matched and written >= _FIRST_SUCCESS_BYTES):
            return None
        # A byte before each eight items tells which of them are matches.
        written += items % 8 == 0
        items += 1
        matched = history.match(at)
        has_matched |= matched > 0
        written += 1 if not matched else 2 if matched <= _SHORT_MATCH_MAX else 3
        following = at + max(matched, 1)
        for place in range(at, following):
            history.add(place)
        at = following
    return written if written < bytes_max else None


class _History:
    """Where in a value four bytes have been that may be those that come next."""

    def __init__(self, source: bytes) -> None:
        self._source = source
        length = len(source)
        lists = next((lists for bytes_end, lists in _LISTS if length < bytes_end), _LISTS_MAX)
        self._mask = lists - 1
        self._places: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, at: int) -> None:
        self._places[self._list(at)].append(at)

    def match(self, at: int) -> int:
        """Return the length of the match that is taken, the newest first and ever less choosy; 0 for none."""
        best, good = 0, _GOOD_MATCH
        for place in reversed(self._places.get(self._list(at), ())):
            if at - place >= _OFFSET_END:
                break
            best = max(best, self._common(place, at, best))
            if best >= good:
                break
            good -= good * 10 // 100
        return best if best >= _MATCH_MIN else 0

    def _common(self, place: int, at: int, best: int) -> int:
        source = self._source
        if source[place : place + best] != source[at : at + best]:
            return 0
        length, length_max = best, min(_MATCH_MAX, len(source) - at)
        while length < length_max and source[place + length] == source[at + length]:
            length += 1
        return length

    def _list(self, at: int) -> int:
        """Return which list a place belongs to, by the four bytes there, which are signed."""
        source = self._source
        first = _signed(source[at])
        if len(source) - at < 4:
            return first & self._mask
        second, third, fourth = map(_signed, source[at + 1 : at + 4])
        return ((first << 6) ^ (second << 4) ^ (third << 2) ^ fourth) & self._mask


def _signed(byte: int) -> int:
    return byte - 256 if byte > 127 else byte


_LISTS = ((128, 512), (256, 1024), (512, 2048), (1024, 4096))
_LISTS_MAX = 8192
