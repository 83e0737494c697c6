# Generated from values and models by tools/interfaces.py; edit those instead.
"""What the calls of installation_configs take."""

from __future__ import annotations

from typing import Literal, TypeAlias

__all__ = ["InstallationConfigOrder"]

InstallationConfigOrder: TypeAlias = Literal[
    "id",
    "-id",
    "installation_id",
    "-installation_id",
    "installation_id,number",
    "-installation_id,-number",
    "revision_id",
    "-revision_id",
]
"""The orders that an index serves."""
