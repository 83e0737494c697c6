"""Mappings, lists, texts and numbers as YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

__all__ = ["yaml_lines"]

_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def yaml_lines(document: Any) -> Iterator[str]:
    """Yield a document's lines; what YAML could take for something else than a text is quoted."""
    if isinstance(document, Mapping) and document:
        for name, value in document.items():
            yield from _entry(f"{_text(name)}:", value)
    elif _is_list(document) and document:
        for value in document:
            first, *others = yaml_lines(value)
            yield f"- {first}"
            yield from (f"  {line}" for line in others)
    else:
        yield _scalar(document)


def _entry(name: str, value: Any) -> Iterator[str]:
    if value and (isinstance(value, Mapping) or _is_list(value)):
        yield name
        yield from (f"  {line}" for line in yaml_lines(value))
    elif isinstance(value, str) and _is_block(value):
        yield f"{name} |"
        yield from (f"  {line}".rstrip() for line in value.splitlines())
    else:
        yield f"{name} {_scalar(value)}"


def _is_block(value: str) -> bool:
    """Tell whether a text is several whole lines that YAML takes as they stand."""
    lines = value.splitlines()
    whole = len(lines) > 1 and value == "\n".join(lines) + "\n" and lines[-1] != ""
    return whole and lines[0][:1].strip() != "" and all(each.isprintable() and each == each.rstrip() for each in lines)


def _scalar(value: Any) -> str:
    return _text(value) if isinstance(value, str) else json.dumps(value)


def _text(value: str) -> str:
    if _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    if '"' in value and value.isprintable():
        # PromQL is full of quotes.
        return "'" + value.replace("'", "''") + "'"
    return json.dumps(value, ensure_ascii=False)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
