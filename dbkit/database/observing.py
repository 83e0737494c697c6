"""Where something is put around the backends of databases, spans for one, and where their closing is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from dbkit.database.repository import entities_of

__all__ = [
    "Wrapper",
    "closed",
    "observe",
    "observe_all",
    "observed",
    "stop_observing",
    "stop_observing_all",
    "when_closed",
]

Wrapper: TypeAlias = Callable[[Any, Any], Any]
"""Takes a database and its backend, and returns what stands in the backend's place, the backend being its `inner`."""

_wrappers: list[Wrapper] = []
_when_closed: list[Callable[[Any], object]] = []


def observed(database: Any, backend: Any) -> Any:
    """Return what a new database gets in place of its backend."""
    for wrap in _wrappers:
        backend = wrap(database, backend)
    return backend


def observe_all(wrap: Wrapper) -> None:
    """Put something around the backend of each database that is made from now on."""
    if wrap not in _wrappers:
        _wrappers.append(wrap)


def stop_observing_all(wrap: Wrapper) -> None:
    """Leave the backends of databases that are made from now on as they are."""
    if wrap in _wrappers:
        _wrappers.remove(wrap)


def observe(database: Any, wrap: Wrapper) -> None:
    """Put something around the backend of a database; what it gave before stays as it was."""
    _replace(database, wrap(database, database._backend))  # noqa: SLF001 (a database's own module, spread over files)


def stop_observing(database: Any) -> None:
    """Take away what was last put around the backend of a database."""
    _replace(database, database._backend.inner)  # noqa: SLF001 (as above)


def when_closed(act: Callable[[Any], object]) -> None:
    """Call this with each database that is closed from now on."""
    _when_closed.append(act)


def closed(database: Any) -> None:
    """Tell whoever wants to know that a database is closed."""
    for act in _when_closed:
        act(database)


def _replace(database: Any, backend: Any) -> None:
    database._backend = backend  # noqa: SLF001 (as above)
    for name in entities_of(type(database)).keys() - database._replaced.keys():
        # Made anew at the next look.
        database.__dict__.pop(name, None)
