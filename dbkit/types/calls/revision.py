# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of revisions take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["RevisionOrder"]

RevisionOrder: TypeAlias = Literal[
    "id",
    "-id",
    "integration_id",
    "-integration_id",
    "integration_id,number",
    "-integration_id,-number",
    "integration_id,created_at",
    "-integration_id,-created_at",
]
"""The orders that an index serves."""
