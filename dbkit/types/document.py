"""How two JSON documents differ."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import JsonValue

from dbkit.types.value import Value

__all__ = ["DocumentDifference", "differences"]


class DocumentDifference(Value):
    """One place where two documents differ.

    `path` is a JSON Pointer (RFC 6901). `before` and `after` hold one value each, or none where the
    place is only in the other document.
    """

    path: str
    before: tuple[JsonValue, ...]
    after: tuple[JsonValue, ...]

    @property
    def kind(self) -> str:
        """What became of the place: `added`, `removed` or `changed`."""
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


def differences(before: JsonValue, after: JsonValue, path: str = "") -> Iterator[DocumentDifference]:
    """Yield where two documents differ, objects key by key and all else as a whole.

    Paths are JSON Pointers (RFC 6901), in the order of keys.
    """
    if not isinstance(before, dict) or not isinstance(after, dict):
        if before != after or isinstance(before, bool) != isinstance(after, bool):
            yield DocumentDifference(path=path, before=(before,), after=(after,))
        return
    for name in sorted(before.keys() | after.keys()):
        below = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name not in after:
            yield DocumentDifference(path=below, before=(before[name],), after=())
        elif name not in before:
            yield DocumentDifference(path=below, before=(), after=(after[name],))
        else:
            yield from differences(before[name], after[name], below)
