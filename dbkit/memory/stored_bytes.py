"""The bytes in which PostgreSQL stores numbers, arrays and documents, without the word before them that tells how many.

An index has room for a value or not by their number, and by how well they are compressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from struct import pack
from typing import Any

from dbkit.memory.documents import document_text

__all__ = ["array_bytes", "document_bytes", "numeric_bytes"]

_WORD = 4
_SPECIAL_NUMBERS = {"NaN": 0xC000, "Infinity": 0xD000, "-Infinity": 0xF000}
_GROUP_DIGITS = 4
_SHORT_SCALE_MAX = 63
_SHORT_WEIGHTS = range(-64, 64)
_TEXT_OID, _VARCHAR_OID = 25, 1043


def numeric_bytes(number: Decimal) -> bytes:
    """Return a number as `numeric.c` has it: a header, and the digits in groups of four, no zeros around them."""
    if not number.is_finite():
        return pack("<H", _SPECIAL_NUMBERS[str(number)])
    whole, _, fraction = f"{number.copy_abs():f}".partition(".")
    weight = -(-len(whole) // _GROUP_DIGITS) - 1
    digits = whole.rjust((weight + 1) * _GROUP_DIGITS, "0") + fraction + "0" * (-len(fraction) % _GROUP_DIGITS)
    groups = [int(digits[at : at + _GROUP_DIGITS]) for at in range(0, len(digits), _GROUP_DIGITS)]
    first = next((place for place, group in enumerate(groups) if group), len(groups))
    while len(groups) > first and not groups[-1]:
        groups.pop()
    shown = groups[first:]
    return _numeric_header(number < 0, len(fraction), weight - first if shown else 0) + pack(f"<{len(shown)}H", *shown)


def _numeric_header(is_negative: bool, scale: int, weight: int) -> bytes:  # noqa: FBT001 - the number's sign
    if scale <= _SHORT_SCALE_MAX and weight in _SHORT_WEIGHTS:
        return pack("<H", 0x8000 | is_negative << 13 | scale << 7 | (weight < 0) << 6 | weight & 0x3F)
    return pack("<Hh", is_negative << 14 | scale, weight)


def array_bytes(items: tuple[str | None, ...], *, is_varchar: bool) -> bytes:
    """Return an array of text as `array.h` has it: of one dimension, or of none where it is empty."""
    oid = _VARCHAR_OID if is_varchar else _TEXT_OID
    if not items:
        return pack("<3I", 0, 0, oid)
    present = sum(1 << place for place, item in enumerate(items) if item is not None)
    bitmap = b"" if None not in items else present.to_bytes(-(-len(items) // 8), "little")
    header = pack("<5I", 1, 0, oid, len(items), 1)
    if bitmap:
        # The elements start on a multiple of eight bytes, which the header tells.
        start = -(-(_WORD + len(header) + len(bitmap)) // 8) * 8
        bitmap = bitmap.ljust(start - _WORD - len(header), b"\0")
        header = pack("<5I", 1, start, oid, len(items), 1)
    return header + bitmap + b"".join(_element(item) for item in items if item is not None)


def _element(item: str) -> bytes:
    data = item.encode()
    return pack("<I", _WORD + len(data) << 2) + data + b"\0" * (-len(data) % _WORD)


def document_bytes(document: Any) -> bytes:
    """Return a document as `jsonb.h` has it; one that is neither array nor object is in an array of its own."""
    written = _Document()
    if isinstance(document, dict | list):
        written.add(document)
    else:
        written.add_parts(_ARRAY | _SCALAR | 1, [document])
    return bytes(written.data)


_STRIDE = 32
"""Each so many entries, one tells where its value ends instead of how long it is."""

_ENTRY_ENDS = 0x80000000
_ENTRY_KIND = 0x70000000
_NUMBER, _FALSE, _TRUE, _NULL, _CONTAINER = 0x10000000, 0x20000000, 0x30000000, 0x40000000, 0x50000000
_SCALAR, _OBJECT, _ARRAY = 0x10000000, 0x20000000, 0x40000000


class _Document:
    """A document while it is written, depth first: of each container its entries, and then the values."""

    def __init__(self) -> None:
        self.data = bytearray()

    def add(self, value: Any) -> int:
        """Write a value, and return its entry: its kind, and how many bytes it takes, those that align it too."""
        start = len(self.data)
        if isinstance(value, dict):
            self.add_parts(_OBJECT | len(value), [*value, *value.values()])
        elif isinstance(value, list):
            self.add_parts(_ARRAY | len(value), value)
        elif isinstance(value, bool) or value is None:
            return _NULL if value is None else _TRUE if value else _FALSE
        elif isinstance(value, str):
            self.data += value.encode()
            return len(self.data) - start
        else:
            self._align()
            number = numeric_bytes(Decimal(document_text(value)))
            self.data += pack("<I", _WORD + len(number) << 2) + number
            return _NUMBER | len(self.data) - start
        return _CONTAINER | len(self.data) - start

    def add_parts(self, header: int, parts: Iterable[Any]) -> None:
        """Write a container: its header, an entry for each of its keys and values, and these."""
        given = [*parts]
        self._align()
        self.data += pack("<I", header)
        at = len(self.data)
        self.data += bytes(_WORD * len(given))
        bytes_ = 0
        for place, part in enumerate(given):
            entry = self.add(part)
            bytes_ += entry & ~_ENTRY_KIND
            if place % _STRIDE == 0:
                entry = entry & _ENTRY_KIND | bytes_ | _ENTRY_ENDS
            self.data[at : at + _WORD] = pack("<I", entry)
            at += _WORD

    def _align(self) -> None:
        self.data += bytes(-len(self.data) % _WORD)
