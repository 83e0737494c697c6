"""`dbkit preview`: a database for each branch, on a server that they share."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from dbkit.cli.migrate import Folder, Url
from dbkit.cli.output import AsJson, progress, write_json

if TYPE_CHECKING:
    from dbkit.migrate.previews.removing import Gone

__all__ = ["preview"]

preview = typer.Typer(help="Make and remove databases of branches, on a shared server.", no_args_is_help=True)

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION = re.compile(r"([1-9][0-9]{0,3})([mhdw])")
_COULD_NOT = 2


def _duration(text: str | timedelta) -> timedelta:
    if isinstance(text, timedelta):
        return text
    read = _DURATION.fullmatch(text)
    if read is None:
        raise typer.BadParameter(f"{text!r} is no duration; write 90m, 12h, 7d or 2w")
    return timedelta(**{_UNITS[read[2]]: int(read[1])})


Branch: TypeAlias = Annotated[str, typer.Argument(help="The branch, as git names it.")]
Project: TypeAlias = Annotated[
    str | None, typer.Option(help="Whose previews, where several projects share the server.", metavar="NAME")
]
Patience: TypeAlias = Annotated[
    float, typer.Option(help="How many seconds to wait for another run, and for the template.", min=0)
]


@preview.command()
def create(  # noqa: PLR0913 (options of a command line)
    branch: Branch,
    url: Url = None,
    *,
    project: Project = None,
    template: Annotated[str | None, typer.Option(help="Copy this database of the server.", metavar="DATABASE")] = None,
    line: Folder = None,
    seeds: Annotated[bool, typer.Option(help="Store the small world; without a template or another line.")] = True,
    keep: Annotated[
        timedelta, typer.Option(help="How long it stays after the last create.", parser=_duration, metavar="7d")
    ] = timedelta(days=7),
    connections: Annotated[int, typer.Option(help="How many connections its role may have.", min=1)] = 6,
    statement_timeout: Annotated[float, typer.Option(help="How many seconds its statements may take.", min=0)] = 30.0,
    password_from: Annotated[
        str | None,
        typer.Option(help="Set the password that this function returns, and print none.", metavar="MODULE:FUNCTION"),
    ] = None,
    new_password: Annotated[
        bool, typer.Option("--new-password", help="Set and print another password where the preview is there.")
    ] = False,
    patience: Patience = 600.0,
    as_json: AsJson = False,
) -> None:
    """Make the preview of a branch, and print its URL; where it is there, keep it for longer.

    URL leads to the server, with a role that may create databases and roles. The password is in the printed URL
    when it was set just now, and is printed nowhere else.
    """
    from dbkit.migrate.previews.making import Limits, Wanted
    from dbkit.migrate.previews.making import create as make

    if template is not None and line is not None:
        raise typer.BadParameter("a preview is a copy of a template, or made by a line, not both")
    wanted = Wanted(
        template=template,
        line=line,
        seeds=seeds,
        limits=Limits(connections=connections, statement_seconds=statement_timeout),
        keep=keep,
        password_from=password_from,
        new_password=new_password,
        patience_seconds=patience,
    )
    with progress("Making the preview"):
        made = make(branch, url, project=project, wanted=wanted)
    if as_json:
        write_json(made.as_json())
        return
    typer.echo(made.url)
    if not made.has_password and password_from is None:
        typer.echo(f"{made.found.name} is there; its password was printed when it was made (--new-password)", err=True)


@preview.command("list")
def list_(url: Url = None, *, project: Project = None, as_json: AsJson = False) -> None:
    """List the previews on the server: name, state, open sessions, until when, branch."""
    from dbkit.migrate.previews.removing import previews

    found = previews(url, project=project)
    if as_json:
        write_json([each.as_json() for each in found])
        return
    width = max((len(each.name) for each in found), default=0)
    for each in found:
        assert each.mark is not None
        until = f"{each.mark.expires_at:%Y-%m-%d %H:%M}Z"
        typer.echo(f"{each.name:<{width}}  {each.state:<10}  {each.sessions:>3}  {until}  {each.mark.branch}")


@preview.command()
def drop(
    branch: Branch, url: Url = None, *, project: Project = None, patience: Patience = 600.0, as_json: AsJson = False
) -> None:
    """Remove the preview of a branch with all its data, and end its sessions; where there is none, do nothing."""
    from dbkit.migrate.previews.names import branch_named, preview_name
    from dbkit.migrate.previews.removing import drop as remove

    dropped = remove(branch, url, project=project, patience_seconds=patience)
    name = preview_name(branch_named(branch), project)
    if as_json:
        write_json({"outcome": "dropped" if dropped else "not_there", "database": name})
    else:
        typer.echo(f"dropped {name}" if dropped else f"nothing to do: {name} is not there")


@preview.command()
def expire(
    url: Url = None,
    *,
    project: Project = None,
    older_than: Annotated[
        timedelta | None,
        typer.Option(help="Also those that nobody has asked for in so long.", parser=_duration, metavar="7d"),
    ] = None,
    git: Annotated[
        str | None,
        typer.Option(
            help="Also those whose branch this repository has not: a URL, a folder, a remote.", metavar="REPO"
        ),
    ] = None,
    live: Annotated[
        Path | None,
        typer.Option(help="Also those whose branch is not in this list, one a line.", metavar="FILE", allow_dash=True),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which would go.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove the previews whose time is over, and those that are old or whose branch is gone.

    Exits with 2 where one of them could not be removed; the others are.
    """
    from dbkit.migrate.previews.removing import Expiry
    from dbkit.migrate.previews.removing import expire as remove

    expiry = Expiry(older_than, _live(git, live))
    gone = remove(url, project=project, expiry=expiry, dry_run=dry_run)
    if as_json:
        write_json([each.as_json() | {"removed": not dry_run and each.error is None} for each in gone])
    else:
        _tell(gone, "would go" if dry_run else "dropped")
    for each in gone:
        if each.error is not None:
            typer.echo(f"dbkit: {each.found.name} is still there: {each.error}", err=True)
    if any(each.error is not None for each in gone):
        raise typer.Exit(_COULD_NOT)


def _tell(gone: list[Gone], what: str) -> None:
    for each in gone:
        if each.error is None:
            typer.echo(f"{what} {each.found.name}: {each.reason}")
    if not gone:
        typer.echo("nothing to do")


def _live(git: str | None, live: Path | None) -> frozenset[str] | None:
    from dbkit.migrate.previews.branches import branches_listed, branches_of

    if git is not None and live is not None:
        raise typer.BadParameter("the branches are those of a repository, or of a list, not both")
    if live is None:
        return None if git is None else branches_of(git)
    listed = sys.stdin.buffer.read() if str(live) == "-" else live.read_bytes()
    return branches_listed(listed.decode(errors="surrogateescape").splitlines())
