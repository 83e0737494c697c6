"""A factory at work: it builds and stores rows of one entity, in the tenant of its `Factories`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, overload

from dbkit.mock.factories._async.storing import AsyncStore, async_store
from dbkit.mock.factories._sync.storing import Store, store
from dbkit.mock.factories.making import Making, valid
from dbkit.mock.factories.stored import Work, check_colour
from dbkit.mock.factories.traits import Children, UnknownTrait, Wish
from dbkit.mock.rows.coverage import covering
from dbkit.mock.rows.samples import refuse_numbered
from dbkit.types.errors import ValueInvalid
from dbkit.types.value import Value

if TYPE_CHECKING:
    from dbkit.mock.factories.studio import Studio

__all__ = ["AnyFactory", "Factory"]

NewT = TypeVar("NewT", bound=Value)
ValueT = TypeVar("ValueT", bound=Value)


class Factory(Generic[NewT, ValueT]):
    """Makes rows of one entity: `make.connection`.

    Fields that are given by name are as given, all others are made so that the row is valid. A parent is given as a
    value (`installation=installation`), whether stored or only built, or by its key's fields. What cannot be raises
    `ValueInvalid` or `CheckFailed`, naming the entity, its fields and the constraint.
    """

    def __init__(self, studio: Studio, wish: Wish) -> None:
        self._studio = studio
        self._wish = wish

    def __repr__(self) -> str:
        return f"<factory of {self._studio.entity.name}>"

    def build(self, **overrides: Any) -> NewT:
        """Return a new value, stored nowhere; a `create` of what refers to it stores it as well."""
        if self._wish.is_deleted:
            raise ValueInvalid(
                "a row that is not stored cannot be deleted",
                entity=self._studio.entity.name,
                fields=("deleted_at",),
                advice="Use create(db), which stores and deletes it.",
            )
        made: NewT = self._make(overrides).value
        return made

    def build_batch(self, count: int, **overrides: Any) -> list[NewT]:
        """Return so many new values."""
        return [self.build(**overrides) for _ in range(count)]

    def build_each(self, overrides: Iterable[Mapping[str, Any]]) -> Iterator[NewT]:
        """Yield a new value for each of the overrides, one after the other: any number in constant memory."""
        for each in overrides:
            yield self.build(**each)

    def create(self, db: Store, /, **overrides: Any) -> ValueT:
        """Store a row, with those of its parents that are not stored yet, and return it as stored."""
        return self.create_batch(1, db, **overrides)[0]

    async def create_async(self, db: AsyncStore, /, **overrides: Any) -> ValueT:
        """Store a row, with those of its parents that are not stored yet, and return it as stored."""
        return (await self.create_batch_async(1, db, **overrides))[0]

    def create_batch(self, count: int, db: Store, /, **overrides: Any) -> list[ValueT]:
        """Store so many rows, and what they need, all or none; return them as stored."""
        check_colour(db, is_async=False)
        work = self._work(db, [self._make(overrides, is_stored=True) for _ in range(count)])
        return store(db, work, self._studio.known)

    async def create_batch_async(self, count: int, db: AsyncStore, /, **overrides: Any) -> list[ValueT]:
        """Store so many rows, and what they need, all or none; return them as stored."""
        check_colour(db, is_async=True)
        work = self._work(db, [self._make(overrides, is_stored=True) for _ in range(count)])
        return await async_store(db, work, self._studio.known)

    @overload
    def coverage(self, db: None = None, /) -> list[NewT]: ...
    @overload
    def coverage(self, db: Store, /) -> list[ValueT]: ...
    def coverage(self, db: Store | None = None, /) -> list[Any]:
        """Return few rows that show all that the columns may hold, stored where a database is given.

        They have each value of an enum, NULL and not NULL in each column that may be, and each number and length
        beyond which the rules allow none.
        """
        makings = self._covering()
        if db is None:
            return [making.value for making in makings]
        check_colour(db, is_async=False)
        return store(db, self._work(db, makings), self._studio.known)

    async def coverage_async(self, db: AsyncStore, /) -> list[ValueT]:
        """Store few rows that show all that the columns may hold, as `coverage` does."""
        check_colour(db, is_async=True)
        return await async_store(db, self._work(db, self._covering()), self._studio.known)

    def trait(self, name: str) -> Self:
        """Return the factory of rows with a trait: `trait("broken")` is what `.broken` is short for.

        Raises `UnknownTrait`.
        """
        traits = self._studio.traits
        if name not in traits:
            raise UnknownTrait(
                f"there is no trait {name}",
                entity=self._studio.entity.name,
                advice=f"Traits: {', '.join([*traits, *self._studio.children]) or 'none'}.",
            )
        return type(self)(self._studio, self._wish.and_also(traits[name]))

    def children(self, name: str, count: int, /, **overrides: Any) -> Self:
        """Return the factory of rows with so many others that refer to each: `.with_revisions(3)`.

        A column that refers to one of them in turn, and may be NULL, refers to the last. Raises `UnknownTrait`.
        """
        reference = self._studio.children.get(f"with_{name}")
        if reference is None:
            raise UnknownTrait(
                f"no {name} refer to it",
                entity=self._studio.entity.name,
                advice=f"Children: {', '.join(self._studio.children) or 'none'}.",
            )
        wish = Wish({}, (Children(reference, count, overrides),))
        return type(self)(self._studio, self._wish.and_also(wish))

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Looked up by copying and the like, on an object that may not be complete.
            if name.startswith("_"):
                raise AttributeError(name)
            if name in self._studio.children:
                return lambda count, /, **overrides: self.children(name.removeprefix("with_"), count, **overrides)
            return self.trait(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._studio.traits, *self._studio.children})

    def _make(self, overrides: Mapping[str, Any], *, is_stored: bool = False) -> Making:
        studio, wish = self._studio, self._wish
        given = {**wish.overrides, **overrides} if wish.overrides else overrides
        making = studio.maker.make(studio.kind, given, is_stored=is_stored)
        for children in wish.children:
            self._bring_up(making, children, given)
        if not wish.is_deleted:
            making.is_parent = studio.maker.samples.remember(making.row)
        return making

    def _bring_up(self, making: Making, children: Children, given: Mapping[str, Any]) -> None:
        """Make the children of a row, those left out that it has already."""
        child, row = children.reference.child, making.row
        refuse_numbered(children.reference)
        count = children.count - sum(each.entity is child for each in row.after)
        overrides = {**children.reference.child_of(making.value.__dict__), **children.overrides}
        kind = self._studio.kind_of(child)
        made = [self._studio.maker.make(kind, overrides) for _ in range(count)]
        for each in made:
            making.after += [*each.before, each.row, *each.after]
        for back in self._studio.maker.samples.references(row.entity):
            if made and back.parent is child and back.deferrable and not back.is_required and back.pointer not in given:
                row.fields.update(back.child_of(made[-1].value.__dict__))
                making.value = valid(row)

    def _covering(self) -> list[Making]:
        studio = self._studio
        usual = studio.kind._meta.values  # noqa: SLF001 (factory-boy's name for it)
        return [Making(row, valid(row)) for row in covering(studio.maker.samples, studio.entity, usual)]

    def _work(self, db: object, makings: list[Making]) -> Work:
        return self._studio.known.work(db, self._studio.entity, makings, is_deleted=self._wish.is_deleted)


class AnyFactory(Factory[NewT, ValueT]):
    """A factory whose traits a type checker does not know: each is another such factory, or makes one."""

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...
