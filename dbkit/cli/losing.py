"""What `dbkit migrate down` would lose, shown and agreed to before anything is done."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from dbkit.cli.output import progress

if TYPE_CHECKING:
    from dbkit.migrate.losses.agreement import Agreement
    from dbkit.migrate.losses.looking import Look

__all__ = ["AcceptLoss", "OnlyLook", "agreed"]

AcceptLoss: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        help="Lose up to so many rows of a table or values of a column: teams=120, teams.note=7.", metavar="NAME=COUNT"
    ),
]
OnlyLook: TypeAlias = Annotated[
    bool, typer.Option("--dry-run", help="Only say what would be lost; exits with 1 where something would.")
]


def agreed(
    url: str | None, what: dict[str, Any], accept: Sequence[str] | None, *, only_look: bool, as_json: bool
) -> Agreement | None:
    """Show what would be lost, and return what was agreed to, by option or at a terminal; None for memory.

    Raises `DowngradeLoses` where there is more to lose than that.
    """
    from dbkit.migrate.losses.looking import look_at_losses

    accepted = dict(map(_parsed, accept or ()))
    with progress("Trying it on a scratch database, and counting"):
        look = look_at_losses(url, **what)
    if look is None:
        return None
    _show(look, as_json=as_json)
    agreement = look.agreed(accepted)
    refusal = agreement.refusal(look.counts)
    if refusal is not None and not only_look and not as_json and _confirmed(look):
        agreement, refusal = look.agreed(look.counts), None
    if refusal is not None:
        raise refusal
    if only_look:
        raise typer.Exit(0)
    return agreement


def _show(look: Look, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps({"event": "losses", **look.as_json()}))
    elif look.revisions:
        typer.echo(str(look))


def _confirmed(look: Look) -> bool:
    """Ask for the number itself at a terminal: whoever types it has read it. Elsewhere the answer is no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    answer: str = typer.prompt("To lose them, type how many rows and values that is in all", default="", err=True)
    return answer.strip() == str(look.total)


def _parsed(text: str) -> tuple[str, int]:
    name, equals, count = text.rpartition("=")
    if not (name and equals and count.isdecimal()):
        raise typer.BadParameter(f"{text!r} is no name with a count", param_hint="--accept-loss")
    return name, int(count)
