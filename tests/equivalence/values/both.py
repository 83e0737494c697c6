"""One entity in both backends, and what both answer to the same call."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

from dbkit.models import Entity
from dbkit.types.errors import DbkitError
from tests.recorded.answers import Answer, Heard

__all__ = ["Both", "Call", "Opened", "answer", "pages"]

Call: TypeAlias = Callable[[Any], Any]
"""What is asked of a repository."""

Opened: TypeAlias = Callable[[Entity[Any, Any, Any]], "Both"]
"""Opens an entity in both backends, without a row."""

_FACTS = ("entity", "key", "constraint", "fields", "sqlstate", "row", "retryable")


class Both:
    """The repositories of one entity in both backends; of the server's, its answers may be all that there is."""

    def __init__(self, entity: Entity[Any, Any, Any], twin: Any, server: Any, heard: Heard) -> None:
        self.entity = entity
        self.twin = twin
        self._server = server
        self._heard = heard

    @property
    def server(self) -> Any:
        """The server's repository, for tests that have to ask it in another way, and so cannot be recorded."""
        self._heard.is_complete = False
        return self._server

    def do(self, call: Call) -> bool:
        """Make a call on both, and tell whether both took it."""
        failed = answer(call, self.twin)[0]
        return not (self._heard.has_failed(lambda: answer(call, self._server)) or failed)

    def differences(self, calls: Iterable[tuple[object, Call]]) -> list[str]:
        """Return what both answer differently, with the words that go with the call."""
        found = []
        for words, call in calls:
            twin = answer(call, self.twin)
            server = self._heard.difference(twin, lambda call=call: answer(call, self._server))
            if server is not None:
                found.append(f"{shown(words)[:200]}: the twin {twin[1][:300]}, the server {server[:300]}")
        return found


def answer(call: Call, repository: Any) -> Answer:
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
