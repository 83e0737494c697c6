"""A tree of hashes over a catalogue: of objects, of relations with what belongs to them, of the schema."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

from dbkit.migrate.catalog import Catalog

__all__ = ["FORM", "Tree", "fingerprint"]

FORM: Final = "f1"
"""The form that catalogues are hashed in: fingerprints of other forms cannot be compared."""

_LENGTH_SHOWN: Final = 16


@dataclass(frozen=True, slots=True)
class Tree:
    """A hash, in hexadecimal digits, and the parts that it is made of, by name; an object has none."""

    hash: str
    parts: Mapping[str, Tree] = field(default_factory=dict)

    @classmethod
    def of_parts(cls, parts: Mapping[str, Tree]) -> Tree:
        """Return the tree over parts, whatever order they come in."""
        # Names hold no NUL.
        text = "".join(f"{name}\0{parts[name].hash}\n" for name in sorted(parts))
        return cls(_hash(text), MappingProxyType({name: parts[name] for name in sorted(parts)}))

    def __str__(self) -> str:
        return f"{FORM}:{self.hash}"

    def as_json(self) -> dict[str, Any]:
        """Return the parts for machines: hashes of objects, and a relation's own hash with those of its parts."""
        return {
            name: {"hash": part.hash[:_LENGTH_SHOWN], "parts": part.as_json()}
            if part.parts
            else part.hash[:_LENGTH_SHOWN]
            for name, part in self.parts.items()
        }


def fingerprint(catalog: Catalog) -> Tree:
    """Return the tree of a catalogue: two are equal where their catalogues are, and the same parts of them."""
    relations: dict[str, dict[str, Tree]] = defaultdict(dict)
    parts: dict[str, Tree] = {}
    for name, definition in catalog.objects.items():
        relation = catalog.relations.get(name)
        (parts if relation is None else relations[relation])[name] = Tree(_hash(definition))
    # A relation is called by its name alone, an object has its kind in front: they do not meet.
    return Tree.of_parts(parts | {name: Tree.of_parts(own) for name, own in relations.items()})


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()
