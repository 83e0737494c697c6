"""Repositories without the verbs that their entity does not allow."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar, cast

from dbkit.models.entity import Entity, Verb

__all__ = ["with_allowed_verbs"]

RepositoryT = TypeVar("RepositoryT")


class _AbsentVerb:
    """A verb that the entity does not allow: looking it up is an AttributeError, as if it were not there."""

    def __init__(self, verb: Verb, entity: str) -> None:
        self._what = f"{entity} have no {verb}"

    def __get__(self, instance: Any, owner: type) -> Any:
        raise AttributeError(self._what)


@cache
def with_allowed_verbs(kind: type[RepositoryT], entity: Entity[Any, Any, Any]) -> type[RepositoryT]:
    """Return the repository class without the verbs that the entity does not allow."""
    absent = {
        str(verb): _AbsentVerb(verb, entity.name) for verb in Verb if verb not in entity.verbs and hasattr(kind, verb)
    }
    if not absent:
        return kind
    return cast("type[RepositoryT]", type(kind.__name__, (kind,), {"__module__": kind.__module__, **absent}))
