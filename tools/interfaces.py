"""Generate the interfaces of every entity from its value and its model.

    python tools/interfaces.py [--check]

Writes, for each entity, `types/calls/<entity>.py` (what its calls take: changes, orders, unique
keys) and `types/_async/<entity>.py` (its protocols: verbs, and the public methods of
`operations/_async/<entity>.py`); and, for all, `types/_async/unit.py`,
`database/_async/repositories.py` and `types/__init__.py`. The sync twins come from tools/unasync.py.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.writer import PROJECT, finish, formatted

TYPES = PROJECT / "dbkit" / "types"
OPERATIONS = PROJECT / "dbkit" / "operations" / "_async"

# The package's own module is generated: without it, one that is missing or out of date stops nothing here.
_package = ModuleType("dbkit.types")
_package.__path__ = [str(TYPES)]
sys.modules[_package.__name__] = _package

from dbkit.models import ENTITIES, Entity, Verb  # noqa: E402

HEADER = "# Generated from values and models by tools/interfaces.py; edit those instead.\n"

TYPES_ARE = '''"""Values, filters, pages, errors and interfaces: what callers of dbkit speak in.

Names are imported at their first use: a command that needs the errors does not pay for all values.
"""'''

FOUND_AT_FIRST_USE = """
def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
"""


class Names:
    """The names that generated code uses, and where each comes from."""

    def __init__(self) -> None:
        self._by_module: dict[str, set[str]] = {}

    def add(self, module: str, *names: str) -> None:
        """Remember an import."""
        self._by_module.setdefault(module, set()).update(names)

    def lines(self) -> str:
        """Return the import statements."""
        imports = {module: ", ".join(sorted(names)) for module, names in self._by_module.items()}
        return "".join(f"from {module} import {names}\n" for module, names in imports.items())

    def at_first_use(self) -> str:
        """Return import statements for type checkers alone."""
        indented = "".join(f"    {line}\n" for line in self.lines().splitlines())
        imports = "from importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n\n"
        return f"{imports}if TYPE_CHECKING:\n{indented}"

    def found_at_first_use(self) -> list[str]:
        """Return what makes a module import these names when they are asked for."""
        homes = {name: module for module, names in self._by_module.items() for name in names}
        return [f"_HOMES = {dict(sorted(homes.items()))}", FOUND_AT_FIRST_USE]


class Source:
    """A value's source text: annotations as written, and where their names come from."""

    def __init__(self, value: type) -> None:
        self.module = value.__module__
        tree = ast.parse(inspect.getsource(importlib.import_module(self.module)))
        self._origin = {node.name: self.module for node in tree.body if isinstance(node, ast.ClassDef)}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                self._origin |= {name.name: node.module for name in node.names}
        bases = {each.__name__ for each in value.__mro__}
        self._annotations = {
            node.target.id: node.annotation
            for found in tree.body
            if isinstance(found, ast.ClassDef) and found.name in bases
            for node in found.body
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
        }

    def annotation(self, field: str, names: Names) -> str:
        """Return a field's annotation as written, its names imported."""
        annotation = self._annotations[field]
        for node in ast.walk(annotation):
            if isinstance(node, ast.Name) and node.id in self._origin:
                names.add(self._origin[node.id], node.id)
        return ast.unparse(annotation)


class Operations:
    """The operations beyond the verbs of one entity, as their source says; it is read, never imported."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        path = OPERATIONS / f"{entity.singular}.py"
        self._noun = entity.value.__name__
        self._body = ast.parse(path.read_text()).body if path.exists() else []
        self._origin = {
            name.name: node.module
            for node in self._body
            if isinstance(node, ast.ImportFrom) and node.module
            for name in node.names
        }

    def class_name(self, kind: str) -> str | None:
        """Return the name of the class mixed into the repositories of a database or of a `Transaction`, if any."""
        own = {node.name for node in self._body if isinstance(node, ast.ClassDef)}
        wanted = [f"Async{self._noun}{kind}Operations", f"Async{self._noun}Operations"]
        return next((name for name in wanted if name in own), None)

    def methods(self, kind: str, names: Names) -> list[str]:
        """Return the public methods that a class adds, as a protocol shows them."""
        return [
            self._method(method, names)
            for node in self._body
            if isinstance(node, ast.ClassDef) and node.name == f"Async{self._noun}{kind}Operations"
            for method in node.body
            if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef) and not method.name.startswith("_")
        ]

    def _method(self, method: ast.AsyncFunctionDef | ast.FunctionDef, names: Names) -> str:
        for node in [*ast.walk(method.args), *ast.walk(method.returns or ast.Pass())]:
            if isinstance(node, ast.Name) and node.id in self._origin:
                names.add(self._origin[node.id], node.id)
        word = "async def" if isinstance(method, ast.AsyncFunctionDef) else "def"
        result = "" if method.returns is None else f" -> {ast.unparse(method.returns)}"
        what = (ast.get_docstring(method) or "").replace("\n", "\n        ").replace("        \n", "\n")
        end = "\n        " if "\n" in what else ""
        head = f"    {word} {method.name}({ast.unparse(method.args)}){result}:"
        return f'{head}\n        """{what}{end}"""\n        ...\n'


def calls(entity: Entity[Any, Any, Any]) -> str:
    """Return the module of what an entity's calls take."""
    names, source, noun = Names(), Source(entity.new), entity.value.__name__
    parts: list[str] = []
    exported = [f"{noun}Order"]
    if Verb.UPDATE in entity.verbs:
        exported.append(f"{noun}Changes")
        fields = [f"    {name}: {source.annotation(name, names)}" for name in entity.changeable]
        names.add("typing", "TypedDict")
        lines = "\n".join(
            [f"class {noun}Changes(TypedDict, total=False):", '    """What an update can change."""', "", *fields]
        )
        parts.append(lines)
    names.add("typing", "Literal", "TypeAlias")
    parts.append(_literal(f"{noun}Order", list(entity.orders), "The orders that an index serves."))
    if Verb.UPSERT in entity.verbs:
        exported.append(f"{noun}UniqueKey")
        unique = [key.name for key in entity.unique_keys.values() if not key.deferrable]
        parts.append(_literal(f"{noun}UniqueKey", unique, "The unique keys that an upsert can name."))
    every = "__all__ = " + repr(sorted(exported))
    what = f'"""What the calls of {entity.name} take."""'
    return _module(what, names, every, *parts)


def _literal(name: str, values: list[str], what: str) -> str:
    return f'{name}: TypeAlias = Literal[{", ".join(map(repr, values))}]\n"""{what}"""'


class Interface:
    """Writes the protocols of one entity."""

    def __init__(self, entity: Entity[Any, Any, Any]) -> None:
        self._entity = entity
        self._noun = entity.value.__name__
        self._names = Names()
        source = Source(entity.value)
        self._names.add("typing", "Protocol")
        self._names.add(entity.value.__module__, entity.value.__name__, entity.new.__name__, entity.filter.__name__)
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
        operations = Operations(self._entity)
        body = "\n".join([*methods, *operations.methods("", self._names)])
        name = f"Async{self._noun}Repository"
        what = f'"""The verbs of {self._entity.name}, each call a transaction of its own."""'
        parts = [f"class {name}(Protocol):\n    {what}\n\n{body}", self._in_transaction(name)]
        self._names.add(f"dbkit.types.calls.{self._entity.singular}", f"{self._noun}Order")
        self._names.add("collections.abc", "AsyncIterator", "Iterable", "Sequence")
        self._names.add("dbkit.types.page", "Page")
        every = f'__all__ = ["{name}", "Async{self._noun}TransactionRepository"]'
        what = f'"""The interface of {self._entity.name}."""'
        return _module(what, self._names, every, *parts)

    def _in_transaction(self, base: str) -> str:
        head = (
            f"class Async{self._noun}TransactionRepository({base}, Protocol):\n"
            f'    """The verbs of {self._entity.name} inside a transaction."""\n'
        )
        methods = self._method(Verb.LOCK) if Verb.LOCK in self._entity.verbs else []
        methods += Operations(self._entity).methods("Transaction", self._names)
        return head + "".join(f"\n{text}" for text in methods)

    def _method(self, verb: Verb) -> list[str]:
        writer = getattr(self, f"_{verb}", None)
        if writer is not None:
            return [text if isinstance(text, str) else "" for text in writer()]
        return [_function(f"{verb}", self._key, *self._simple(verb))]

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
        self._names.add("typing", "Literal", "overload")
        what = (
            "Store all rows or none; return how many or, with `returning`, the stored values.\n\n"
            "        An error names the row at fault by its index (`error.row`).\n        "
        )
        rows = f"new: Iterable[{self._entity.new.__name__}]"
        plain = _function("create_many", f"{rows}, *, returning: Literal[False] = False", "int", what)
        values = _function("create_many", f"{rows}, *, returning: Literal[True]", f"list[{self._noun}]", what)
        return [f"    @overload\n{plain}", f"    @overload\n{values}"]

    def _update(self) -> list[str]:
        self._names.add("typing", "Unpack")
        self._names.add(f"dbkit.types.calls.{self._entity.singular}", f"{self._noun}Changes")
        expected = "*, expected_version: int, " if self._entity.has_version else ""
        errors = "`NotFound`, `StaleVersion` or " if self._entity.has_version else "`NotFound` or "
        what = f"Change a live row, or raise {errors}`IllegalTransition`."
        return [_function("update", f"{self._key}, {expected}**changes: Unpack[{self._noun}Changes]", self._noun, what)]

    def _upsert(self) -> list[str]:
        self._names.add("dbkit.types.page", "Upserted")
        self._names.add(f"dbkit.types.calls.{self._entity.singular}", f"{self._noun}UniqueKey")
        what = "Store a row or, where the unique key `on` already holds it, change that row; tell which."
        arguments = f"new: {self._entity.new.__name__}, *, on: {self._noun}UniqueKey"
        return [_function("upsert", arguments, f"Upserted[{self._noun}]", what)]

    def _delete(self) -> list[str]:
        how = "softly" if self._entity.is_soft_deleted else "for good"
        expected = ", *, expected_version: int | None = None" if self._entity.has_version else ""
        what = f"Delete a live row {how}, or raise `NotFound`" + (" or `StaleVersion`." if expected else ".")
        return [_function("delete", f"{self._key}{expected}", "None", what)]

    def _lock(self) -> list[str]:
        what = "Return the live value, its row held for update until the transaction ends, or raise `NotFound`."
        return [_function("lock", f"{self._key}, *, nowait: bool = False", self._noun, what)]


def _module(what: str, names: Names | str, every: str, *parts: str) -> str:
    """Return a module's text, for the formatter to lay out."""
    imports = names if isinstance(names, str) else names.lines()
    return "\n\n".join([HEADER + what, "from __future__ import annotations", imports, every, *parts]) + "\n"


def _function(name: str, arguments: str, result: str, what: str) -> str:
    return f'    async def {name}(self, {arguments}) -> {result}:\n        """{what}"""\n        ...\n'


def repositories() -> str:
    """Return the module of the repositories that a database and a transaction have."""
    names = Names()
    names.add("dbkit.database.repository", "repository")
    classes = []
    for kind, what in (("", "a database"), ("Transaction", "a transaction")):
        lines = [f"class Async{kind}Repositories:", f'    """The repositories of {what}."""', ""]
        for entity in ENTITIES:
            constant, noun = entity.name.upper(), f"Async{entity.value.__name__}{kind}Repository"
            names.add("dbkit.models", constant)
            names.add(f"dbkit.types._async.{entity.singular}", noun)
            operations = Operations(entity).class_name(kind)
            if operations is not None:
                names.add(f"dbkit.operations._async.{entity.singular}", operations)
            arguments = constant if operations is None else f"{constant}, {operations}"
            lines.append(f"    {entity.name}: {noun} = repository({arguments})")
        classes.append("\n".join(lines))
    every = '__all__ = ["AsyncRepositories", "AsyncTransactionRepositories"]'
    what = '"""The repositories of dbkit\'s own entities."""'
    return _module(what, names, every, *classes)


def unit() -> str:
    """Return the module of the protocol of a transaction's repositories."""
    names = Names()
    names.add("typing", "Protocol")
    lines = ["class AsyncUnit(Protocol):", '    """The repositories of one transaction."""', ""]
    for entity in ENTITIES:
        noun = f"Async{entity.value.__name__}TransactionRepository"
        names.add(f"dbkit.types._async.{entity.singular}", noun)
        what = f'"""The {entity.name.replace("_", " ")}."""'
        lines.append(f"    @property\n    def {entity.name}(self) -> {noun}:\n        {what}\n        ...\n")
    what = '"""What operations over several entities work on."""'
    return _module(what, names, '__all__ = ["AsyncUnit"]', "\n".join(lines))


def public_types() -> str:
    """Return the package module of dbkit.types: every public name of its modules."""
    names = Names()
    every: list[str] = []
    for path in sorted(TYPES.glob("*.py")):
        if path.stem != "__init__":
            module = importlib.import_module(f"dbkit.types.{path.stem}")
            names.add(module.__name__, *module.__all__)
            every += module.__all__
    for entity in ENTITIES:
        for colour, prefix in (("_async", "Async"), ("_sync", "")):
            interfaces = [f"{prefix}{entity.value.__name__}{kind}Repository" for kind in ("", "Transaction")]
            names.add(f"dbkit.types.{colour}.{entity.singular}", *interfaces)
            every += interfaces
    return _module(TYPES_ARE, names.at_first_use(), f"__all__ = {sorted(every)}", *names.found_at_first_use())


def wanted() -> dict[Path, str]:
    """Return all generated files, by path."""
    found = {PROJECT / "dbkit/database/_async/repositories.py": repositories(), TYPES / "__init__.py": public_types()}
    found[TYPES / "_async" / "unit.py"] = unit()
    for entity in ENTITIES:
        found[TYPES / "calls" / f"{entity.singular}.py"] = calls(entity)
        found[TYPES / "_async" / f"{entity.singular}.py"] = Interface(entity).text()
    for package in ("calls", "_async"):
        found[TYPES / package / "__init__.py"] = ""
    return {path: formatted(text, path) if text else "" for path, text in found.items()}


def main(arguments: list[str]) -> int:
    """Write the interfaces, or check them."""
    existing = {path for package in ("calls", "_async") for path in (TYPES / package).glob("*.py")}
    return finish(wanted(), existing, check="--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
