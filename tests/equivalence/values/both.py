"""One entity in both backends, and what both answer to the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from dbkit.models import Entity
from dbkit.types.errors import DbkitError

__all__ = ["Both", "Call", "Opened", "answer", "pages"]

Call: TypeAlias = Callable[[Any], Any]
"""What is asked of a repository."""

Opened: TypeAlias = Callable[[Entity[Any, Any, Any]], "Both"]
"""Opens an entity in both backends, without a row."""

_FACTS = ("entity", "key", "constraint", "fields", "sqlstate", "row", "retryable")


@dataclass(frozen=True)
class Both:
    """The repositories of one entity in both backends."""

    entity: Entity[Any, Any, Any]
    twin: Any
    server: Any

    def do(self, call: Call) -> bool:
        """Make a call on both, and tell whether both took it."""
        return not any(answer(call, repository)[0] for repository in (self.twin, self.server))

    def differences(self, calls: Iterable[tuple[object, Call]]) -> list[str]:
        """Return what both answer differently, with the words that go with the call."""
        found = []
        for words, call in calls:
            twin, server = answer(call, self.twin), answer(call, self.server)
            if twin != server:
                found.append(f"{shown(words)[:200]}: the twin {twin[1][:300]}, the server {server[1][:300]}")
        return found


def answer(call: Call, repository: Any) -> tuple[bool, str]:
    """Return whether a call failed, and what it returned or what its error says."""
    try:
        return False, shown(call(repository))
    except DbkitError as error:
        facts = {name: getattr(error, name, None) for name in _FACTS}
        return True, f"{type(error).__name__} {shown(facts)}"


def shown(value: object) -> str:
    """Return a value with its classes and its digits."""
    try:
        return repr(value)
    except ValueError:
        return "more digits than Python shows"


def pages(filter_: Any, order: str | None, limit: int) -> Call:
    """Return the call that reads all pages of a query, and returns the rows' numbers."""
    return lambda repository: [value.place for value in _paged(repository, filter_, order, limit)]


def _paged(repository: Any, filter_: Any, order: str | None, limit: int) -> Iterator[Any]:
    after = None
    while True:
        page = repository.page(filter_, order=order, limit=limit, after=after)
        yield from page
        if page.next is None:
            return
        after = page.next
