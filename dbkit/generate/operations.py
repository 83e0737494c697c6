"""An entity's operations beyond the verbs, as their source says; it is read, never imported."""

from __future__ import annotations

import ast

from dbkit.generate.names import Names
from dbkit.generate.package import AnyEntity, Package
from dbkit.generate.source import Origins

__all__ = ["Operations"]


class Operations:
    """The classes in `operations/_async/<entity>.py`, if there is such a file."""

    def __init__(self, package: Package, entity: AnyEntity) -> None:
        path = package.path("operations", "_async", f"{entity.singular}.py")
        self.module = package.module("operations", "_async", entity.singular)
        self._noun = entity.value.__name__
        self._tree = ast.parse(path.read_text(encoding="utf-8") if path.exists() else "")
        self._origins = Origins(self._tree, self.module)

    def class_name(self, kind: str) -> str | None:
        """Return the name of the class mixed into the repositories of a database or of a `Transaction`, if any."""
        own = {node.name for node in self._tree.body if isinstance(node, ast.ClassDef)}
        wanted = [f"Async{self._noun}{kind}Operations", f"Async{self._noun}Operations"]
        return next((name for name in wanted if name in own), None)

    def methods(self, kind: str, names: Names) -> list[str]:
        """Return the public methods that a class adds, as a protocol shows them."""
        return [
            self._method(method, names)
            for node in self._tree.body
            if isinstance(node, ast.ClassDef) and node.name == f"Async{self._noun}{kind}Operations"
            for method in node.body
            if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef) and not method.name.startswith("_")
        ]

    def _method(self, method: ast.AsyncFunctionDef | ast.FunctionDef, names: Names) -> str:
        self._origins.add_to(names, method.args, *([] if method.returns is None else [method.returns]))
        # Calling a function that yields gives its iterator, and nothing to await: a protocol says so by `def`.
        is_awaited = isinstance(method, ast.AsyncFunctionDef) and not _yields(method)
        word = "async def" if is_awaited else "def"
        result = "" if method.returns is None else f" -> {ast.unparse(method.returns)}"
        what = (ast.get_docstring(method) or "").replace("\n", "\n        ").replace("        \n", "\n")
        end = "\n        " if "\n" in what else ""
        head = f"    {word} {method.name}({ast.unparse(method.args)}){result}:"
        return f'{head}\n        """{what}{end}"""\n        ...\n'


def _yields(method: ast.AsyncFunctionDef | ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(method))
