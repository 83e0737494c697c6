"""Where Alembic's settings say that a line is: alembic.ini, and the part of pyproject.toml that goes with it."""

from __future__ import annotations

import configparser
import importlib.resources
import os
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from dbkit.migrate.foreign.imports import importing_from
from dbkit.types.errors import ConfigurationInvalid

__all__ = ["Settings", "settings_of"]

_SECTION = "alembic"
_INI, _TOML = "alembic.ini", "pyproject.toml"
_SEPARATORS: Final[Mapping[str, str]] = {"os": os.pathsep, ":": ":", ";": ";", "space": " ", "newline": "\n"}
# As Alembic splits where nothing is said.
_OLD_SEPARATOR = re.compile(r"[,\s]+")
_FILE_TEMPLATE = "%(rev)s_%(slug)s"


@dataclass(frozen=True, slots=True)
class Settings:
    """Alembic's settings as far as they say how a line is read and run.

    `file` is where they were read, None where there is none; `folder` has the `env.py`, `versions` the
    revisions, also in folders below where `recursive`. What is None or empty they do not say.
    """

    file: Path | None
    folder: Path
    versions: tuple[Path, ...]
    recursive: bool = False
    import_paths: tuple[Path, ...] = ()
    version_table: str | None = None
    version_table_schema: str | None = None
    target_metadata: str | None = None
    file_template: str = _FILE_TEMPLATE


def settings_of(path: Path) -> Settings:
    """Return the settings at a path: those of a file, or of a folder whose settings are in it or beside it.

    Raises `ConfigurationInvalid` for settings that cannot be read, or lead nowhere.
    """
    if path.is_file():
        return _read(path)
    if not (path / "versions").is_dir() and (path / _INI).is_file():
        return _read(path / _INI)
    # Tracebacks name files by their whole paths.
    path = path.absolute()
    beside = (each / name for each in (path, path.parent) for name in (_INI, _TOML))
    for file in filter(Path.is_file, beside):
        options = _Options.read(file)
        if options.get("script_location") and _located(options, "script_location").resolve() == path.resolve():
            return _of(options)
    return Settings(None, path, (path / "versions",), import_paths=(Path.cwd(),))


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of a section, those of alembic.ini before those of pyproject.toml, as Alembic prefers them."""

    file: Path
    ini: Mapping[str, str]
    toml: Mapping[str, Any]

    @classmethod
    def read(cls, file: Path) -> _Options:
        ini = file if file.suffix != ".toml" else file.with_name(_INI)
        toml = file if file.suffix == ".toml" else file.with_name(_TOML)
        return cls(file, _of_ini(ini) if ini.is_file() else {}, _of_toml(toml) if toml.is_file() else {})

    def get(self, name: str) -> str | None:
        found = self.ini.get(name, self.toml.get(name))
        return None if found is None else str(found)

    def is_true(self, name: str) -> bool:
        return str(self.ini.get(name, self.toml.get(name, ""))).lower() == "true"

    def several(self, name: str) -> Sequence[str]:
        """Return an option of several paths."""
        text = self.ini.get(name)
        if not text:
            return [str(each) for each in self.toml.get(name, ())]
        separator = self.ini.get("path_separator") or self.ini.get("version_path_separator")
        if separator is None:
            return [each for each in _OLD_SEPARATOR.split(text) if each]
        if separator not in _SEPARATORS:
            raise _wrong(self.file, f"its path_separator is none of {', '.join(_SEPARATORS)}")
        return [each.strip() for each in text.split(_SEPARATORS[separator]) if each.strip()]


def _read(file: Path) -> Settings:
    options = _Options.read(file)
    if not options.get("script_location"):
        raise _wrong(file, f"it has no script_location in a section [{_SECTION}]")
    return _of(options)


def _of(options: _Options) -> Settings:
    if options.is_true("sourceless"):
        raise _wrong(options.file, "its line is sourceless, and revisions are read from their source")
    folder = _located(options, "script_location")
    versions = tuple(_path(options, each) for each in options.several("version_locations"))
    return Settings(
        file=options.file,
        folder=folder,
        versions=versions or (folder / "versions",),
        recursive=options.is_true("recursive_version_locations"),
        import_paths=_import_paths(options),
        version_table=options.get("version_table"),
        version_table_schema=options.get("version_table_schema"),
        target_metadata=options.get("target_metadata"),
        file_template=options.get("file_template") or _FILE_TEMPLATE,
    )


def _import_paths(options: _Options) -> tuple[Path, ...]:
    return tuple((options.file.absolute().parent / each).resolve() for each in options.several("prepend_sys_path"))


def _located(options: _Options, name: str) -> Path:
    return _path(options, options.get(name) or "")


def _path(options: _Options, text: str) -> Path:
    """Return a path: `package:folder`, or from the file's own folder, or else from where the command runs."""
    package, colon, rest = text.partition(":")
    if colon and not Path(text).is_absolute():
        try:
            with importing_from(_import_paths(options)):
                return Path(str(importlib.resources.files(package).joinpath(*rest.split("/"))))
        except ModuleNotFoundError:
            raise _wrong(options.file, f"there is no package {package}") from None
    beside = options.file.absolute().parent / text
    # Alembic looks only where the command runs, which mostly is the file's folder.
    return beside if beside.exists() else Path(text).absolute()


def _of_ini(path: Path) -> Mapping[str, str]:
    parser = configparser.ConfigParser({"here": path.absolute().parent.as_posix()})
    try:
        parser.read_string(path.read_text())
        return dict(_options_of(parser))
    except (configparser.Error, UnicodeDecodeError):
        pass
    # Its message is dropped: it quotes lines, and one of them may be a URL with a password.
    raise _wrong(path, "it is not what configparser reads")


def _options_of(parser: configparser.ConfigParser) -> Iterator[tuple[str, str]]:
    # The URL is the business of env.py, and may hold a % that nothing can be put in for.
    for name in parser.options(_SECTION) if parser.has_section(_SECTION) else ():
        raw = name in ("sqlalchemy.url", "file_template")
        yield name, parser.get(_SECTION, name, raw=raw).replace("%%", "%") if raw else parser.get(_SECTION, name)


def _of_toml(path: Path) -> Mapping[str, Any]:
    try:
        section: Mapping[str, Any] = tomllib.loads(path.read_text()).get("tool", {}).get(_SECTION, {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise _wrong(path, "it is no TOML") from None
    here = path.absolute().parent.as_posix()
    return {name: _with_here(value, here, keep=name == "file_template") for name, value in section.items()}


def _with_here(value: Any, here: str, *, keep: bool) -> Any:
    if isinstance(value, list):
        return [_with_here(each, here, keep=keep) for each in value]
    if not isinstance(value, str):
        return value
    return value.replace("%%", "%") if keep else value.replace("%(here)s", here)


def _wrong(file: Path, what: str) -> ConfigurationInvalid:
    return ConfigurationInvalid(f"{file}: {what}", advice="Name another file or folder with --line, or mend this one.")
