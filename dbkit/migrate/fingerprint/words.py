"""A difference of definitions in words: what the one says that the other does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final, NamedTuple

__all__ = ["change", "shown"]

_TOKEN: Final = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|\w+|[<>=!~@#%^&|*/+:-]+|[^\w\s]""")
_STATE: Final = re.compile(
    r"(?:NOT (?:VALID|READY|ENFORCED|NULL)|VALID|INVALID|UNLOGGED|DISABLED|ENABLED (?:ALWAYS|REPLICA)|CLUSTERED|FORCED"
    r"|(?:NOT )?DEFERRABLE|INITIALLY DEFERRED|\s)+"
)
_LENGTH_MAX: Final = 160
_CHANGES_MAX: Final = 3
_TOKENS_MAX: Final = 4000


class _Token(NamedTuple):
    text: str
    start: int
    end: int


def shown(definition: str) -> str:
    """Return a definition on one line, shortened where it is long."""
    line = " ".join(definition.split())
    return line if len(line) <= _LENGTH_MAX else f"{line[: _LENGTH_MAX - 3]}..."


def change(usual: str, odd: str, kind: str = "") -> str:
    """Return what an odd definition says where the usual one says something else, as a verb and its object.

    An index that is NOT VALID is called INVALID, as PostgreSQL's programs do.
    """
    if len(usual) + len(odd) > _TOKENS_MAX or " ".join(usual.split()) == " ".join(odd.split()):
        return _first_line(usual, odd)
    told = list(_changes(usual, odd))
    if len(told) > _CHANGES_MAX:
        return f"is {shown(odd)}, not {shown(usual)}"
    return _of_index(", and ".join(told)) if kind == "index" else ", and ".join(told)


def _changes(usual: str, odd: str) -> Iterator[str]:
    before, after = _tokens(usual), _tokens(odd)
    matcher = SequenceMatcher(None, [each.text for each in before], [each.text for each in after], autojunk=False)
    for what, start, end, its_start, its_end in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = _text(usual, before[start:end]), _text(odd, after[its_start:its_end])
        if not gone:
            yield f"is {come}" if _STATE.fullmatch(come) else f"has {come} as well"
        elif not come:
            yield f"is not {gone}" if _STATE.fullmatch(gone) and not gone.startswith("NOT ") else f"lacks {gone}"
        else:
            yield f"has {come} in place of {gone}"


def _first_line(usual: str, odd: str) -> str:
    """Tell the first line in which long definitions differ, or those that differ in white space alone."""
    before, after = [*usual.splitlines(), ""], [*odd.splitlines(), ""]
    number = next((n for n, (a, b) in enumerate(zip(before, after, strict=False), 1) if a != b), 1)
    return f"has in line {number} {shown(after[number - 1])!r} in place of {shown(before[number - 1])!r}"


def _tokens(definition: str) -> list[_Token]:
    return [_Token(each.group(), each.start(), each.end()) for each in _TOKEN.finditer(definition)]


def _text(definition: str, tokens: list[_Token]) -> str:
    return shown(definition[tokens[0].start : tokens[-1].end]) if tokens else ""


def _of_index(told: str) -> str:
    return told.replace("NOT VALID", "INVALID")
