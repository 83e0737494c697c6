"""How two JSON documents differ."""

from __future__ import annotations

from pydantic import JsonValue

from dbkit.types.value import Value

__all__ = ["DocumentDifference"]


class DocumentDifference(Value):
    """One place where two documents differ.

    `path` is a JSON Pointer (RFC 6901). `before` and `after` hold one value each, or none where the
    place is only in the other document.
    """

    path: str
    before: tuple[JsonValue, ...]
    after: tuple[JsonValue, ...]
