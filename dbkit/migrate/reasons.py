"""Reasons that people give for what a check refuses: words, because others read them."""

from __future__ import annotations

import re
from typing import Final

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["require_reason"]

_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_WORDS_MIN: Final = 3


def require_reason(text: str, where: str = "it is kept in the history") -> None:
    """Raise `ConfigurationInvalid` for a reason that says nothing."""
    if len(_WORD.findall(text)) < _WORDS_MIN:
        raise ConfigurationInvalid(f"{text!r} is no reason", advice=f"Say in words why: {where}.")
