"""What `options=` in a connection string sets for the session."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["session_options", "without_session_options"]

_OPTION = re.compile(r"(?:-c\s*|--)([\w.-]+)=((?:\\.|[^\s\\])*)")


def session_options(options: str) -> Iterator[tuple[str, str]]:
    """Yield the settings, by name and value."""
    for name, value in _OPTION.findall(options):
        yield name.replace("-", "_").lower(), re.sub(r"\\(.)", r"\1", value)


def without_session_options(options: str) -> str:
    """Return what else the options say."""
    return _OPTION.sub("", options).strip()
