"""`dbkit migrate`: the commands that look at a database, or change it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dbkit.cli.losing import AcceptLoss, OnlyLook, agreed
from dbkit.cli.output import AsJson, write_json
from dbkit.cli.pictures import Output
from dbkit.cli.rehearsal import rehearse
from dbkit.cli.running import MetricsFile, Outputs, StandbyLagMax, TerminateIdle, Wait, WebhookUrl, run
from dbkit.cli.timeline import AsTimeline, OfTimeline, show_timeline
from dbkit.migrate.deploys.part import Part

if TYPE_CHECKING:
    from dbkit.migrate.line import Revision
    from dbkit.migrate.running.history import Entry
    from dbkit.migrate.status import History

__all__ = ["DevUrl", "Folder", "Models", "ScratchTimeout", "Url", "migrate"]

migrate = typer.Typer(help="Change a database's schema along the line of revisions.", no_args_is_help=True)

Url: TypeAlias = Annotated[
    str | None, typer.Argument(help="The database; without it, DBKIT_URL or DBKIT_ENV say which.")
]
Folder: TypeAlias = Annotated[
    Path | None,
    typer.Option("--line", help="Another line than dbkit's own: its folder, or its alembic.ini.", metavar="FOLDER"),
]
Models: TypeAlias = Annotated[
    str, typer.Option(help="The models' base class, or their MetaData.", metavar="MODULE:NAME")
]
DevUrl: TypeAlias = Annotated[
    str | None,
    typer.Option(help="A server to make scratch databases on; without it, an embedded one.", metavar="URL"),
]
ScratchTimeout: TypeAlias = Annotated[
    float,
    typer.Option(
        "--timeout",
        help="How many seconds a statement may take on a scratch server; a revision, twice as many.",
        min=0.1,
    ),
]
Number: TypeAlias = Annotated[
    str | None,
    typer.Argument(help="How many revisions, as --count says it; alone, it may stand in URL's place.", metavar="N"),
]
Count: TypeAlias = Annotated[int | None, typer.Option(help="How many revisions.", min=1)]
To: TypeAlias = Annotated[str | None, typer.Option(help="A revision: its id, the start of it, or its slug.")]
MaxStall: TypeAlias = Annotated[
    int, typer.Option(help="How many milliseconds a statement may wait for a lock, and stall others behind it.", min=1)
]
Patience: TypeAlias = Annotated[
    float, typer.Option(help="How many seconds to wait for another runner, and for the tables of a revision.", min=0)
]
StatementTimeout: TypeAlias = Annotated[
    float, typer.Option(help="How many seconds a statement of a transactional revision may take; 0 is no limit.", min=0)
]

DryRun: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Apply them to a scratch copy of the schema, and leave the database alone.")
]
OfRelease: TypeAlias = Annotated[
    Part | None,
    typer.Option(
        help="One part of one release: `expand` before its rollout, `contract` when that is complete.",
        metavar="expand|contract",
    ),
]
BeforeContract: TypeAlias = Annotated[bool, typer.Option("--before-contract", help="Another name for --phase expand.")]
AllIfEmpty: TypeAlias = Annotated[
    bool, typer.Option("--all-if-empty", help="Whatever the phase: everything, in a database that has nothing yet.")
]
Promotion: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="The record that lets this chain into staging or prod.", envvar="DBKIT_PROMOTION", metavar="FILE"
    ),
]
ServicesPatience: TypeAlias = Annotated[
    float, typer.Option(help="How many seconds to wait for services that need what is taken away.", min=0)
]
FromZero: TypeAlias = Annotated[
    bool, typer.Option("--from-zero", help="Apply every revision to an empty database, though there is a checkpoint.")
]
BreakGlass: TypeAlias = Annotated[
    str, typer.Option(help="Why to do what the order of deploys refuses; kept in the history.", metavar="REASON")
]


@migrate.command()
def apply(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    number: Number = None,
    *,
    count: Count = None,
    to: To = None,
    phase: OfRelease = None,
    before_contract: BeforeContract = False,
    all_if_empty: AllIfEmpty = False,
    promotion: Promotion = None,
    services_patience: ServicesPatience = 0.0,
    break_glass: BreakGlass = "",
    max_stall: MaxStall = 300,
    patience: Patience = 600.0,
    statement_timeout: StatementTimeout = 30.0,
    wait: Wait = True,
    terminate_idle: TerminateIdle = None,
    standby_lag: StandbyLagMax = 1.0,
    metrics: MetricsFile = None,
    webhook: WebhookUrl = None,
    from_zero: FromZero = False,
    dry_run: DryRun = False,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Apply the pending revisions, one after the other; with nothing pending, do nothing.

    Exits with 0 when they are applied, 1 where a check refused or found something, 2 when it could not
    be done, 143 or 130 when a signal stopped it.
    """
    from dbkit.migrate.report import Options

    options = Options(
        stall_milliseconds_max=max_stall,
        patience_seconds=patience,
        statement_seconds=statement_timeout,
        waits_for_runner=wait,
        terminate_idle_seconds=terminate_idle,
        standby_lag_seconds=standby_lag,
        part=_part(phase, before_contract=before_contract),
        all_if_empty=all_if_empty,
        promotion=promotion,
        services_seconds=services_patience,
        break_glass=break_glass,
        from_zero=from_zero,
    )
    url, count = _counted(url, number, count)
    if dry_run:
        rehearse(url, options, {"count": count, "to": to, "line": line, "dev_url": dev_url}, as_json=as_json)
    else:
        outputs = Outputs(as_json, metrics, webhook)
        run("apply", url, options, {"count": count, "to": to, "line": line}, outputs)


@migrate.command()
def down(  # noqa: PLR0913 (options of a command line)
    url: Url = None,
    number: Number = None,
    *,
    count: Count = None,
    to: Annotated[str | None, typer.Option(help="Take back what is behind this revision; `base`: everything.")] = None,
    accept_loss: AcceptLoss = None,
    services_patience: ServicesPatience = 0.0,
    break_glass: BreakGlass = "",
    max_stall: MaxStall = 300,
    patience: Patience = 600.0,
    statement_timeout: StatementTimeout = 30.0,
    wait: Wait = True,
    terminate_idle: TerminateIdle = None,
    standby_lag: StandbyLagMax = 1.0,
    metrics: MetricsFile = None,
    webhook: WebhookUrl = None,
    only_look: OnlyLook = False,
    timeout: ScratchTimeout = 60.0,
    dev_url: DevUrl = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Take back the last revision, or more of them.

    It is tried on a scratch database first, and what does not come back there is counted in this one:
    nothing is lost but what was agreed to, by name and up to that count. Exits as `apply` does.
    """
    from dbkit.migrate.report import Options

    url, count = _counted(url, number, count)
    what = {"count": count, "to": to, "line": line}
    tried = what | {"dev_url": dev_url, "seconds_max": timeout}
    agreement = agreed(url, tried, accept_loss, only_look=only_look, as_json=as_json)
    options = Options(
        stall_milliseconds_max=max_stall,
        patience_seconds=patience,
        statement_seconds=statement_timeout,
        waits_for_runner=wait,
        terminate_idle_seconds=terminate_idle,
        standby_lag_seconds=standby_lag,
        services_seconds=services_patience,
        break_glass=break_glass,
        agreement=agreement,
    )
    run("down", url, options, what, Outputs(as_json, metrics, webhook))


@migrate.command()
def status(
    url: Url = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 where something is pending, or wrong with the files.")
    ] = False,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """Say at which revision a database is, what is pending, and who is migrating it."""
    from dbkit.migrate.status import status as read

    found = read(url, line=line)
    if found is None:
        _tell("memory:// needs no schema", {"database": "memory://", "pending": []}, as_json=as_json)
        return
    _tell(str(found), found.as_json(), as_json=as_json)
    if check and not found.is_up_to_date:
        raise typer.Exit(1)


@migrate.command()
def history(
    url: Annotated[str | None, typer.Argument(help="A database, to mark what it has.")] = None,
    *,
    timeline: AsTimeline = False,
    kind: OfTimeline = None,
    output: Output = None,
    line: Folder = None,
    as_json: AsJson = False,
) -> None:
    """List the revisions: phase, whether in a transaction, what a downgrade does."""
    if timeline or kind or output:
        show_timeline(line, kind, output, as_json=as_json)
        return
    from dbkit.migrate.status import history as read
    from dbkit.migrate.status import revision_json

    found = read(url, line=line)
    rows = [(each, number < found.place.count) for number, each in enumerate(found.place.line.revisions)]
    if as_json:
        marks = [{} if url is None else {"applied": applied, "last": _as_json(each, found)} for each, applied in rows]
        write_json([revision_json(each) | mark for (each, _), mark in zip(rows, marks, strict=True)])
        return
    for each, applied in rows:
        mark = "" if url is None else "x " if applied else "- "
        typer.echo(mark + _line_of_history(each, found.entries.get(each.id)))


def _as_json(revision: Revision, found: History) -> dict[str, Any] | None:
    entry = found.entries.get(revision.id)
    return None if entry is None else entry.as_json()


def _line_of_history(revision: Revision, entry: Entry | None) -> str:
    from dbkit.migrate.status import downgrade_word

    how, downgrade = revision.how, downgrade_word(revision)
    last = f"  {entry}" if entry else ""
    return f"{revision.id}  {revision.header.phase:<8}  {how:<13}  {downgrade:<10}  {revision.slug}{last}"


def _counted(url: str | None, number: str | None, count: int | None) -> tuple[str | None, int | None]:
    """Tell a database from a count of revisions: `apply 3` and `apply URL 3` both have one."""
    if url is not None and number is None and url.isdecimal():
        url, number = None, url
    if number is None:
        return url, count
    if count is not None:
        raise typer.BadParameter("the count of revisions is given twice")
    if not number.isdecimal() or int(number) == 0:
        raise typer.BadParameter(f"{number} is no count of revisions")
    return url, int(number)


def _part(phase: Part | None, *, before_contract: bool) -> Part | None:
    if before_contract and phase is Part.CONTRACT:
        raise typer.BadParameter("--before-contract is --phase expand, and --phase says contract")
    return Part.EXPAND if before_contract else phase


def _tell(text: str, document: Any, *, as_json: bool) -> None:
    if as_json:
        write_json(document)
    else:
        typer.echo(text)
