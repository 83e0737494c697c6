"""The twin imported from other texts than those of its files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

from dbkit.generate.colours import convert
from tools.mutants.probes import PROBE
from tools.mutants.source import Source

__all__ = ["Substitutes", "forget_twin"]

# What makes the suite's cases keeps the twin that it has: a rule that is bent in both would bend what is expected too.
_TWIN = "dbkit.memory"


def forget_twin(project: Path, changed: Collection[str]) -> None:
    """Make the next import of the twin, of modules that are changed, and of the project's tests load them again."""
    tests = f"{project / 'tests'}/"
    for name, module in list(sys.modules.items()):
        is_of_twin = name in changed or name == _TWIN or name.startswith(f"{_TWIN}.")
        # By file: what pytest calls a test's module depends on the folders around it.
        if is_of_twin or str(getattr(module, "__file__", None)).startswith(tests):
            del sys.modules[name]


class Substitutes(MetaPathFinder, Loader):
    """Finds modules in these texts; the text of an async module is its sync twin's as well.

    `reach` is what probes in the texts call.
    """

    def __init__(self, project: Path, texts: Mapping[Source, str], reach: Callable[[int], None] | None = None) -> None:
        self._reach = reach
        self._found: dict[str, tuple[Path, str]] = {}
        for source, text in texts.items():
            self._found[source.module] = (project / source.name, text)
            if "_async" in source.module:
                twin = source.module.replace("_async", "_sync")
                self._found[twin] = (project / source.name.replace("_async", "_sync"), convert(text))

    @property
    def modules(self) -> Collection[str]:
        """The names of the modules that have a text here."""
        return self._found.keys()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find a module that has a text here."""
        del path, target
        if fullname not in self._found:
            return None
        return spec_from_file_location(fullname, self._found[fullname][0], loader=self)

    def exec_module(self, module: ModuleType) -> None:
        """Run the text."""
        path, text = self._found[module.__name__]
        vars(module)[PROBE] = self._reach
        exec(compile(text, str(path), "exec"), vars(module))  # noqa: S102 - the project's own code, with one change
