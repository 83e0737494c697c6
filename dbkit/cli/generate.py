"""The command `dbkit generate`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.generate.comparing import Comparison

__all__ = ["generate"]


def generate(
    *,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 where something differs.")] = False,
    package: Annotated[
        str | None, typer.Option(help="The package, where the folder has more than one with entities.", metavar="NAME")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write the interfaces and mocks of a package's entities, and the sync twins of its async code.

    The package is the one in this folder, or in `src`, that has models and types. Whatever a formatter makes of the
    generated code, --check compares its meaning. A file that is in the way and not generated is never written over.
    """
    from dbkit.generate.generating import compared_package
    from dbkit.generate.package import Package

    with progress("Generating"):
        comparison = compared_package(Package.find(package))
        if not check:
            comparison.write()
    if as_json:
        write_json(_document(comparison))
    else:
        typer.echo("\n".join(comparison.lines() if check else _written(comparison)) or "all is up to date")
    if comparison.foreign or (check and not comparison.is_clean):
        raise typer.Exit(1)


def _document(comparison: Comparison) -> dict[str, list[str]]:
    return {
        "stale": [comparison.name(path) for path in comparison.stale],
        "extra": [comparison.name(path) for path in comparison.extra],
        "in_the_way": [comparison.name(path) for path in comparison.foreign],
    }


def _written(comparison: Comparison) -> list[str]:
    written = [f"wrote {comparison.name(path)}" for path in comparison.stale]
    return [*written, *(f"removed {comparison.name(path)}" for path in comparison.extra), *comparison.refusals()]
