"""`dbkit db`: whole databases, and PostgreSQL's own programs on them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from dbkit.cli.migrate import Url
from dbkit.cli.output import AsJson, write_json

__all__ = ["db"]

db = typer.Typer(help="Create, drop, look into and dump databases.", no_args_is_help=True)

_PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}


@db.command()
def create(url: Url = None, *, as_json: AsJson = False) -> None:
    """Create the database that the URL names, empty; where it is, do nothing."""
    from dbkit.migrate.databases import create_database, located

    with located(url) as target:
        created = create_database(target)
    if as_json:
        write_json({"outcome": "created" if created else "already_there", "database": target.shown_as})
    else:
        typer.echo(f"created {target.shown_as}" if created else f"nothing to do: {target.shown_as} is there")


@db.command()
def drop(
    url: Url = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    force_name: Annotated[
        str | None,
        typer.Option(help="The database's name, to drop it outside of local, preview and test.", metavar="NAME"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Drop the database that the URL names, with all that is in it, and end its sessions.

    Outside of the environments (DBKIT_ENV) local, preview and test its name has to be given once more.
    """
    from dbkit.migrate.databases import database_name, drop_database, located

    with located(url) as target:
        _require_disposable(database_name(target), force_name)
        if not yes:
            _require_consent(f"Drop {target.shown_as} with all its data?")
        dropped = drop_database(target)
    if as_json:
        write_json({"outcome": "dropped" if dropped else "not_there", "database": target.shown_as})
    else:
        typer.echo(f"dropped {target.shown_as}" if dropped else f"nothing to do: {target.shown_as} is not there")


@db.command(context_settings=_PASSED_ON)
def shell(context: typer.Context, url: Url = None) -> None:
    """Open psql on a database.

    What follows `--` goes to psql: dbkit db shell URL -- --command "SELECT 1".
    """
    from dbkit.migrate.databases import located
    from dbkit.migrate.programs import find_program

    url, rest = _split(url, context.args)
    with located(url) as target:
        program = find_program("psql", target)
        if target.shown_as.startswith("embedded://"):
            # The server lives as long as this process uses it.
            raise typer.Exit(subprocess.run([program.path, *rest], env=program.environment, check=False).returncode)
        sys.stdout.flush()
        os.execve(program.path, [program.path, *rest], dict(program.environment))  # noqa: S606 (no shell is wanted)


@db.command(context_settings=_PASSED_ON)
def dump(
    context: typer.Context,
    url: Url = None,
    *,
    file: Annotated[Path | None, typer.Option(help="Write to this file, not to the terminal.")] = None,
    as_json: AsJson = False,
) -> None:
    """Dump a database with pg_dump.

    What follows `--` goes to pg_dump: dbkit db dump URL --file all.dump -- --format custom.
    """
    from dbkit.migrate.databases import located
    from dbkit.migrate.programs import find_program

    if as_json and file is None:
        raise typer.BadParameter("--json needs --file: the dump itself goes to stdout")
    url, rest = _split(url, context.args)
    with located(url) as target:
        program = find_program("pg_dump", target)
        where = [] if file is None else ["--file", str(file)]
        done = subprocess.run([program.path, *where, *rest], env=program.environment, check=False)
    if done.returncode != 0:
        typer.echo("dbkit: pg_dump failed, for the reason above", err=True)
        raise typer.Exit(2)
    if as_json and file is not None:
        write_json({"database": target.shown_as, "file": str(file), "bytes": _size(file)})


def _split(url: str | None, rest: list[str]) -> tuple[str | None, list[str]]:
    """Tell a URL from the first of the program's own arguments, which follow `--`."""
    if url is not None and "://" not in url:
        return None, [url, *rest]
    return url, rest


def _size(path: Path) -> int:
    """Return a dump's size: a file's, or that of a folder's files."""
    return sum(each.stat().st_size for each in ([path] if path.is_file() else path.rglob("*")) if each.is_file())


def _require_disposable(name: str, force_name: str | None) -> None:
    from dbkit.migrate.databases import DISPOSABLE
    from dbkit.types.errors import ConfigurationInvalid

    environment = os.environ.get("DBKIT_ENV")
    if force_name is not None and force_name != name:
        raise ConfigurationInvalid(f"--force-name says {force_name}, and the database is {name}", advice="Look again.")
    if force_name is None and environment not in DISPOSABLE:
        where = f"the environment {environment}" if environment else "an unknown environment (DBKIT_ENV is not set)"
        raise ConfigurationInvalid(
            f"{name} is in {where}, where databases are kept",
            advice=f"Say --force-name {name} to drop it all the same.",
        )


def _require_consent(question: str) -> None:
    from dbkit.types.errors import ConfigurationInvalid

    if not sys.stdin.isatty():
        raise ConfigurationInvalid("nobody is there to be asked", advice="Say --yes.")
    typer.confirm(question, abort=True)
