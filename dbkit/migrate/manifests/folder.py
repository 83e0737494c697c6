"""Manifests in a folder: what differs there, and how they get there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["WRITTEN", "differing", "write"]

WRITTEN = "# Written by `dbkit migrate manifests`"
"""How a file begins that may be written over."""


def differing(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Return the names of the files that are missing in a folder, or hold something else there."""
    return [name for name, text in files.items() if _text(folder / name) != text]


def write(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Write the files that differ, and return their names.

    Raises `ConfigurationInvalid`, with nothing written, where a file is in the way that was not written by this.
    """
    changed = differing(folder, files)
    for name in changed:
        found = _text(folder / name)
        if found and not found.startswith(WRITTEN):
            raise ConfigurationInvalid(
                f"{folder / name} is in the way, and was written by somebody else",
                fields=("output",),
                advice="Move it elsewhere, or name another folder.",
            )
    for name in changed:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[name], encoding="utf-8")
    return changed


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
