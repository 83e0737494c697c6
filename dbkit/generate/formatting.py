"""Lays generated code out by ruff, where there is one; it generates the same code without."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from dbkit.types.errors import ConfigurationInvalid

__all__ = ["formatted"]

_COMMANDS = (
    ("check", "--select", "I,F401,RUF022", "--fix-only", "--quiet", "--no-cache"),
    ("format", "--quiet", "--no-cache"),
)


def formatted(files: Mapping[Path, str], root: Path) -> dict[Path, str]:
    """Return the texts of files below a folder as ruff leaves them with that folder's settings; all at once."""
    ruff = _ruff()
    wanted = {path: text for path, text in files.items() if text}
    if ruff is None or not wanted:
        return dict(files)
    with TemporaryDirectory(prefix="dbkit-generate-") as folder:
        places = {path: Path(folder, path.relative_to(root)) for path in wanted}
        for path, place in places.items():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(wanted[path], encoding="utf-8")
        for command in _COMMANDS:
            _run([*ruff, *command, *_settings(root), "."], folder)
        return {**files, **{path: place.read_text(encoding="utf-8") for path, place in places.items()}}


def _run(command: list[str], folder: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip() or done.stdout.strip()
        advice = "See to ruff and its settings; without ruff the code is written as it is."
        raise ConfigurationInvalid(f"ruff cannot lay out what is generated: {reason}", advice=advice)


def _settings(root: Path) -> list[str]:
    """Return the arguments that name the settings of the project that the folder belongs to."""
    for folder in (root.resolve(), *root.resolve().parents):
        for name in ("ruff.toml", ".ruff.toml", "pyproject.toml"):
            if (folder / name).is_file():
                return ["--config", str(folder / name)]
    return ["--isolated"]


def _ruff() -> list[str] | None:
    if find_spec("ruff") is not None:
        return [sys.executable, "-m", "ruff"]
    found = shutil.which("ruff")
    return None if found is None else [found]
