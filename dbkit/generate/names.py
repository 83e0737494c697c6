"""The text of a generated module: its imports, and what it exports."""

from __future__ import annotations

import ast
from collections.abc import Iterable

__all__ = ["Names", "exported", "module_text"]


class Names:
    """The names that generated code may use, and where each comes from."""

    def __init__(self) -> None:
        self._by_module: dict[str, set[str]] = {}

    def add(self, module: str, *names: str) -> None:
        """Remember an import; `Name as Other` gives another name."""
        self._by_module.setdefault(module, set()).update(names)

    def update(self, other: Names) -> None:
        """Remember the imports of others."""
        for module, names in other._by_module.items():
            self.add(module, *names)

    def lines(self, code: str | None = None) -> str:
        """Return the import statements, or those that some code needs."""
        used = None if code is None else _names_in(code)
        wanted = {
            module: ", ".join(sorted(name for name in names if used is None or name.split()[-1] in used))
            for module, names in self._by_module.items()
        }
        return "".join(f"from {module} import {names}\n" for module, names in sorted(wanted.items()) if names)

    def homes(self) -> dict[str, str]:
        """Return the module of each name, by name."""
        return {name: module for module, names in self._by_module.items() for name in sorted(names)}


def module_text(header: str, what: str, names: Names, every: Iterable[str], *parts: str) -> str:
    """Return a module's text, for a formatter to lay out; it imports what its parts use, and no more."""
    code = "\n\n".join(parts)
    imports = names.lines(code)
    start = [f'{header}"""{what}"""', "from __future__ import annotations", imports, exported(every)]
    return "\n\n".join([*filter(None, start), *parts]) + "\n"


def exported(names: Iterable[str]) -> str:
    """Return `__all__`: constants, then classes, then functions, each by alphabet."""
    kind = {True: 0, False: 1}
    ordered = sorted(names, key=lambda name: (kind[name.isupper()], name[0].islower(), name))
    return f"__all__ = {ordered}"


def _names_in(code: str) -> set[str]:
    return {node.id for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Name)}
