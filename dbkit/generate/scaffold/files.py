"""Files to make and to change, as one: none is written over, and none is left where the rest fails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dbkit.generate.formatting import formatted
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Files", "Written"]


@dataclass(frozen=True, slots=True)
class Written:
    """What was done, by the files' names below the project: which were made, which changed, and which generated."""

    made: tuple[str, ...]
    changed: tuple[str, ...] = ()
    generated: tuple[str, ...] = ()

    def __str__(self) -> str:
        made = [f"wrote {name}" for name in self.made]
        return "\n".join(
            [*made, *(f"changed {name}" for name in self.changed), f"generated {len(self.generated)} files"]
        )


@dataclass(frozen=True, slots=True)
class Files:
    """New texts of files below a folder: of those that are made, and of those that are changed."""

    root: Path
    made: Mapping[Path, str]
    changed: Mapping[Path, str]

    def require_free(self) -> None:
        """Raise `ConfigurationInvalid` where something is already where a file would be made."""
        taken = [self.name(path) for path in self.made if path.exists() or path.with_suffix("").is_dir()]
        if taken:
            raise ConfigurationInvalid(
                f"{', '.join(taken)}: there already, and nothing is written over",
                advice="Choose another name, or move them elsewhere.",
            )

    @contextmanager
    def written(self) -> Iterator[None]:
        """Write the files for good, unless the block fails: then all is as it was before."""
        before = {path: path.read_text(encoding="utf-8") for path in self.changed}
        folders = [folder for path in self.made for folder in self._missing_folders(path)]
        try:
            self._write({**self.made, **self.changed})
            # Once all are there: the settings of the layout may be among them.
            self._write(formatted({**self.made, **self.changed}, self.root))
            yield
        except BaseException:
            for path in self.made:
                path.unlink(missing_ok=True)
            for path, text in before.items():
                path.write_text(text, encoding="utf-8")
            for folder in reversed(folders):
                _remove_if_empty(folder)
            raise

    def name(self, path: Path) -> str:
        """Return a file's name as it is shown."""
        return path.relative_to(self.root).as_posix()

    def _write(self, texts: Mapping[Path, str]) -> None:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def _missing_folders(self, path: Path) -> list[Path]:
        """Return the folders that a file needs and that are not there, the outermost first."""
        return [folder for folder in reversed(path.parents) if not folder.exists()]


def _remove_if_empty(folder: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
