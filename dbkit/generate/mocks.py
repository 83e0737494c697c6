"""Writes the mocks of one entity from its interface: records of calls, a repository that keeps them, its builder."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from functools import cached_property

from dbkit.generate.methods import Method, Parameter, methods_of
from dbkit.generate.names import Names, module_text
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.source import Origins
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Mock", "mock_names"]

_OF_MOCKS = frozenset({"bound_to", "calls", "verify", "verify_all_used"})
_OF_RECORDS = frozenset({"called", "sequence"})


def mock_names(entity: AnyEntity) -> tuple[str, str]:
    """Return the names of an entity's builder and of what it builds, without colour."""
    builder = "".join(word.capitalize() for word in entity.name.split("_"))
    return f"Mock{builder}", f"Mock{entity.value.__name__}Repository"


class Mock:
    """Writes the mocks of one entity from the text of its interface."""

    def __init__(self, package: Package, entity: AnyEntity, interface: str) -> None:
        self._package = package
        self._entity = entity
        self._noun = entity.value.__name__
        self._singular = entity.singular
        self._methods = methods_of(interface)
        for method in self._methods:
            self._refuse_what_mocks_cannot_do(method)
        self._interface_tree = ast.parse(interface)
        self._builder, self._made = mock_names(entity)

    def records(self) -> str:
        """Return the module of the records of calls."""
        names = self._names_of_the_interface()
        names.add("typing", "ClassVar")
        names.add("dbkit.mock.base.calls", "Call", "Calls")
        calls = f"{self._noun}Calls"
        every = [calls, *map(self._record_name, self._methods)]
        parts = [*map(self._record, self._methods), self._all_records(calls)]
        what = f"Records of calls to mocks of {self._entity.name}."
        return module_text(self._package.header, what, names, every, *parts)

    def mocks(self) -> str:
        """Return the module of the mock and its builder."""
        names = self._names_of_the_interface()
        names.add("typing", "Protocol", "Self")
        names.add("dbkit.mock.base._async.mock", "AsyncMockBuilder", "AsyncMockRepository")
        names.add("dbkit.mock.base.outcomes", "AsyncItems", "AsyncResult", "Outcome")
        names.add("collections.abc", "Iterable")
        names.add(self._entity.model.__module__, self._constant)
        names.add(self._package.module("mock", "calls", self._singular), f"{self._noun}Calls")
        names.add(self._package.module("types", "_async", self._singular), self._interface)
        every = [f"Async{self._builder}", f"Async{self._made}"]
        stubs = [self._stub(method) for method in self._methods]
        parts = [*stubs, self._repository(), self._building()]
        return module_text(self._package.header, f"Mocks of {self._entity.name}.", names, every, *parts)

    def _names_of_the_interface(self) -> Names:
        names = Names()
        module = self._package.module("types", "_async", self._singular)
        Origins(self._interface_tree, module).add_to(names, self._interface_tree)
        return names

    @property
    def _interface(self) -> str:
        return f"Async{self._noun}TransactionRepository"

    @cached_property
    def _constant(self) -> str:
        """The name of the entity where its model is."""
        found = vars(sys.modules[self._entity.model.__module__]).items()
        name = next((name for name, value in found if value is self._entity), None)
        if name is None:
            raise ConfigurationInvalid(
                f"{self._entity.model.__module__} does not have the entity", entity=self._entity.name
            )
        return name

    def _refuse_what_mocks_cannot_do(self, method: Method) -> None:
        taken = {method.name} & _OF_MOCKS or {each.name for each in method.parameters} & _OF_RECORDS
        if taken:
            what, advice = f"a mock needs the name {min(taken)} for itself", "Give it another name."
        elif method.is_open:
            what, advice = "a mock cannot check any number of arguments", "Take them in one, as a sequence or mapping."
        else:
            return
        raise ConfigurationInvalid(f"{method.name}: {what}", entity=self._entity.name, advice=advice)

    def _record_name(self, method: Method) -> str:
        return f"{self._noun}{method.camel}Call"

    def _record(self, method: Method) -> str:
        fields = [f"    {each.name}: {each.recorded}" for each in method.parameters]
        fields += [] if method.changes is None else [f"    changes: {method.changes}"]
        head = f'class {self._record_name(method)}(Call):\n    """A call of `{method.name}`."""\n'
        called = f'    called: ClassVar[str] = "{self._entity.name}.{method.name}"\n'
        return "\n".join([head, called, *fields])

    def _all_records(self, name: str) -> str:
        records = ", ".join(map(self._record_name, self._methods))
        what = f"The calls of a mock of {self._entity.name}, by operation."
        return "\n".join(
            [
                f'class {name}(Calls):\n    """{what}"""\n',
                f"    _records: ClassVar[tuple[type[Call], ...]] = ({records},)\n",
                *map(self._records_of, self._methods),
            ]
        )

    def _records_of(self, method: Method) -> str:
        record = self._record_name(method)
        return (
            f"    @property\n    def {method.name}(self) -> tuple[{record}, ...]:\n"
            f'        """The calls of `{method.name}`."""\n'
            f"        return self._of({record})\n"
        )

    def _stub_name(self, method: Method) -> str:
        return f"Async{self._noun}{method.camel}Stub"

    def _stub(self, method: Method) -> str:
        of = "AsyncResult" if method.yielded is None else "AsyncItems"
        result = f"{of}[{method.yielded or method.entered or method.result}]"
        parameters = _signature(method, lambda each: f"{each.name}: {each.recorded}")
        return (
            f'class {self._stub_name(method)}(Protocol):\n    """What may answer for `{method.name}`."""\n\n'
            f"    def __call__(self{parameters}) -> {result}: ...\n"
        )

    def _repository(self) -> str:
        what = f"A repository of {self._entity.name} that does what its stubs say."
        lines = [
            f'class Async{self._made}(AsyncMockRepository):\n    """{what}"""\n',
            f"    @property\n    def calls(self) -> {self._noun}Calls:",
            f'        """The calls so far."""\n        return {self._noun}Calls(self._book.log)\n',
        ]
        return "\n".join(lines + [text for method in self._methods for text in self._operation(method)])

    def _operation(self, method: Method) -> list[str]:
        overloads = self._overloads(method) if len(method.nodes) > 1 else []
        parameters = _signature(method, _as_written)
        given = [*(each.name for each in method.parameters), *(["changes"] if method.changes else [])]
        # One makes a tuple by its comma, with which a formatter would put each of several on a line of its own.
        arguments = f'"{method.name}", ({", ".join(given)}{"," if len(given) == 1 else ""})'
        what = method.documentation.replace("\n", "\n        ").replace("        \n", "\n")
        end = "\n        " if "\n" in what else ""
        word = "async def" if method.is_async else "def"
        head = f'    {word} {method.name}(self{parameters}) -> {method.result}:\n        """{what}{end}"""\n'
        if method.yielded is not None:
            body = f"        return self._iterate({arguments})\n"
        elif method.entered is not None:
            body = f"        return self._enter({arguments})\n"
        elif method.result == "None":
            body = f"        await self._answer({arguments})\n"
        else:
            body = f"        answer: {method.result} = await self._answer({arguments})\n        return answer\n"
        return [*overloads, head + body]

    def _overloads(self, method: Method) -> list[str]:
        lines = []
        for node in method.nodes:
            word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
            returned = "" if node.returns is None else f" -> {ast.unparse(node.returns)}"
            lines.append(f"    @overload\n    {word} {node.name}({ast.unparse(node.args)}){returned}: ...")
        return lines

    def _building(self) -> str:
        made = f"Async{self._made}"
        what = f"Builds a mock of the repository of {self._entity.name}: `with_...` says what an operation does."
        lines = [
            f'class Async{self._builder}(AsyncMockBuilder[{made}]):\n    """{what}"""\n',
            f"    _entity = {self._constant}",
            f"    _interface = {self._interface}",
            f"    _made = {made}\n",
        ]
        return "\n".join([*lines, *map(self._with, self._methods)])

    def _with(self, method: Method) -> str:
        constant = (method.entered or method.result) if method.yielded is None else f"Iterable[{method.yielded}]"
        outcome = f"Outcome[{constant}, {self._stub_name(method)}]"
        return (
            f"    def with_{method.name}(self, outcome: {outcome}) -> Self:\n"
            f'        """Say what `{method.name}` does."""\n'
            f'        return self._with("{method.name}", outcome)\n'
        )


def _as_written(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f" = {parameter.default}"
    return f"{parameter.name}: {parameter.annotation}{default}"


def _signature(method: Method, written: Callable[[Parameter], str]) -> str:
    """Return the parameters behind `self`, each as `written` has it."""
    positional = [written(each) for each in method.parameters if not each.by_name]
    by_name = [written(each) for each in method.parameters if each.by_name]
    star = ["*"] if by_name else []
    changes = [] if method.changes is None else [f"**changes: Unpack[{method.changes}]"]
    return "".join(f", {each}" for each in [*positional, *star, *by_name, *changes])
