"""`dbkit db roles`: who may do what in a database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import typer

from dbkit.cli.migrate import Models, Url
from dbkit.cli.output import AsJson, progress, write_json
from dbkit.cli.seed import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dbkit.migrate.roles.audit import Audit

__all__ = ["db"]

_LETTERS: Final = {"SELECT": "S", "INSERT": "I", "UPDATE": "U", "DELETE": "D"}


@db.command()
def roles(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Make it so, in one transaction.")] = False,
    prefix: Annotated[str, typer.Option(help="What the roles' names begin with.", metavar="NAME")] = "dbkit",
    service: Annotated[
        list[str] | None,
        typer.Option(help="A service with a role of its own, PREFIX_NAME; may be given several times.", metavar="NAME"),
    ] = None,
    limit: Annotated[
        list[str] | None,
        typer.Option(help="How many connections a role may have; may be given several times.", metavar="ROLE=NUMBER"),
    ] = None,
    patience: Annotated[
        float, typer.Option(help="How many seconds to wait for tables in use, and for a migration.", min=0)
    ] = 60,
    every_tenant: Annotated[
        bool, typer.Option("--every-tenant", help="Let people see the rows of all tenants: without policies.")
    ] = False,
    models: Models = "dbkit.models:Base",
    as_json: AsJson = False,
) -> None:
    """Show what roles may do with each table, and compare it with the server; exits with 1 where they differ.

    What a service may do follows from the entities' verbs: where there is no update, there is no
    UPDATE. People see the tenants that their session names. Nothing is changed without --apply. No
    passwords are set.
    """
    from dbkit.migrate.roles.audit import apply_roles, audit_roles, entities_of
    from dbkit.migrate.roles.cast import Cast

    cast = Cast(prefix, tuple(service or ()), _limits(limit or ()), every_tenant)
    entities = entities_of(models)
    if apply:
        with progress("Making the roles"):
            done = apply_roles(url, cast, entities, patience_seconds=patience)
    else:
        with progress("Comparing the roles"):
            done = audit_roles(url, cast, entities)
    if as_json:
        write_json(done.as_json())
    else:
        typer.echo("\n".join(_lines(done)))
    if done.differences:
        raise typer.Exit(1)


def _limits(given: list[str] | tuple[()]) -> dict[str, int]:
    limits: dict[str, int] = {}
    for each in given:
        role, _, number = each.partition("=")
        if not number.isdecimal():
            raise typer.BadParameter(f"{each} is no ROLE=NUMBER")
        limits[role] = int(number)
    return limits


def _lines(audit: Audit) -> Iterator[str]:
    yield from _matrix(audit)
    yield ""
    for each in audit.mended:
        yield f"done: {each}"
    for each in audit.differences:
        yield str(each)
    if not audit.differences:
        yield f"the roles of {audit.database} are what they are to be"


def _matrix(audit: Audit) -> Iterator[str]:
    """Yield what each role is to have on each table, and in brackets what it has where that differs."""
    width = max([len("table"), *map(len, audit.held)])
    columns = [max(len(role), len("SIUD (SIUD)")) for role in audit.roles]
    # The last one is as wide as it gets.
    widths = [width, *columns, 0]
    yield _row(["table", *audit.roles, "people see rows by" if audit.seen else ""], widths)
    for table in audit.held:
        yield _row([table, *(_cell(audit, table, role) for role in audit.roles), _tenants(audit, table)], widths)


def _tenants(audit: Audit, table: str) -> str:
    words = audit.seen.get(table, "")
    return f"{words} (not so)" if table in audit.unguarded else words


def _row(cells: list[str], widths: list[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cell(audit: Audit, table: str, role: str) -> str:
    held = _short(audit.held[table][role])
    if table not in audit.wanted:
        return f"({held})"
    wanted = _short(audit.wanted[table][role])
    return wanted if wanted == held else f"{wanted} ({held})"


def _short(privileges: tuple[str, ...]) -> str:
    shown = "".join(letter if name in privileges else "-" for name, letter in _LETTERS.items())
    return shown + "+" * any(name not in _LETTERS for name in privileges)
