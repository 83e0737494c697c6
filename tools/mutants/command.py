"""The command line: `python -m tools.mutants`, which `make mutants` calls."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.text import Text

from tools.mutants.court import BaselineFailed, Court
from tools.mutants.explained import Explained
from tools.mutants.mutant import Mutant, mutants_in, twin_sources
from tools.mutants.plan import Plan
from tools.mutants.probes import Probes
from tools.mutants.referee import known_tests
from tools.mutants.report import show_results, show_verdict
from tools.mutants.sample import drawn
from tools.mutants.trial import warm_up
from tools.mutants.verdict import Results, Verdict
from tools.writer import PROJECT

__all__ = ["main"]

# Fewer than this say too little about all rules.
_FEWEST = 80


def main() -> None:
    """Run the command."""
    typer.run(_mutants)


def _mutants(
    *,
    seed: Annotated[int, typer.Option(help="Draws the sample; the same seed draws the same mutants.")] = 1,
    count: Annotated[int, typer.Option(min=1, help="So many mutants at most.")] = 300,
    minutes: Annotated[float, typer.Option(help="Begin no mutant after so long.")] = 18.0,
    only: Annotated[str, typer.Option(help="Mutants of this file, function, kind or id, and all of them.")] = "",
    least: Annotated[float, typer.Option(help="The share that has to be killed.")] = 0.95,
    quick: Annotated[
        bool, typer.Option("--quick", help="Run only a few tests of each case: a survivor is a suspect then.")
    ] = False,
    despite_failures: Annotated[
        bool, typer.Option("--despite-failures", help="Leave out tests that fail without a mutant.")
    ] = False,
    json: Annotated[Path, typer.Option(help="Where to write the results.")] = PROJECT / "build" / "mutants.json",
) -> None:
    """Make mistakes in the in-memory twin, one at a time, and see which of them no test notices.

    The tests are those that need no PostgreSQL: the conformance suite in memory, the twin's own, and PostgreSQL's
    recorded answers. Exits 0 where enough mutants are killed, 1 where too many survive, 2 where it could not run.
    """
    until = time.monotonic() + minutes * 60
    console = Console()
    sources = twin_sources(PROJECT)
    everything = [mutant for source in sources for mutant in mutants_in(source)]
    explained = _explained(everything)
    candidates = [mutant for mutant in everything if explained.reason(mutant) is None]
    chosen = _named(candidates, only) if only else [*drawn(candidates, seed)][:count]
    court = Court(PROJECT)
    plan = _plan(court, Probes(sources), console, despite_failures=despite_failures, quick=quick)
    verdicts = court.verdicts(chosen, plan, until=until, tell=lambda verdict: _tell(verdict, console, bool(only)))
    results = Results(verdicts, seed, len(everything), len(everything) - len(candidates))
    results.write(json)
    show_results(results, console)
    if not only and len(verdicts) < min(count, _FEWEST):
        _refuse(f"only {len(verdicts)} mutants were tried in {minutes:g} minutes")
    sys.exit(0 if results.share_killed >= least else 1)


def _explained(everything: list[Mutant]) -> Explained:
    explained = Explained.read()
    if stale := explained.stale(everything):
        _refuse(f"explained.toml explains what is no mutant (any more): {stale}")
    return explained


def _named(candidates: list[Mutant], only: str) -> list[Mutant]:
    found = [
        mutant
        for mutant in candidates
        if only in (mutant.id, mutant.kind, mutant.function, mutant.source.name, Path(mutant.source.name).stem)
    ]
    if not found:
        _refuse(f"there is no mutant of {only!r}")
    return found


def _plan(court: Court, probes: Probes, console: Console, *, despite_failures: bool, quick: bool) -> Plan:
    files = known_tests(PROJECT)
    warm_up(PROJECT, files)
    try:
        passed = court.baseline(probes.texts, files, despite_failures=despite_failures)
    except BaselineFailed as error:
        _refuse(str(error))
    seconds = sum(each.seconds for each in passed)
    console.print(f"{len(passed)} tests in {', '.join(files)} take {seconds:.0f} s without a mutant")
    return Plan(probes, passed, quick=quick)


def _tell(verdict: Verdict, console: Console, in_full: bool) -> None:  # noqa: FBT001 - a switch of the command line
    show_verdict(verdict, console)
    if in_full and verdict.text:
        console.print(Text(verdict.text, style="dim"))


def _refuse(reason: str) -> NoReturn:
    sys.stderr.write(f"make mutants: {reason}\n")
    sys.exit(2)
