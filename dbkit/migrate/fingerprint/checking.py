"""A live database held against its line and the models: what differs, and which of the three is the odd one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from dbkit.migrate.catalog import Catalog
from dbkit.migrate.databases import located
from dbkit.migrate.fingerprint.compared import Finding, Side, compare
from dbkit.migrate.fingerprint.reading import OWNER_OF, Aspects, Live, read_live, read_made, read_schema
from dbkit.migrate.fingerprint.tree import Tree, fingerprint
from dbkit.migrate.line import Line
from dbkit.migrate.linting.bounded import SECONDS_MAX
from dbkit.migrate.models import create_all, metadata_of
from dbkit.migrate.place import Place
from dbkit.migrate.scratch import scratch_databases
from dbkit.migrate.scratch_runs import apply_within
from dbkit.migrate.session import Target

__all__ = ["Check", "Fingerprint", "check", "fingerprint_of"]

_OWN_MODELS: Final = "dbkit.models:Base"


@dataclass(frozen=True, slots=True)
class Check:
    """What was compared and what differs: in the schema, by object, and in the rights of dbkit's roles, in words."""

    database: str
    schema: str
    place: Place
    trees: Mapping[Side, Tree]
    findings: tuple[Finding, ...]
    rights: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing differs."""
        return not self.findings and not self.rights

    def __str__(self) -> str:
        lines = [f"{self.database} (schema {self.schema}) is at {self.place}"]
        lines += [f"differs: {each}" for each in (*map(str, self.findings), *self.rights)]
        if self.is_clean:
            lines.append(f"nothing differs: {_and([_WORDS[side] for side in self.trees])} have one schema")
        return "\n".join([*lines, *(f"note: {each}" for each in self.notes)])

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        at, head = self.place.revision, self.place.line.head
        return {
            "database": self.database,
            "schema": self.schema,
            "revision": at.id if at else None,
            "head": head.id if head else None,
            "fingerprints": {side.value: str(tree) for side, tree in self.trees.items()},
            "differences": [each.as_json() for each in self.findings],
            "rights": list(self.rights),
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a database's schema is, as a tree of hashes."""

    database: str
    schema: str
    tree: Tree

    def as_json(self) -> dict[str, Any]:
        """Return it for machines."""
        return {
            "database": self.database,
            "schema": self.schema,
            "fingerprint": str(self.tree),
            "tree": self.tree.as_json(),
        }


_WORDS: Final[Mapping[Side, str]] = MappingProxyType(
    {Side.LIVE: "the database", Side.LINE: "the line", Side.MODELS: "the models"}
)


def check(
    url: str | None = None,
    *,
    models: str | None = None,
    line: Path | None = None,
    dev_url: str | None = None,
    aspects: Aspects | None = None,
    seconds_max: float = SECONDS_MAX,
) -> Check:
    """Compare a database with its line, up to where it is, and the line with the models, all of it.

    The line and the models are made on scratch databases, on the server of `dev_url` or one of our
    own; the database is only read. Without `models` those of dbkit are taken for dbkit's own line, and
    none for another. A statement may take `seconds_max` there, a revision twice as long. Raises `PermissionDenied`
    where the role does not see all of the database, `RevisionEndless`, and what `status` and `apply` raise.
    """
    read, aspects = Line.read(line), aspects or Aspects()
    models = models or (_OWN_MODELS if line is None else None)
    with located(url) as target, scratch_databases(1 if models is None else 2, dev_url) as scratch:
        live = read_live(target, read, aspects, models)
        if live.rights is not None:
            aspects = replace(aspects, owners=False, grants=False)
        made = _Making(line, scratch, aspects, live, seconds_max).made(models)
        return _compared(target.shown_as, live, made, aspects)


def fingerprint_of(url: str | None = None, *, line: Path | None = None, aspects: Aspects | None = None) -> Fingerprint:
    """Return the fingerprint of a database's schema, wherever that is on its line; `line` names the version table.

    Errors as `check`.
    """
    read = Line.read(line)
    with located(url) as target:
        schema, catalog = read_schema(target, read, aspects or Aspects())
        return Fingerprint(target.shown_as, schema, fingerprint(catalog))


@dataclass(frozen=True, slots=True)
class _Made:
    """What a live database is compared with: the line up to where that is, all of the line, the models if any."""

    at: Catalog
    head: Catalog
    models: Catalog | None
    major: int


class _Making:
    """Scratch databases, and what is made on them to compare a live one with."""

    def __init__(
        self, line: Path | None, scratch: list[Target], aspects: Aspects, live: Live, seconds_max: float
    ) -> None:
        self._line = line
        self._scratch = scratch
        self._aspects = aspects
        self._live = live
        self._seconds_max = seconds_max

    def made(self, models: str | None) -> _Made:
        """Make the line and the models."""
        target, place = self._scratch[0], self._live.place
        if place.count:
            apply_within(self._seconds_max, target, self._line, count=place.count)
        at, major = self._read(target)
        head = at
        if place.pending and models is not None:
            apply_within(self._seconds_max, target, self._line)
            head, _ = self._read(target)
        return _Made(at, head, None if models is None else self._models(models), major)

    def _models(self, models: str) -> Catalog:
        create_all(self._scratch[1], metadata_of(models))
        return self._read(self._scratch[1])[0]

    def _read(self, target: Target) -> tuple[Catalog, int]:
        catalog, major = read_made(target, self._live.place.line, self._aspects)
        owner = self._live.owner
        if self._aspects.owners and owner is not None:
            # What a line makes belongs to who applies it, as the version table does.
            objects = {name: owner if name.startswith(OWNER_OF) else each for name, each in catalog.objects.items()}
            catalog = Catalog(MappingProxyType(objects), catalog.relations)
        return catalog, major


def _compared(database: str, live: Live, made: _Made, aspects: Aspects) -> Check:
    sides = {Side.LIVE: live.catalog, Side.LINE: made.at}
    further: list[Finding] = []
    if made.models is not None and live.place.pending:
        further = compare({Side.MODELS: made.models, Side.LINE: made.head})
    elif made.models is not None:
        sides[Side.MODELS] = made.models
    trees = {side: fingerprint(catalog) for side, catalog in sides.items()}
    findings = (*compare(sides), *further)
    notes = tuple(_notes(live, made, aspects))
    return Check(database, live.schema, live.place, trees, findings, live.rights or (), notes)


def _notes(live: Live, made: _Made, aspects: Aspects) -> Iterator[str]:
    if live.held_by:
        yield f"the database is being migrated by {live.held_by}: what differs may be half of a revision"
    if live.place.pending and made.models is not None:
        yield "the models are held against all of the line, the database against the revisions that it has"
    if made.models is None:
        yield "no models were given (--models)"
    if live.rights is None and not (aspects.owners and aspects.grants):
        yield "not all of owners and grants was compared (--owners --grants)"
    if live.major != made.major:
        yield f"read on PostgreSQL {live.major}, and {made.major} for the line"


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"
