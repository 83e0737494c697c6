"""What a project's `env.py` hands to Alembic, read without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from dbkit.migrate.line import assigned
from dbkit.migrate.syntax import tree_of
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["EnvFile"]

_SETS = re.compile(r"\b(search_path|SET\s+(?:SESSION\s+|LOCAL\s+)?ROLE)\b", re.IGNORECASE)


@dataclass(frozen=True)
class EnvFile:
    """An `env.py`, as far as its constants say what it does. Where there is none, it says nothing."""

    path: Path

    def constant(self, name: str) -> str | None:
        """Return what it hands to `configure` under this name, None for nothing.

        Raises `ConfigurationInvalid` where that is no constant, or not everywhere the same.
        """
        found = {self._constant(each) for each in self._handed(name)}
        if len(found) > 1 or _UNCLEAR in found:
            raise ConfigurationInvalid(
                f"{self.path} works out {name} when it runs, and dbkit does not run it",
                advice=f"Say `{name} = ...` in the section [alembic] of alembic.ini.",
            )
        return next(iter(found), None)

    @cached_property
    def target_metadata(self) -> str | None:
        """The metadata that it hands over, as `module:name`; None where it hands over none, or one that it makes."""
        found = {self._imported(each) for each in self._handed("target_metadata")}
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What it does that nobody does who does not run it."""
        found: list[str] = []
        strings = [node.value for node in ast.walk(self._module) if isinstance(node, ast.Constant)]
        sets = {match[1] for each in strings if isinstance(each, str) for match in _SETS.finditer(each)}
        if sets:
            found.append(
                f"{self.path} mentions {', '.join(sorted(sets))} and is not run: say in the URL, or of the role, what"
                " revisions need"
            )
        if any(True for _ in self._handed("on_version_apply")):
            found.append(f"{self.path} has on_version_apply called after each revision, which nobody does here")
        return tuple(found)

    @cached_property
    def _module(self) -> ast.Module:
        if not self.path.is_file():
            return ast.Module([], [])
        try:
            return tree_of(self.path)
        except SyntaxError as error:
            raise ConfigurationInvalid(f"{self.path}:{error.lineno}: it is no Python") from None

    def _handed(self, name: str) -> Iterator[ast.expr]:
        for node in ast.walk(self._module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "configure":
                yield from (keyword.value for keyword in node.keywords if keyword.arg == name)
            # As dbkit's own env.py does it.
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "run_migrations" and name == "target_metadata":
                yield from node.args[:1]

    def _constant(self, value: ast.expr) -> str | None:
        value = self._followed(value)
        if isinstance(value, ast.Constant) and (value.value is None or isinstance(value.value, str)):
            return value.value
        return _UNCLEAR

    def _imported(self, value: ast.expr) -> str | None:
        """Return an attribute of what was imported as `module:name`, without `.metadata` at its end."""
        root, _, rest = ast.unparse(self._followed(value)).partition(".")
        module = self._imports.get(root)
        name = rest.removesuffix("metadata").rstrip(".")
        if module is None or (":" in module) == bool(name):
            return None
        return module if ":" in module else f"{module}:{name}"

    def _followed(self, value: ast.expr) -> ast.expr:
        """Return what a name of the module stands for."""
        found = assigned(self._module, value.id) if isinstance(value, ast.Name) else None
        return value if found is None or found is value else found

    @cached_property
    def _imports(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for node in self._module.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {each.asname or each.name: f"{node.module}:{each.name}" for each in node.names}
            if isinstance(node, ast.Import):
                found |= {each.asname: each.name for each in node.names if each.asname}
        return found


_UNCLEAR = "\0"
