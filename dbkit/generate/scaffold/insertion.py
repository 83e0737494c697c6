"""Adds a name to a module that people have written, and leaves the rest of it as it is."""

from __future__ import annotations

import ast
from collections.abc import Callable

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["with_element", "with_element_of", "with_export", "with_import", "with_line_after"]


def with_import(text: str, module: str, *names: str) -> str:
    """Return a module's text that imports the names as well, at its place in the order of the imports."""
    imports = [
        node for node in ast.parse(text).body if isinstance(node, ast.ImportFrom) and node.module != "__future__"
    ]
    line = f"from {module} import {', '.join(sorted(names, key=_order))}\n"
    own = [node for node in imports if (node.module or "").partition(".")[0] == module.partition(".")[0]]
    before = [node for node in own if (node.module or "") < module]
    if before:
        return _with_text(text, (before[-1].end_lineno or before[-1].lineno) + 1, line)
    if own:
        return _with_text(text, own[0].lineno, line)
    last = max((node.end_lineno or 0 for node in ast.parse(text).body if _is_import(node)), default=0)
    return _with_text(text, last + 1, line)


def with_export(text: str, *names: str) -> str:
    """Return a module's text whose `__all__` has the names as well: constants, then classes, then functions."""
    for name in names:
        sequence = _assigned(text, "__all__")
        place = sum(_order(each) < _order(name) for each in _strings(sequence))
        text = _with_element(text, sequence, f'"{name}"', place)
    return text


def with_element(text: str, sequence: str, element: str) -> str:
    """Return a module's text whose list or tuple `sequence` has one more element at its end."""
    node = _assigned(text, sequence)
    return _with_element(text, node, element, len(node.elts))


def with_element_of(text: str, mapping: str, key: str, element: str) -> str:
    """Return a module's text in whose dictionary the list or tuple of a key, an enum's member, has one more element."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Dict):
            for found, value in zip(node.keys, node.values, strict=True):
                if isinstance(found, ast.Attribute) and found.attr == key and isinstance(value, ast.List | ast.Tuple):
                    return _with_element(text, value, element, len(value.elts))
    raise _unlike(mapping)


def with_line_after(text: str, is_before: Callable[[ast.stmt], bool], line: str) -> str:
    """Return a module's text with a line behind the last of the statements that are meant."""
    places = [node.end_lineno or node.lineno for node in ast.parse(text).body if is_before(node)]
    if not places:
        raise _unlike(line)
    return _with_text(text, places[-1] + 1, f"{line}\n")


def _with_element(text: str, sequence: ast.List | ast.Tuple, element: str, place: int) -> str:
    elements = sequence.elts
    lines = {each.lineno for each in elements}
    if elements and len(lines) == len(elements) and sequence.lineno not in lines:
        # One on each line: the others stay as they are, with their comments.
        row = elements[place].lineno if place < len(elements) else (sequence.end_lineno or sequence.lineno)
        return _with_text(text, row, f"{' ' * _indent(text, sequence)}    {element},\n")
    written = [ast.get_source_segment(text, each) or "" for each in elements]
    return _replaced(text, sequence, [*written[:place], element, *written[place:]])


def _replaced(text: str, sequence: ast.List | ast.Tuple, elements: list[str]) -> str:
    opening, closing = ("[", "]") if isinstance(sequence, ast.List) else ("(", ")")
    indent = " " * _indent(text, sequence)
    inside = "".join(f"{indent}    {each},\n" for each in elements)
    lines = text.splitlines(keepends=True)
    assert sequence.end_lineno is not None
    assert sequence.end_col_offset is not None
    before = lines[sequence.lineno - 1].encode()[: sequence.col_offset].decode()
    after = lines[sequence.end_lineno - 1].encode()[sequence.end_col_offset :].decode()
    new = f"{before}{opening}\n{inside}{indent}{closing}{after}"
    return "".join([*lines[: sequence.lineno - 1], new, *lines[sequence.end_lineno :]])


def _assigned(text: str, name: str) -> ast.List | ast.Tuple:
    for node in ast.parse(text).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if [ast.unparse(target) for target in targets] == [name]:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.List | ast.Tuple):
                return value
    raise _unlike(name)


def _with_text(text: str, row: int, added: str) -> str:
    """Return the text with lines added in front of a row, which counts from 1."""
    lines = text.splitlines(keepends=True)
    return "".join([*lines[: row - 1], added, *lines[row - 1 :]])


def _indent(text: str, node: ast.expr) -> int:
    line = text.splitlines()[node.lineno - 1]
    return len(line) - len(line.lstrip())


def _strings(sequence: ast.List | ast.Tuple) -> list[str]:
    return [str(each.value) for each in sequence.elts if isinstance(each, ast.Constant)]


def _order(name: str) -> tuple[bool, bool, str]:
    return (not name.isupper(), name[0].islower(), name)


def _is_import(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom)


def _unlike(name: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(
        f"there is no place for {name}: the module is not written as `dbkit new service` writes it",
        advice="Write it as a plain list or tuple of names, or add the entity by hand.",
    )
