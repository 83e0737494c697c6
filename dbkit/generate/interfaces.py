"""Writes the protocols of one entity: its verbs and operations, outside a transaction and inside one."""

from __future__ import annotations

from dbkit.generate.names import Names, module_text
from dbkit.generate.operations import Operations
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.source import Source
from dbkit.models.entity import Verb

__all__ = ["Interface"]


class Interface:
    """Writes the protocols of one entity."""

    def __init__(self, package: Package, entity: AnyEntity) -> None:
        self._package = package
        self._entity = entity
        self._noun = entity.value.__name__
        self._operations = Operations(package, entity)
        self._names = self._known_names()
        source = Source(entity.value)
        types = [source.annotation(name, self._names) for name in entity.key]
        pairs = list(zip(entity.key_parameters, types, strict=True))
        self._key = ", ".join(f"{name}: {kind}" for name, kind in pairs)
        last, kind = pairs[-1]
        self._keys = ", ".join([*(f"{name}: {kind}" for name, kind in pairs[:-1]), f"{last}s: Sequence[{kind}]"])
        none = "" if entity.tenant else " | None = None"
        self._filter = f"filter: {entity.filter.__name__}{none}"
        self._order = f'order: {self._noun}Order = "{entity.default_order}"'

    def text(self) -> str:
        """Return the module."""
        verbs = [verb for verb in Verb if verb in self._entity.verbs and verb != Verb.LOCK]
        methods = [text for verb in verbs for text in self._method(verb)]
        body = "\n".join([*methods, *self._operations.methods("", self._names)])
        name = f"Async{self._noun}Repository"
        what = f'"""The verbs of {self._entity.name}, each call a transaction of its own."""'
        parts = [f"class {name}(Protocol):\n    {what}\n\n{body}", self._in_transaction(name)]
        every = [name, f"Async{self._noun}TransactionRepository"]
        what = f"The interface of {self._entity.name}."
        return module_text(self._package.header, what, self._names, every, *parts)

    def _known_names(self) -> Names:
        names, entity = Names(), self._entity
        names.add("typing", "Literal", "Protocol", "Unpack", "overload")
        names.add("collections.abc", "AsyncIterator", "Iterable", "Sequence")
        names.add("dbkit.types.lock", "LockStrength")
        names.add("dbkit.types.page", "Page", "Upserted")
        for value in (entity.value, entity.new, entity.filter):
            names.add(value.__module__, value.__name__)
        calls = [f"{self._noun}{what}" for what in ("Changes", "Order", "UniqueKey")]
        names.add(self._package.module("types", "calls", entity.singular), *calls)
        return names

    def _in_transaction(self, base: str) -> str:
        head = (
            f"class Async{self._noun}TransactionRepository({base}, Protocol):\n"
            f'    """The verbs of {self._entity.name} inside a transaction."""\n'
        )
        methods = self._method(Verb.LOCK) if Verb.LOCK in self._entity.verbs else []
        methods += self._operations.methods("Transaction", self._names)
        return head + "".join(f"\n{text}" for text in methods)

    def _method(self, verb: Verb) -> list[str]:
        writer = getattr(self, f"_{verb}", None)
        if writer is None:
            return [_function(f"{verb}", self._key, *self._simple(verb))]
        methods: list[str] = writer()
        return methods

    def _simple(self, verb: Verb) -> tuple[str, str]:
        noun = self._noun
        return {
            Verb.GET: (noun, "Return the live value, or raise `NotFound`."),
            Verb.FIND: (f"{noun} | None", "Return the live value, or None."),
            Verb.EXISTS: ("bool", "Tell whether a live row has this key."),
            Verb.RESTORE: (noun, "Bring a soft-deleted row back, or raise `NotFound` or `AlreadyExists`."),
            Verb.PURGE: ("None", "Delete the row for good, or raise `NotFound` or `StillReferenced`."),
        }[verb]

    def _get_many(self) -> list[str]:
        what = "Return the live values in the order asked, or raise `NotFound` for the first absent one."
        return [_function("get_many", self._keys, f"list[{self._noun}]", what)]

    def _page(self) -> list[str]:
        arguments = f"{self._filter}, *, {self._order}, limit: int = 50, after: str | None = None"
        what = "Return up to `limit` values (1 to 1,000) in order, from the cursor `after` on."
        return [_function("page", arguments, f"Page[{self._noun}]", what)]

    def _iterate(self) -> list[str]:
        what = "Yield all values in order, with the memory of one chunk; inside a transaction, of one snapshot."
        text = _function("iterate", f"{self._filter}, *, {self._order}", f"AsyncIterator[{self._noun}]", what)
        return [text.replace("    async def", "    def")]

    def _count(self) -> list[str]:
        return [_function("count", self._filter, "int", "Return how many rows the filter selects.")]

    def _create(self) -> list[str]:
        what = "Store a new row and return it as stored."
        return [_function("create", f"new: {self._entity.new.__name__}", self._noun, what)]

    def _create_many(self) -> list[str]:
        what = (
            "Store all rows or none; return how many or, with `returning`, the stored values.\n\n"
            "        An error names the row at fault by its index (`error.row`).\n        "
        )
        rows = f"new: Iterable[{self._entity.new.__name__}]"
        plain = _function("create_many", f"{rows}, *, returning: Literal[False] = False", "int", what)
        values = _function("create_many", f"{rows}, *, returning: Literal[True]", f"list[{self._noun}]", what)
        return [f"    @overload\n{plain}", f"    @overload\n{values}"]

    def _update(self) -> list[str]:
        expected = "*, expected_version: int, " if self._entity.has_version else ""
        errors = "`NotFound`, `StaleVersion` or " if self._entity.has_version else "`NotFound` or "
        what = f"Change a live row, or raise {errors}`IllegalTransition`."
        return [_function("update", f"{self._key}, {expected}**changes: Unpack[{self._noun}Changes]", self._noun, what)]

    def _upsert(self) -> list[str]:
        what = "Store a row or, where the unique key `on` already holds it, change that row; tell which."
        arguments = f"new: {self._entity.new.__name__}, *, on: {self._noun}UniqueKey"
        return [_function("upsert", arguments, f"Upserted[{self._noun}]", what)]

    def _delete(self) -> list[str]:
        how = "softly" if self._entity.is_soft_deleted else "for good"
        expected = ", *, expected_version: int | None = None" if self._entity.has_version else ""
        what = f"Delete a live row {how}, or raise `NotFound`" + (" or `StaleVersion`." if expected else ".")
        return [_function("delete", f"{self._key}{expected}", "None", what)]

    def _lock(self) -> list[str]:
        what = (
            "Return the live value, its row held until the transaction ends, or raise `NotFound`.\n\n"
            "        Where another transaction holds it in a conflicting way: waits, with `nowait` raises\n"
            "        `LockNotAvailable`, with `skip_locked` returns None.\n        "
        )
        begin = f'{self._key}, *, strength: LockStrength = "update"'
        either = f"{begin}, nowait: bool = False, skip_locked: Literal[False] = False"
        skipping = f"{begin}, nowait: Literal[False] = False, skip_locked: Literal[True]"
        held = _function("lock", either, self._noun, what)
        skipped = _function("lock", skipping, f"{self._noun} | None", what)
        return [f"    @overload\n{held}", f"    @overload\n{skipped}"]


def _function(name: str, arguments: str, result: str, what: str) -> str:
    return f'    async def {name}(self, {arguments}) -> {result}:\n        """{what}"""\n        ...\n'
