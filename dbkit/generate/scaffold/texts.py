"""Fills in the templates, which are files beside the code, and finds the imports of what they became."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from string import Template

from dbkit.generate.names import Names

__all__ = ["filled", "lines", "template_names"]

_TEMPLATES = files("dbkit.generate") / "templates"
_SUFFIX = ".txt"


def filled(name: str, values: Mapping[str, str], names: Names | None = None) -> str:
    """Return a template's text with its values; `$imports` in it become the names that the code uses."""
    text = (_TEMPLATES / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    if names is None:
        return Template(text).substitute(values)
    code = Template(text).substitute(values, imports="")
    return Template(text).substitute(values, imports=names.lines(code))


def template_names(folder: str) -> list[str]:
    """Return the files of a folder of templates, by their paths below it."""
    root = _TEMPLATES / folder
    found: list[str] = []
    waiting = [("", root)]
    while waiting:
        path, place = waiting.pop()
        for each in place.iterdir():
            if each.is_dir():
                waiting.append((f"{path}{each.name}/", each))
            elif each.name.endswith(_SUFFIX):
                found.append(f"{path}{each.name.removesuffix(_SUFFIX)}")
    return sorted(found)


def lines(indent: int, *texts: str) -> str:
    """Return lines of code at an indentation; empty ones are left out."""
    return "\n".join(f"{' ' * indent}{text}" for text in texts if text)
