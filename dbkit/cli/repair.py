"""`dbkit migrate repair` and `adopt`: what a database is, proved, and written down."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from dbkit.cli.migrate import DevUrl, Folder, ScratchTimeout, Url
from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["adopt", "repair"]

Among: TypeAlias = Annotated[
    str | None, typer.Option(help="The revision that it is at, where several have its schema.", metavar="REVISION")
]


def repair(
    url: Url = None,
    *,
    apply: Annotated[bool, typer.Option("--apply", help="Make the repairs that are proved to be right.")] = False,
    reason: Annotated[
        str, typer.Option(help="Why, in words: kept in the history with what a person has judged.", metavar="REASON")
    ] = "",
    to: Among = None,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Find out what is wrong with a database after an accident, and what can be done about it.

    Edited files, indexes that are not valid, a version row that does not fit the schema, a revision that was
    stopped: each is named with its repair and what proves that to be right. Nothing is changed without --apply.
    Exits with 1 where something is left to do.
    """
    from dbkit.migrate.repairing.diagnosing import Wanted
    from dbkit.migrate.repairing.diagnosing import repair as run

    with progress("Walking the line on a scratch server"):
        found = run(url, line=line, dev_url=dev_url, wanted=Wanted(apply, reason, to, timeout))
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo(str(found))
    if not found.is_well:
        raise typer.Exit(1)


def adopt(
    url: Url = None,
    *,
    to: Among = None,
    only_look: Annotated[bool, typer.Option("--dry-run", help="Only say where it is, and write nothing.")] = False,
    headers: Annotated[
        bool, typer.Option("--headers", help="Write into Alembic's files what a scratch server shows of them.")
    ] = False,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take over a database that was there before, or an Alembic project with its database.

    The revision whose schema it has is found by walking the line, and written into alembic_version, which is
    kept where it says that already. The history gets its rows, Alembic's files a dbkit.sum. Exits with 1
    where the schema is none of the line's, and names what differs.
    """
    from dbkit.migrate.adopting.adopting import How
    from dbkit.migrate.adopting.adopting import adopt as run

    with progress("Walking the line on a scratch server"):
        found = run(url, line=line, dev_url=dev_url, how=How(to, only_look, headers, timeout))
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo(str(found))
