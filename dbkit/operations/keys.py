"""What keyrings of a database share: its key service, and the data keys that this has opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from dbkit.models.entity import Entity, known_entities
from dbkit.sealing import KeyCache, KeyService, key_service
from dbkit.sealing.keyset import Keyset, keyset
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import Value

__all__ = ["Keys", "keys_of", "sealed_entity"]


@dataclass
class Keys:
    """A key service, that of the environment unless another one is given, and the data keys that it has opened."""

    given: KeyService | None = None
    cache: KeyCache = field(default_factory=KeyCache)

    @cached_property
    def service(self) -> KeyService:
        """The key service; raises `ConfigurationInvalid` where the environment names none."""
        return key_service() if self.given is None else self.given

    @cached_property
    def keyset(self) -> Keyset:
        """The data keys of a database that has no table of them; raises `ConfigurationInvalid` where there are none."""
        return keyset(self.service)

    def use(self, service: KeyService, cache: KeyCache) -> None:
        """Take another key service from now on, and forget what the one before has opened."""
        self.given, self.cache = service, cache
        for name in ("service", "keyset"):
            self.__dict__.pop(name, None)


_keys: WeakKeyDictionary[Any, Keys] = WeakKeyDictionary()
_entities: dict[type[Value], Entity[Any, Any, Any]] = {}


def keys_of(backend: Any) -> Keys:
    """Return the keys of all databases and transactions on a backend; they live as long as that does."""
    found = _keys.get(backend)
    if found is None:
        found = _keys.setdefault(backend, Keys())
    return found


def sealed_entity(kind: type[Value]) -> Entity[Any, Any, Any]:
    """Return the entity of a value's class, stored or new, or raise `ValueInvalid` where it has nothing sealed."""
    found = _entities.get(kind)
    if found is None:
        known = (each for each in known_entities() if kind in (each.value, each.new) and each.sealed)
        found = next(known, None)
        if found is None:
            raise ValueInvalid(
                f"{kind.__name__} is the value of no entity with sealed columns",
                advice="Declare such a column with info=sealed_with(...) in its model.",
            )
        _entities[kind] = found
    return found
