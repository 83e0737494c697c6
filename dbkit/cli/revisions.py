"""`dbkit migrate`: the commands for those who write revisions; they work on files."""

from __future__ import annotations

from typing import Annotated

import typer

from dbkit.cli.migrate import DevUrl, Folder, Models, ScratchTimeout, migrate
from dbkit.cli.output import AsJson, progress, write_json

__all__ = ["migrate", "new", "rebase", "rehash", "validate"]


@migrate.command("hash")
def rehash(*, line: Folder = None, as_json: AsJson = False) -> None:
    """Write dbkit.sum anew, when a revision at the end is finished."""
    from dbkit.migrate.line import Line
    from dbkit.migrate.sum import SUM_FILE, write
    from dbkit.migrate.trace.file import findings as trace_findings

    read = Line.read(line)
    changed = write(read)
    if as_json:
        write_json({"changed": changed, "revisions": len(read.revisions), "file": str(read.folder / SUM_FILE)})
    else:
        typer.echo(f"{'wrote' if changed else 'nothing to do:'} {read.folder / SUM_FILE}")
        for each in trace_findings(read):
            typer.echo(each)


@migrate.command()
def validate(*, line: Folder = None, as_json: AsJson = False) -> None:
    """Check that the files are one line, and those of dbkit.sum; exits with 1 where they are not."""
    from dbkit.migrate.checkpoints.agreement import checkpoint_findings
    from dbkit.migrate.deploys.code_line import code_line_findings
    from dbkit.migrate.line import Line
    from dbkit.migrate.sum import findings
    from dbkit.migrate.trace.file import findings as trace_findings

    read = Line.read(line)
    found = [*findings(read), *read.findings()]
    # Where files are no revisions, what is told about them is not looked at.
    found = found or [*code_line_findings(read), *trace_findings(read), *checkpoint_findings(read)]
    if as_json:
        write_json({"revisions": len(read.revisions), "findings": found})
    else:
        typer.echo("\n".join(found) or f"all is well with {len(read.revisions)} revisions")
    if found:
        raise typer.Exit(1)


@migrate.command()
def rebase(
    revisions: Annotated[
        list[str] | None, typer.Argument(help="Your own revisions; without them, those that the other branch lacks.")
    ] = None,
    *,
    onto: Annotated[
        str | None, typer.Option(help="The branch to go behind; without it, origin/main or main.", metavar="BRANCH")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="A database that must not have them yet.", envvar="DBKIT_URL", show_envvar=True)
    ] = None,
    order_matters: Annotated[
        str, typer.Option(help="Why yours has to come last, where the branches clash; kept in it.", metavar="REASON")
    ] = "",
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Put your own revisions behind those that another branch has added.

    Both orders are tried on scratch databases first: they have to lead to the same schema and rows, else
    what clashes is named, nothing is changed, and it exits with 1. Then they get new ids, parents and file
    names, and dbkit.sum is written anew. Run it when git has stopped at a conflict in dbkit.sum.
    """
    from dbkit.migrate.line import Line
    from dbkit.migrate.rebase import rebase as move
    from dbkit.migrate.trace.file import findings as trace_findings

    with progress("Trying both orders"):
        found = move(
            line,
            own=revisions or (),
            onto=onto,
            url=url,
            dev_url=dev_url,
            order_matters=order_matters,
            seconds_max=timeout,
        )
    if as_json:
        write_json(found.as_json())
    else:
        typer.echo("\n".join(map(str, found.moves)) or "nothing to do: they are at the end already")
        if found.proof is not None:
            typer.echo(str(found.proof))
        for each in trace_findings(Line.read(line)):
            typer.echo(each)


@migrate.command()
def new(
    slug: Annotated[str, typer.Argument(help="What the revision does, in words: add_rate_limits.")],
    *,
    auto: Annotated[bool, typer.Option("--auto", help="Draft it from how the models differ from the line.")] = False,
    rename: Annotated[
        list[str] | None,
        typer.Option(help="old=new, a table or table.column that the models call otherwise.", metavar="OLD=NEW"),
    ] = None,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    models: Models = "dbkit.models:Base",
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Write the file of a new revision at the end of the line.

    It is yours to finish: look at each statement, the header, and what was not drafted, then run
    `dbkit migrate hash`.
    """
    from dbkit.migrate.new import new_revision

    draft = None
    if auto:
        from dbkit.migrate.draft import draft_from_models

        draft = draft_from_models(line, models, renames=rename or (), dev_url=dev_url, ask=_ask, seconds_max=timeout)
    path = new_revision(line, slug, draft)
    left = list(draft.left) if draft else []
    if as_json:
        write_json({"file": str(path), "not_drafted": left})
        return
    typer.echo(f"wrote {path}")
    for each in left:
        typer.echo(f"not drafted: {each}")


def _ask(question: str) -> bool:
    """Ask at a terminal; elsewhere the answer is no."""
    import sys

    return sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm(question)
