"""Results, for people."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tools.mutants.verdict import Fate, Results, Verdict

__all__ = ["show_results", "show_verdict"]

_STYLES = {Fate.SURVIVED: "bold red", Fate.TIMED_OUT: "yellow", Fate.CRASHED: "yellow", Fate.KILLED: "green"}


def show_verdict(verdict: Verdict, console: Console) -> None:
    """Say in a line what became of a mutant, and in another one what it is."""
    mutant = verdict.mutant
    by = f" by {verdict.test}" if verdict.test else ""
    line = Text.assemble(
        (f"{verdict.fate:9}", _STYLES[verdict.fate]),
        f" {mutant.where} {mutant.function} [{mutant.kind}] {mutant.id}{by}",
        f" ({verdict.tests} tests, {verdict.seconds:.1f} s)",
    )
    console.print(line, soft_wrap=True)
    console.print(Text(f"          {_short(mutant.before)}  ->  {_short(mutant.text)}", style="dim"), soft_wrap=True)


def show_results(results: Results, console: Console) -> None:
    """Show what came of each kind of rule, and the survivors."""
    table = Table("kind of rule", "mutants", *(str(fate) for fate in Fate), title="Mutants of the in-memory twin")
    for kind, fates in results.by_kind().items():
        table.add_row(kind, str(fates.total()), *(str(fates[fate]) for fate in Fate))
    console.print(table)
    for verdict in results.survivors:
        show_verdict(verdict, console)
    console.print(
        f"{len(results.verdicts)} mutants of {results.candidates} by seed {results.seed}, "
        f"{results.explained} more are explained; killed {results.share_killed:.1%}"
    )


def _short(text: str) -> str:
    return text if len(text) <= 110 else f"{text[:107]}..."
