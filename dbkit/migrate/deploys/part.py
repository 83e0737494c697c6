"""The name of a part of a release: for command lines, which start without what it stands for."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Part"]


class Part(StrEnum):
    """A part of a release: what its code needs, or what only the code before it needed."""

    EXPAND = "expand"
    CONTRACT = "contract"
