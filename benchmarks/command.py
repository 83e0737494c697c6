"""The command line: `python -m benchmarks`, which `make bench` calls."""

from __future__ import annotations

import sys
from collections.abc import Collection
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks.document import write_document
from benchmarks.migrate.measure import SCENES
from benchmarks.migrate.stage import QUICK as QUICK_MIGRATIONS
from benchmarks.migrate.table import migrate_grids
from benchmarks.picture import draw
from benchmarks.pool.picture import draw_pools
from benchmarks.pool.stage import QUICK
from benchmarks.pool.table import pool_grids
from benchmarks.profiling import profile
from benchmarks.results import ASYNC, SYNC, Results
from benchmarks.run import KIT, MIGRATE, POOL, TWIN, Plan, run
from benchmarks.table import grids, rendered
from benchmarks.twin.picture import draw_twin
from benchmarks.twin.table import twin_grids
from benchmarks.works import WORKS
from benchmarks.world import Sizes
from dbkit.types import DbkitError

__all__ = ["main"]

_RESULTS = Path(__file__).parent / "results"
_NAMES = (*(work.name for work in WORKS), TWIN, KIT, POOL, MIGRATE)
_QUICK_SIZES = Sizes(read=2_000, iterated=20_000)
_QUICK_TWIN_SIZES = (1_000, 10_000)


class Colour(StrEnum):
    """Which colours to measure."""

    SYNC = SYNC
    ASYNC = ASYNC
    BOTH = "both"


def main() -> None:
    """Run the command."""
    typer.run(_benchmarks)


def _benchmarks(
    only: Annotated[str, typer.Option(help=f"Work to do, by commas: {', '.join(_NAMES)}.")] = ",".join(_NAMES),
    scenes: Annotated[str, typer.Option(help=f"Scenes of migrate, by commas: {', '.join(SCENES)}.")] = ",".join(SCENES),
    rounds: Annotated[int, typer.Option(min=1, help="Rounds of the quick kinds of work; slow ones take fewer.")] = 50,
    quick: Annotated[bool, typer.Option("--quick", help="Few rounds and rows: to see it work, not to judge.")] = False,
    colour: Annotated[Colour, typer.Option(help="Which colours to measure.")] = Colour.BOTH,
    json: Annotated[Path, typer.Option(help="Where to write the results.")] = _RESULTS / "latest.json",
    docs: Annotated[bool, typer.Option("--docs", help="Put tables and picture into docs/benchmarks.md.")] = False,
    profile_of: Annotated[
        str | None, typer.Option("--profile", metavar="WORK", help="Show instead where dbkit's time goes.")
    ] = None,
) -> None:
    """Let dbkit and its peers do the same work on the same server, and compare.

    Exits 0 where all musts are met, 1 where one is not, 2 where it could not run.
    """
    colours = (SYNC, ASYNC) if colour is Colour.BOTH else (colour.value,)
    if profile_of is not None:
        profile(_known(profile_of, _NAMES), colours, Console())
        return
    plan = Plan(_known(only, _NAMES), colours, rounds, migrate_scenes=_known(scenes, SCENES))
    if quick:
        plan = replace(plan, rounds=min(rounds, 5), sizes=_QUICK_SIZES, twin_sizes=_QUICK_TWIN_SIZES)
        plan = replace(plan, pool_scale=QUICK, migrate_scale=QUICK_MIGRATIONS)
    results = _run(plan)
    _show(results, json)
    if docs:
        write_document(results)
    sys.exit(0 if results.is_met else 1)


def _known(given: str, names: Collection[str]) -> list[str]:
    chosen = [name.strip() for name in given.split(",")]
    for name in chosen:
        if name not in names:
            raise typer.BadParameter(f"there is no {name!r}; there are {', '.join(names)}")
    return chosen


def _run(plan: Plan) -> Results:
    console = Console(stderr=True)
    try:
        with console.status("") as status:
            return run(plan, status.update)
    except DbkitError as error:
        console.print(f"The benchmarks could not run: {error}", markup=False)
    sys.exit(2)


def _show(results: Results, json: Path) -> None:
    json.parent.mkdir(parents=True, exist_ok=True)
    json.write_text(results.as_json())
    if results.measurements:
        draw(results, json.with_suffix(".png"))
    if results.growths:
        draw_twin(results, json.with_name(f"{json.stem}-twin.png"))
    if results.pools:
        draw_pools(results, json.with_name(f"{json.stem}-pool.png"))
    # Wide enough for the tables where the output goes to a file.
    console = Console() if sys.stdout.isatty() else Console(width=200)
    console.print(rendered([*grids(results), *twin_grids(results), *pool_grids(results), *migrate_grids(results)]))
    console.print(f"Written: {json}")
