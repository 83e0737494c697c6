"""The documents, and the code in them."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

PROJECT = Path(__file__).resolve().parents[2]

_BLOCK = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"\bprint\(.*\)  # (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """A Markdown document."""

    name: str

    @cached_property
    def text(self) -> str:
        return (PROJECT / self.name).read_text()

    @property
    def code(self) -> str:
        """Its Python, each line where it stands in the document."""
        lines = ["\n"] * len(self.text.splitlines())
        for block in _BLOCK.finditer(self.text):
            first = self.text.count("\n", 0, block.start(1))
            for offset, line in enumerate(block[1].splitlines(keepends=True)):
                lines[first + offset] = line
        return "".join(lines)

    @property
    def shown(self) -> list[str]:
        """What the code prints, as the comments behind its prints say."""
        return _SHOWN.findall(self.code)

    def run(self, **names: object) -> None:
        """Execute the code from top to bottom, in a module of its own."""
        module = ModuleType("document")
        module.__dict__.update(names)
        # Declarative models look their annotations up in the module that they name.
        sys.modules[module.__name__] = module
        try:
            exec(compile(self.code, self.name, "exec", dont_inherit=True), module.__dict__)
        finally:
            del sys.modules[module.__name__]


def with_code() -> list[Document]:
    """Return the documents that have code in them."""
    names = ["README.md", *(f"docs/{path.name}" for path in sorted((PROJECT / "docs").glob("*.md")))]
    return [document for document in map(Document, names) if document.code.strip()]
