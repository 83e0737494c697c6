"""What a revision takes from code that runs, told by the catalogues before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from dbkit.migrate.catalog import Difference

__all__ = ["columns_retyped", "objects_taken"]

_TABLE, _VIEW, _COLUMN = "table ", "view ", "column "
_NAMED_BY_CODE: Final = (
    *(_TABLE, _VIEW, _COLUMN),
    *("materialized view ", "type ", "domain ", "function ", "procedure ", "sequence "),
)
_BEHIND_THE_TYPE: Final = (
    *(" COLLATE ", " STORAGE ", " COMPRESSION ", " STATISTICS "),
    *(" WITH (", " DEFAULT ", " GENERATED ", " NOT NULL"),
)


def objects_taken(differences: Iterable[Difference]) -> Iterator[str]:
    """Return what is gone and code may have named; of a table only itself, and nothing of one that left a view."""
    gone, views = [], set[str]()
    for each in differences:
        if each.after is None and each.name.startswith(_NAMED_BY_CODE):
            gone.append(each.name)
        elif each.before is None and each.name.startswith(_VIEW):
            views.add(each.name.removeprefix(_VIEW))
    tables = {name.removeprefix(_TABLE) for name in gone if name.startswith(_TABLE)}
    for name in gone:
        relation = name.partition(" ")[2].partition(".")[0]
        if relation not in views and not (name.startswith(_COLUMN) and relation in tables):
            yield name


def columns_retyped(differences: Iterable[Difference]) -> Iterator[str]:
    """Return the columns that have another type, with both; a statement that was prepared with the old one fails."""
    for each in differences:
        if each.name.startswith(_COLUMN) and each.before is not None and each.after is not None:
            before, after = _type_of(each.before), _type_of(each.after)
            if before != after:
                yield f"{each.name}: {before} -> {after}"


def _type_of(definition: str) -> str:
    ends = [place for word in _BEHIND_THE_TYPE if (place := definition.find(word)) >= 0]
    return definition[: min(ends, default=len(definition))]
