"""`dbkit doctor`: what is wrong with a server, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dbkit.cli.migrate import Folder, Url
from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.doctor.findings import Examination

__all__ = ["doctor"]


def doctor(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    env: Annotated[
        str | None, typer.Option(help="The environment that the server is of.", envvar="DBKIT_ENV", metavar="NAME")
    ] = None,
    service: Annotated[
        str | None,
        typer.Option(
            help="The service whose profile it is to fit, or several of one process with commas.",
            envvar="DBKIT_SERVICE",
            metavar="NAME",
        ),
    ] = None,
    fleet: Annotated[
        Path | None,
        typer.Option(help="The fleet that it is to carry; for prod, dbkit brings one.", metavar="FLEET.toml"),
    ] = None,
    line: Folder = None,
    ignore: Annotated[
        list[str] | None, typer.Option(help="Leave this check out; may be given several times.", metavar="CHECK")
    ] = None,
    list_checks: Annotated[bool, typer.Option("--list", help="List the checks, and look at no server.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 as well where something could not be looked at.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Examine a server: settings, limits, roles, schema, locks, replication; each finding with its fix.

    Nothing is changed. Exits with 0 where nothing is wrong (notes are nothing wrong), with 1 where
    something is, with 2 where the server could not be examined.
    """
    if list_checks:
        _list(as_json=as_json)
        return
    from dbkit.doctor.examine import Options, examine

    options = Options(environment=env, service=service, fleet=fleet, line=line, ignored=tuple(ignore or ()))
    with progress("Examining the server"):
        examination = examine(url, options)
    if as_json:
        write_json(examination.as_json())
    else:
        _tell(examination)
    if not examination.is_healthy or (strict and not examination.is_complete):
        raise typer.Exit(1)


def _list(*, as_json: bool) -> None:
    from dbkit.doctor.catalogue import CHECKS, check_lines

    if as_json:
        write_json([{"id": check.id, "area": check.area, "healthy": check.looks_at} for check in CHECKS])
    else:
        typer.echo("\n".join(check_lines()))


def _tell(examination: Examination) -> None:
    from rich.console import Console

    from dbkit.doctor.telling import examination_lines

    console = Console(highlight=False)
    for told in examination_lines(examination):
        # Whoever copies a command wants it in one piece.
        console.print(told, soft_wrap=True)
