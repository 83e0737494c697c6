"""A new service: the package around entities, without any yet, that runs and passes its tests at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from dbkit.database.code_line import CODE_LINE_FILE
from dbkit.generate.generating import compared_package
from dbkit.generate.package import Package
from dbkit.generate.scaffold.files import Files, Written
from dbkit.generate.scaffold.naming import ServiceName
from dbkit.generate.scaffold.texts import filled, template_names
from dbkit.migrate.line import Line
from dbkit.migrate.sum import SUM_FILE, write

__all__ = ["new_service"]

_HIDDEN = {"gitignore": ".gitignore"}
"""Names that a wheel or its builder would take for their own."""


def new_service(name: ServiceName, folder: Path) -> Written:
    """Write a service into a folder: project, package, database classes, line of revisions, API and tests.

    Raises `ConfigurationInvalid` where one of its files is there already; then nothing is written.
    """
    folder = folder.resolve()
    values = {
        "attribute": name.attribute,
        "database": name.database,
        "dbkit_version": version("dbkit"),
        "package": name.package,
        "project": name.project,
        "title": name.title,
        "transaction": name.transaction,
    }
    made = {folder / _placed(each, name): filled(f"service/{each}", values) for each in template_names("service")}
    made[folder / name.package / "migrations" / "versions" / ".gitkeep"] = ""
    files = Files(folder, made, {})
    files.require_free()
    package = Package(name.package, folder / name.package)
    with (
        files.written(),
        _removed_on_failure(*(package.path("migrations", each) for each in (SUM_FILE, CODE_LINE_FILE))),
    ):
        write(Line.read(package.path("migrations")))
        comparison = compared_package(package)
        comparison.write()
    generated = [files.name(path) for path in comparison.stale]
    return Written(tuple(files.name(path) for path in made), generated=tuple(generated))


@contextmanager
def _removed_on_failure(*paths: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise


def _placed(template: str, name: ServiceName) -> Path:
    first, _, rest = template.partition("/")
    return Path(name.package, rest) if first == "package" else Path(_HIDDEN.get(template, template))
